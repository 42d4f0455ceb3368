//! The distributions of beliefs, and what follows from them, against another calculation:
//! pseudo-random draws by another library's samplers, bounds kept by drawing again, one
//! single run of the model a world, and percentiles from a full sort.

use std::fmt::Write as _;
use std::thread;

use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::month::Month;
use compute_loop_core::odds::{DRAWS, Method, Months, Simulation, Worlds};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::quantile::BAND;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::uncertainty::{Shape, Spread, net_add_where, percentile, uncertain};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Beta, Distribution, Exp, Geometric, LogNormal, Normal, Triangular, Uniform};

use crate::methods::model_md;

/// As published; and what a reader may have moved, some of it far.
const LINKS: [&str; 2] = [
    "#m=1",
    "#m=1&arr-2026=90&arr-net-add=9&trainium-price=85&spend-ratio=50&build-months=20&utilization=80&loosening=10&server-life=5.5",
];

/// What is compared: a month, dollars, gigawatts and shares among them.
const OUTPUTS: [Output; 6] = [
    Output::GwNeeded202612,
    Output::GwGap202612,
    Output::AwsGrowth2026,
    Output::AwsMargin2027,
    Output::StakeValue202612,
    Output::PledgeMet,
];

/// Series and the months of them that are compared.
const SERIES: [Series; 2] = [Series::GwNeeded, Series::AwsMargin];

fn months() -> [Month; 3] {
    [
        Month::new(2026, 12),
        Month::new(2029, 6),
        Month::new(2036, 12),
    ]
}

/// A draw of a distribution as it is written in a lever's row.
fn drawn(shape: Shape, rng: &mut SmallRng) -> f64 {
    const VALID: &str = "a row of the registry is a distribution";
    match shape {
        Shape::Triangular { low, mode, high } => {
            Triangular::new(low, high, mode).expect(VALID).sample(rng)
        }
        Shape::Uniform { low, high } => Uniform::new(low, high).expect(VALID).sample(rng),
        Shape::Normal { mean, deviation } => Normal::new(mean, deviation).expect(VALID).sample(rng),
        Shape::Lognormal { median, sigma } => {
            let logs = LogNormal::new(libm::log(median), sigma);
            logs.expect(VALID).sample(rng)
        }
        Shape::Beta { a, b } => 100.0 * Beta::new(a, b).expect(VALID).sample(rng),
        Shape::Exponential { mean } => Exp::new(1.0 / mean).expect(VALID).sample(rng),
        Shape::Slip { first, quarters } => {
            let slips = Geometric::new(1.0 / (quarters + 1.0)).expect(VALID);
            first + 3.0 * slips.sample(rng) as f64
        }
        Shape::Decay { .. } => unreachable!("it is drawn with what May added"),
    }
}

/// A triangular distribution.
#[derive(Clone, Copy)]
struct Three {
    low: f64,
    mode: f64,
    high: f64,
}

impl Three {
    /// What May added, at the default.
    fn net_add() -> Self {
        let known = Lever::ArrNetAdd.uncertainty();
        let Some(Shape::Triangular { low, mode, high }) = known.map(|known| known.shape) else {
            panic!("what May added is triangular");
        };
        Self { low, mode, high }
    }

    fn at(self, p: f64) -> f64 {
        let Self { low, mode, high } = self;
        if p < (mode - low) / (high - low) {
            low + (p * (high - low) * (mode - low)).sqrt()
        } else {
            high - ((1.0 - p) * (high - low) * (high - mode)).sqrt()
        }
    }

    fn below(self, value: f64) -> f64 {
        let Self { low, mode, high } = self;
        let value = value.clamp(low, high);
        if value < mode {
            (value - low) * (value - low) / ((high - low) * (mode - low))
        } else {
            1.0 - (high - value) * (high - value) / ((high - low) * (high - mode))
        }
    }
}

/// The share of the bell curve below `z`.
fn bell_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / 2.0_f64.sqrt())
}

/// The probability of what May added, the factor by which net adds shrink, and ARR in
/// December, at the defaults: both normal beneath, so correlated, and the factor drawn again
/// until December lands between its bounds.
fn path(rng: &mut SmallRng) -> (f64, f64, f64) {
    let known = Lever::Arr2026.uncertainty();
    let Some(Shape::Decay {
        mean,
        deviation,
        correlation,
        low,
        high,
    }) = known.map(|known| known.shape)
    else {
        panic!("December follows from the factor");
    };
    let bell = Normal::new(0.0, 1.0).expect("it is one");
    let z: f64 = bell.sample(rng);
    let p = bell_below(z);
    let net_add = Three::net_add().at(p);
    loop {
        let own: f64 = bell.sample(rng);
        let both = correlation * z + (1.0 - correlation * correlation).sqrt() * own;
        let factor = mean + deviation * both;
        let december = december(net_add, factor);
        if (low..=high).contains(&december) {
            return (p, factor, december);
        }
    }
}

