// Times the cases as WebAssembly in Node, on the orders that native.rs describes:
// node engine.mjs <folder of wasm-bindgen's output>
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { Bench, initSync } = await import(pathToFileURL(`${folder}/bench.js`));
initSync({ module: readFileSync(`${folder}/bench_bg.wasm`) });

const cases = new Map();
for await (const order of createInterface({ input: process.stdin })) {
  const [name, ...numbers] = order.split(" ");
  let [step, times, repetitions] = numbers.map(Number);
  if (!cases.has(name)) cases.set(name, Bench.of(name));
  const bench = cases.get(name);
  if (!bench) throw new Error(`no case ${name}`);
  const took = [];
  let last;
  for (let i = 0; i < repetitions; i++, step += times) {
    const start = performance.now();
    last = bench.run(step, times);
    took.push((performance.now() - start) / times);
  }
  console.log(`${took.join(" ")} | ${last.join(" ")}`);
}
