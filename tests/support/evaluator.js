/**
 * Runs the stage's evaluator for Python's tests: reads a run as a line of JSON and writes its numbers as a line of JSON.
 * The folder that holds the evaluator's modules is the argument.
 */
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const { backprop, run } = await import(new URL("run.js", folder));

const arrays = (lists) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Float64Array.from(list)]));
const lists = (columns) => columns.map(({ numbers }) => [...numbers]);

for await (const line of createInterface({ input: process.stdin })) {
  const { graph, sizes, parameters, x, start, loss } = JSON.parse(line);
  const trace = run({ graph, sizes, parameters: arrays(parameters) }, Float64Array.from(x), start);
  const gradients = backprop(trace, arrays(loss));
  const told = {
    values: lists(trace.values),
    gradients: lists(gradients.values),
    parameters: Object.fromEntries(Object.entries(gradients.parameters).map(([name, list]) => [name, [...list]])),
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
