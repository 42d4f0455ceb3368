"""The small model of the benchmarks in NumPy, on the orders that native.rs describes.

Cases: `fresh-` and `fixed-` with the way to the quantiles and a number of draws, such as
`fixed-sort-10000`; `truth-` with a number of draws gives what a check needs.
"""

import sys
import time

import numpy as np

MONTHS = 168
BAND = [0.05, 0.25, 0.5, 0.75, 0.95]
# Months that are compared with a calculation of far more draws.
CHECKED = [11, 59, 119, 167]


def setting(step):
    step %= 1000
    return 40.0 + 0.02 * step, 0.05 + 1e-5 * step


def draw(random, draws, kind):
    """The five inputs for a base and a growth of one and nought."""
    base = np.exp(0.15 * random.standard_normal(draws, kind))
    growth = 0.01 * random.standard_normal(draws, kind)
    fade = 0.97 + 0.02 * random.random(draws, kind)
    share = 0.3 + 0.3 * random.random(draws, kind)
    price = np.exp(0.2 * random.standard_normal(draws, kind))
    return [column.astype(kind) for column in (base, growth, fade, share, price)]


def simulate(inputs, base, growth, out):
    """All months, one row each."""
    factor, spread, fade, share, price = inputs
    revenue = factor.dtype.type(base) * factor
    rate = factor.dtype.type(growth) + spread
    weight = share * price
    for month in range(MONTHS):
        np.multiply(revenue, weight, out=out[month])
        revenue += revenue * rate
        rate *= fade
    return out


def by_quantile(rows):
    return np.quantile(rows, BAND, axis=1).T


def places(draws):
    place = (draws - 1) * np.array(BAND)
    below = place.astype(int)
    return below, np.minimum(below + 1, draws - 1), place - below


def between(rows, below, above, part):
    low = rows[:, below].astype(float)
    return low + (rows[:, above] - low) * part


def by_partition(rows):
    below, above, part = places(rows.shape[1])
    rows.partition(np.unique([below, above]), axis=1)
    return between(rows, below, above, part)


def by_sort(rows):
    below, above, part = places(rows.shape[1])
    rows.sort(axis=1)
    return between(rows, below, above, part)


WAYS = {"quantile": by_quantile, "partition": by_partition, "sort": by_sort}


def case(name):
    kind, way, draws = name.split("-")
    draws = int(draws)
    random = np.random.default_rng(1)
    number = np.float64 if kind == "fresh" else np.float32
    out = np.empty((MONTHS, draws), number)
    kept = draw(random, draws, number)

    def run(step):
        inputs = draw(random, draws, number) if kind == "fresh" else kept
        return WAYS[way](simulate(inputs, *setting(step), out)).ravel()

    return run


def truth(name):
    """For each checked month and quantile: itself and its neighbours at the edge of what
    10,000 draws may give, 4.5 standard errors away."""
    draws = int(name.split("-")[1])
    inputs = draw(np.random.default_rng(2), draws, np.float64)
    error = 4.5 * np.sqrt([p * (1 - p) * (1 / 10_000 + 1 / draws) for p in BAND])
    at = np.concatenate([BAND - error, BAND, BAND + error])

    def run(step):
        factor, spread, fade, share, price = inputs
        base, growth = setting(step)
        revenue, rate, weight = base * factor, growth + spread, share * price
        found = []
        for month in range(MONTHS):
            if month in CHECKED:
                found.extend(np.quantile(revenue * weight, at))
            revenue += revenue * rate
            rate *= fade
        return np.array(found)

    return run


def main():
    cases = {}
    for order in sys.stdin:
        name, *numbers = order.split()
        step, times, repetitions = map(int, numbers)
        if name not in cases:
            cases[name] = truth(name) if name.startswith("truth-") else case(name)
        took, last = [], None
        for _ in range(repetitions):
            start = time.perf_counter()
            for _ in range(times):
                last = cases[name](step)
                step += 1
            took.append((time.perf_counter() - start) * 1e3 / times)
        print(*took, "|", *last.tolist(), flush=True)


main()