/// 45 in May, and seven net adds.
fn december(net_add: f64, factor: f64) -> f64 {
    let mut add = net_add;
    (0..7).fold(45.0, |arr, _| {
        add *= factor;
        arr + add
    })
}

/// Every uncertain belief about a scenario, drawn.
fn world(scenario: &Scenario, rng: &mut SmallRng) -> Scenario {
    let mut there = *scenario;
    let moved = |lever: Lever| scenario.get(lever) - lever.spec().default;
    // The path is one about the defaults; its surprise in December is added to the reader's
    // value, and May stands as far through what its lever leaves of its distribution.
    let (p, _, december) = path(rng);
    let (may, spec) = (Three::net_add(), Lever::ArrNetAdd.spec());
    let shift = moved(Lever::ArrNetAdd);
    let [below, up_to] = [spec.min, spec.max].map(|end| may.below(end - shift));
    there.set(
        Lever::ArrNetAdd,
        may.at(below + p * (up_to - below)) + shift,
    );
    there.set(Lever::Arr2026, december + moved(Lever::Arr2026));
    for lever in uncertain() {
        if matches!(lever, Lever::Arr2026 | Lever::ArrNetAdd) {
            continue;
        }
        there.set(lever, value(lever, scenario.get(lever), rng));
    }
    there
}

/// A draw of a belief about a value, drawn again until it lies in the lever's range.
fn value(lever: Lever, centre: f64, rng: &mut SmallRng) -> f64 {
    let spec = lever.spec();
    let known = lever.uncertainty().expect("it is uncertain");
    loop {
        let drawn = drawn(known.shape, rng);
        let moved = match known.shape {
            Shape::Lognormal { .. } => drawn * centre / spec.default,
            _ => drawn + centre - spec.default,
        };
        if (spec.min..=spec.max).contains(&moved) {
            return moved;
        }
    }
}

/// The worlds of another calculation: outputs and months, each column sorted.
fn other(scenario: &Scenario, draws: usize) -> Vec<Vec<f64>> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let part = |worker: usize| {
        let mut rng = SmallRng::seed_from_u64(1_000 + worker as u64);
        let count = draws / workers + usize::from(worker < draws % workers);
        let worlds = (0..count).map(|_| {
            let outcome = world(scenario, &mut rng).outcome();
            let outputs = OUTPUTS.map(|output| outcome.get(output));
            let series = SERIES.map(|series| months().map(|month| outcome.path(series)[month]));
            outputs
                .into_iter()
                .chain(series.into_iter().flatten())
                .collect()
        });
        worlds.collect::<Vec<Vec<f64>>>()
    };
    let rows: Vec<Vec<f64>> = thread::scope(|scope| {
        let parts: Vec<_> = (0..workers).map(|i| scope.spawn(move || part(i))).collect();
        let done = parts.into_iter().map(|part| part.join().expect("it runs"));
        done.flatten().collect()
    });
    let columns = 0..rows[0].len();
    let sorted = columns.map(|i| {
        let mut column: Vec<f64> = rows.iter().map(|row| row[i]).collect();
        column.sort_by(f64::total_cmp);
        column
    });
    sorted.collect()
}

