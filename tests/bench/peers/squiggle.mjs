// The small model of the benchmarks in Squiggle, on the orders that native.rs describes:
// node squiggle.mjs <folder with node_modules>. Cases: `squiggle-` and a number of draws.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const peers = createRequire(pathToFileURL(`${process.argv[2]}/package.json`));
const { run } = await import(pathToFileURL(peers.resolve("@quri/squiggle-lang")));

// The bindings are sample sets, so that a draw keeps its inputs through the months.
const code = (base, growth) => `
base = ${base} * SampleSet.fromDist(lognormal(0, 0.15))
growth = SampleSet.fromDist(normal(${growth}, 0.01))
fade = SampleSet.fromDist(uniform(0.97, 0.99))
weight = SampleSet.fromDist(uniform(0.3, 0.6)) * SampleSet.fromDist(lognormal(0, 0.2))
start = { revenue: base, growth: growth, bands: [] }
months = List.upTo(1, 168)
end = List.reduce(months, start, {|state, month|
  out = state.revenue * weight
  {
    revenue: state.revenue + state.revenue * state.growth,
    growth: state.growth * fade,
    bands: List.append(state.bands, [
      quantile(out, 0.05), quantile(out, 0.25), quantile(out, 0.5),
      quantile(out, 0.75), quantile(out, 0.95)
    ])
  }
})
end.bands
`;

const setting = (step) => [40 + 0.02 * (step % 1000), 0.05 + 1e-5 * (step % 1000)];

for await (const order of createInterface({ input: process.stdin })) {
  const [name, ...numbers] = order.split(" ");
  let [step, times, repetitions] = numbers.map(Number);
  const environment = {
    sampleCount: Number(name.split("-")[1]),
    xyPointLength: 1000,
    seed: "bench",
    profile: false,
  };
  const took = [];
  let last;
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    for (let j = 0; j < times; j++, step++) {
      const output = await run(code(...setting(step)), { environment });
      if (!output.result.ok) throw new Error(output.result.value.toString());
      last = output.result.value.result.asJS();
    }
    took.push((performance.now() - start) / times);
  }
  console.log(`${took.join(" ")} | ${last.flat().join(" ")}`);
}