/// A value in a sorted column, interpolated as elsewhere.
fn at(column: &[f64], p: f64) -> f64 {
    let place = p * (column.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(column.len() - 1);
    column[below] + (column[above] - column[below]) * (place - below as f64)
}

/// What the engine finds, column by column, and its samples.
fn engine(scenario: &Scenario) -> (Vec<[f64; BAND.len()]>, Vec<compute_loop_core::odds::Sample>) {
    let mut simulation = Simulation::new(Worlds::new(1, DRAWS));
    let mut columns: Vec<[f64; BAND.len()]> = vec![];
    let odds = simulation.run(scenario, &[], &OUTPUTS);
    columns.extend(odds.samples.iter().map(|sample| sample.percentiles));
    for series in SERIES {
        let [first, .., last] = months();
        let wanted = [Months {
            series,
            from: first.index(),
            to: last.index() + 1,
        }];
        let bands = simulation.run(scenario, &wanted, &[]);
        let band = bands.band(series).expect("it was asked for");
        columns.extend(months().map(|month| band.at(month.index()).expect("it has begun")));
    }
    (columns, odds.samples)
}

/// How often, of `draws`, chance alone moves a share by so much: once in a thousand.
fn slack(p: f64, draws: usize) -> f64 {
    3.3 * (p * (1.0 - p) / draws as f64).sqrt()
}

/// The ranks that a value takes in a sorted column, as shares of it.
fn ranks(column: &[f64], value: f64) -> (f64, f64) {
    // What passed through a single-precision number stands a rounding beside itself.
    let near = value.abs() * 1e-6;
    let below = column.partition_point(|&other| other < value - near);
    let up_to = column.partition_point(|&other| other <= value + near);
    let count = column.len() as f64;
    (below as f64 / count, up_to as f64 / count)
}

#[test]
fn percentiles_agree_with_another_calculation() {
    const OTHER: usize = 50_000;
    for address in LINKS {
        let (scenario, warnings) = link::decode(address);
        assert_eq!(warnings, vec![]);
        let (found, _) = engine(&scenario);
        let other = other(&scenario, OTHER);
        for (i, (found, column)) in found.iter().zip(&other).enumerate() {
            for (p, value) in BAND.into_iter().zip(*found) {
                let (below, up_to) = ranks(column, value);
                let slack = slack(p, OTHER);
                assert!(
                    below <= p + slack && up_to >= p - slack,
                    "{address}, column {i}: {value} at {p} lies at {below} to {up_to}, not within {slack}"
                );
            }
        }
    }
}

/// A million draws take a minute: `make odds-check`.
#[test]
#[ignore = "a minute long; `make odds-check` runs it"]
fn percentiles_lie_within_the_stated_error_of_a_million_draws() {
    const OTHER: usize = 1_000_000;
    let scenario = Scenario::default();
    let (found, samples) = engine(&scenario);
    let other = other(&scenario, OTHER);
    println!("| | 5 % | 25 % | 50 % | 75 % | 95 % |\n|---|---|---|---|---|---|");
    for (i, column) in other.iter().enumerate() {
        let name = samples.get(i).map_or_else(
            || {
                let place = i - samples.len();
                let month = months()[place % 3].index();
                format!("{}, month {month}", SERIES[place / 3].spec().id)
            },
            |sample| sample.output.spec().id.to_owned(),
        );
        let mut line = format!("| {name} ");
        for (p, value) in BAND.into_iter().zip(found[i]) {
            let truth = at(column, p);
            let _ = write!(line, "| {value:.4} / {truth:.4} ");
            if let Some(sample) = samples.get(i) {
                // What the page states: chance on the engine's draws alone.
                let (low, high) = sample.interval(p);
                let near = truth.abs() * 1e-6;
                assert!(
                    low - near <= truth && truth <= high + near,
                    "{name}: {truth} at {p} outside {low} to {high}"
                );
            }
            let (below, up_to) = ranks(column, value);
            let slack = 1.96 * (p * (1.0 - p) / DRAWS as f64).sqrt();
            assert!(
                below <= p + slack && up_to >= p - slack,
                "{name}: {value} at {p} lies at {below} to {up_to}"
            );
        }
        println!("{line}|");
    }
}

#[test]
fn every_belief_is_distributed_as_written() {
    const OTHER: usize = 30_000;
    // Kolmogorov’s bound for one in a thousand.
    let bound = 1.95 / (OTHER as f64).sqrt();
    for lever in uncertain() {
        let spec = lever.spec();
        // Farther below, of some so little is left inside the range that drawing again
        // would not end.
        let below = spec.default - 0.2 * (spec.default - spec.min);
        let above = f64::midpoint(spec.default, spec.max);
        for centre in [spec.default, above, below].map(|centre| lever.admit(centre)) {
            let mut rng = SmallRng::seed_from_u64(7);
            let draws = (0..OTHER).map(|_| match lever {
                Lever::Arr2026 => {
                    let (.., december) = path(&mut rng);
                    (december + centre - spec.default).clamp(spec.min, spec.max)
                }
                _ => value(lever, centre, &mut rng),
            });
            let mut draws: Vec<f64> = draws.collect();
            draws.sort_by(f64::total_cmp);
            for i in 1..100 {
                let p = f64::from(i) / 100.0;
                let value = percentile(lever, centre, p).expect("it is uncertain");
                let (below, up_to) = ranks(&draws, value);
                assert!(
                    below <= p + bound && up_to >= p - bound,
                    "{} about {centre}: {value} at {p} lies at {below} to {up_to}",
                    spec.id
                );
            }
        }
    }
}

#[test]
fn values_rise_with_probability_stay_in_range_and_move_with_the_centre() {
    for lever in uncertain() {
        let spec = lever.spec();
        let steps = (0..=20).map(|i| spec.min + f64::from(i) / 20.0 * (spec.max - spec.min));
        let centres = steps.map(|centre| lever.admit(centre));
        let mut before: Option<Vec<f64>> = None;
        for centre in centres {
            let spread = Spread::about(lever, centre).expect("it is uncertain");
            let ps = [0.0, 1e-7, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0 - 1e-7];
            for p_net_add in [0.01, 0.5, 0.99] {
                let values = ps.map(|p| spread.given(p, p_net_add));
                assert!(values.is_sorted(), "{} about {centre}: {values:?}", spec.id);
                let inside = values
                    .iter()
                    .all(|value| (spec.min..=spec.max).contains(value));
                assert!(inside, "{} about {centre}: {values:?}", spec.id);
            }
            let values: Vec<f64> = ps.iter().map(|&p| spread.percentile(p)).collect();
            assert!(values.is_sorted(), "{} about {centre}: {values:?}", spec.id);
            // A higher centre lowers no value, cut as they are.
            if let Some(before) = before {
                let pairs = before.iter().zip(&values);
                let falls = pairs
                    .filter(|(before, now)| **now < **before - 1e-9)
                    .count();
                assert_eq!(falls, 0, "{} about {centre}", spec.id);
            }
            before = Some(values);
        }
    }
}

/// The factor that ends in a December.
fn factor_of(net_add: f64, end: f64) -> f64 {
    let (mut low, mut high) = (0.0, 3.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if december(net_add, middle) < end {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| pairs.iter().map(pick).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |term: &dyn Fn(f64, f64) -> f64| {
        let terms = pairs.iter().map(|&(a, b)| term(a - x, b - y));
        terms.sum::<f64>()
    };
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

#[test]
fn what_may_added_and_its_decay_go_together_as_written() {
    const COUNT: usize = 20_000;
    let scenario = Scenario::default();
    let mut simulation = Simulation::new(Worlds::new(5, COUNT));
    let worlds: Vec<(f64, f64)> = (0..COUNT)
        .map(|world| {
            let there = simulation.world(&scenario, world);
            (there.get(Lever::ArrNetAdd), there.get(Lever::Arr2026))
        })
        .collect();
    assert!(worlds.iter().all(|(_, end)| (60.0..=85.0).contains(end)));
    let factors: Vec<(f64, f64)> = worlds
        .iter()
        .map(|&(net_add, end)| (net_add, factor_of(net_add, end)))
        .collect();
    let mut rng = SmallRng::seed_from_u64(11);
    let drawn: Vec<(f64, f64, f64)> = (0..COUNT).map(|_| path(&mut rng)).collect();
    let may = Three::net_add();
    let other: Vec<(f64, f64)> = drawn
        .iter()
        .map(|&(p, factor, _)| (may.at(p), factor))
        .collect();
    let (found, other) = (correlation(&factors), correlation(&other));
    assert!((found + 0.9).abs() < 0.02, "{found}");
    assert!((found - other).abs() < 0.005, "{found} and {other}");

    // Where a December stands, May stands as it does in the worlds that end there.
    for end in [64.0, 67.0, 70.5] {
        let near = drawn
            .iter()
            .filter(|(.., december)| (december - end).abs() < 0.4);
        let mut near: Vec<f64> = near.map(|(p, ..)| may.at(*p)).collect();
        near.sort_by(f64::total_cmp);
        assert!(near.len() > 200, "{end}");
        let default = Lever::ArrNetAdd.spec().default;
        for p in [0.1, 0.5, 0.9] {
            let value = percentile(Lever::ArrNetAdd, default, net_add_where(end, p));
            let value = value.expect("it is uncertain");
            let (below, up_to) = ranks(&near, value);
            // Within the December that lies beside, and chance.
            let slack = slack(p, near.len()) + 0.02;
            assert!(
                below <= p + slack && up_to >= p - slack,
                "{value} at {p} of {end} lies at {below} to {up_to}"
            );
        }
    }
}

/// How a distribution is written in `MODEL.md`.
fn written(lever: Lever) -> String {
    let known = lever.uncertainty().expect("it is uncertain");
    let shape = match known.shape {
        Shape::Triangular { low, mode, high } => format!("triangular({low}, {mode}, {high})"),
        Shape::Uniform { low, high } => format!("uniform({low}, {high})"),
        Shape::Normal { mean, deviation } => format!("normal({mean}, {deviation})"),
        Shape::Lognormal { median, sigma } => format!("lognormal, median {median}, σ {sigma}"),
        Shape::Beta { a, b } => format!("100 × beta({a}, {b})"),
        Shape::Exponential { mean } => format!("exponential, mean {mean}"),
        Shape::Slip { first, quarters } => {
            let month = Month::at(first as usize).expect("it lies in the horizon");
            format!("{month} + 3 × geometric, mean {quarters}")
        }
        Shape::Decay {
            mean,
            deviation,
            correlation,
            low,
            high,
        } => format!(
            "from the factor: normal({mean}, {deviation}), correlation {correlation}, December kept in {low} to {high}"
        ),
    };
    let centre = lever.spec().default;
    let end = |p| lever.admit(percentile(lever, centre, p).expect("it is uncertain"));
    let shown =
        |value: f64| compute_loop_core::format::lever(lever, value).replace('\u{202f}', " ");
    format!(
        "| `{}` | {shape} | {} to {} |",
        lever.spec().id,
        shown(end(0.05)),
        shown(end(0.95))
    )
}

#[test]
fn the_table_of_distributions_is_the_registry() {
    let text = model_md();
    let rows: Vec<String> = uncertain().map(written).collect();
    for row in &rows {
        assert!(text.contains(row), "MODEL.md lacks\n{}", rows.join("\n"));
    }
}

/// How far percentiles of so many draws lie from the truth, in standard deviations of the
/// output (months for a month): what MODEL.md records.
#[test]
#[ignore = "minutes long: what the choice of points rests on; `make odds-check` runs it"]
fn how_points_pay() {
    const SEEDS: u32 = 50;
    const SETS: [(Method, usize); 6] = [
        (Method::Random, 10_000),
        (Method::Sobol, 1_024),
        (Method::Sobol, 2_048),
        (Method::Sobol, 4_096),
        (Method::Sobol, 10_000),
        (Method::Sobol, 16_384),
    ];
    const FIGURES: [Output; 4] = [
        Output::GwNeeded202612,
        Output::AwsGrowth2026,
        Output::AwsMargin2026,
        Output::PledgeMet,
    ];
    let late = Month::new(2034, 12).index();
    let wanted = [Months {
        series: Series::GwNeeded,
        from: late,
        to: late + 1,
    }];
    let scenario = Scenario::default();
    let percentiles = |method, seed, draws| -> Vec<[f64; 3]> {
        let mut simulation = Simulation::new(Worlds::by(method, seed, draws));
        let odds = simulation.run(&scenario, &wanted, &FIGURES);
        let band = odds.band(Series::GwNeeded).and_then(|band| band.at(late));
        let samples = odds.samples.iter().map(|sample| sample.percentiles);
        let all = samples.chain(band);
        all.map(|[low, _, middle, _, high]| [low, middle, high])
            .collect()
    };
    // The truth: the mean of many large sets that no other shares.
    let mut truth = vec![[0.0; 3]; FIGURES.len() + 1];
    for seed in 0..16 {
        let found = percentiles(Method::Sobol, 10_000 + seed, 65_536);
        for (truth, found) in truth.iter_mut().flatten().zip(found.into_iter().flatten()) {
            *truth += found / 16.0;
        }
    }
    println!("truth {truth:?}");
    let mut by_chance = vec![];
    for (method, draws) in SETS {
        let mut squares = vec![[0.0; 3]; FIGURES.len() + 1];
        for seed in 0..SEEDS {
            let found = percentiles(method, seed, draws);
            let pairs = found.iter().flatten().zip(truth.iter().flatten());
            for (square, (found, truth)) in squares.iter_mut().flatten().zip(pairs) {
                *square += (found - truth) * (found - truth) / f64::from(SEEDS);
            }
        }
        let errors: Vec<f64> = squares
            .iter()
            .flatten()
            .map(|square| square.sqrt())
            .collect();
        if by_chance.is_empty() {
            by_chance.clone_from(&errors);
        }
        let ratios = errors
            .iter()
            .zip(&by_chance)
            .map(|(error, chance)| error / chance);
        let ratios: Vec<String> = ratios.map(|ratio| format!("{ratio:.2}")).collect();
        let absolute: Vec<String> = errors.iter().map(|error| format!("{error:.5}")).collect();
        println!(
            "{method:?} {draws}: {} | {}",
            ratios.join(" "),
            absolute.join(" ")
        );
    }
}
