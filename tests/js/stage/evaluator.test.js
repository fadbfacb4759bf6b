import assert from "node:assert/strict";
import test from "node:test";
import { placesOf } from "../../../app/stage/evaluator/graph.js";
import { backprop, run } from "../../../app/stage/evaluator/run.js";

/** An RNN whose h = U h + W x + b, or a function of that. */
const cell = (units = 1, applied = { name: "linear", key: "linear", parameters: [] }) => ({
  graph: {
    version: 1,
    nodes: [
      { type: "input", name: "x", size: "D", inputs: [] },
      { type: "state", name: "h", size: "H", inputs: [] },
      { type: "matrix", name: "", size: "H", inputs: [1], parameter: "U" },
      { type: "matrix", name: "", size: "H", inputs: [0], parameter: "W" },
      { type: "vector", name: "", size: "H", inputs: [], parameter: "b" },
      { type: "sum", name: "a", size: "H", inputs: [2, 3, 4] },
      { type: "apply", name: "h", size: "H", inputs: [5], function: applied },
    ],
    states: { h: { before: 1, after: 6 } },
    output: "h",
  },
  sizes: { D: 1, H: units },
  parameters: {
    U: Float64Array.from(units === 1 ? [2] : [1, 2, 3, 4]),
    W: new Float64Array(units).fill(1),
    b: new Float64Array(units).fill(0.5),
  },
});
const numbersOf = (of, name, graph) => [...of.values[placesOf(graph)[name]].numbers];

test("a state carries from step to step", () => {
  const one = cell();
  const trace = run(one, Float64Array.of(1, 0, -1));
  assert.deepEqual(numbersOf(trace, "h", one.graph), [1.5, 3.5, 6.5]); // 2h + x + 0.5
  assert.deepEqual([...trace.values[1].numbers], [0, 1.5, 3.5, 6.5], "as it enters the steps, and after the last");
});

test("a run begins with the states it is given", () => {
  const one = cell();
  assert.deepEqual(numbersOf(run(one, Float64Array.of(0), { h: [10] }), "h", one.graph), [20.5]);
});

test("a matrix is read row by row", () => {
  const two = cell(2);
  const trace = run(two, Float64Array.of(0), { h: [1, 10] });
  assert.deepEqual(numbersOf(trace, "h", two.graph), [21.5, 43.5]);
});

test("a gradient comes back through the steps, the weights and the start", () => {
  const one = cell();
  const trace = run(one, Float64Array.of(1, 0, -1), { h: [1] }); // h: 3.5, 7.5, 14.5
  const back = backprop(trace, { h: Float64Array.of(0, 0, 1) });
  assert.deepEqual([...back.values[1].numbers], [8, 4, 2, 1], "doubled at each step");
  assert.deepEqual(numbersOf(back, "x", one.graph), [4, 2, 1]);
  assert.deepEqual([...back.parameters.U], [4 * 1 + 2 * 3.5 + 1 * 7.5]);
  assert.deepEqual([...back.parameters.W], [4 * 1 + 2 * 0 + 1 * -1]);
  assert.deepEqual([...back.parameters.b], [7]);
});

test("a function has its parameters, infinite ones too", () => {
  const clipped = cell(1, { name: "clip(2.0)", key: "clip", parameters: [2] });
  assert.deepEqual(numbersOf(run(clipped, Float64Array.of(9, -9)), "h", clipped.graph), [2, -2]);
  const free = cell(1, { name: "clip", key: "clip", parameters: ["Infinity"] });
  assert.deepEqual(numbersOf(run(free, Float64Array.of(9)), "h", free.graph), [9.5]);
});

test("a graph of another version and an unknown function are refused by name", () => {
  const other = cell();
  other.graph.version = 2;
  assert.throws(() => run(other, Float64Array.of(1)), /graph: expected version 1, got 2/);
  const unknown = cell(1, { name: "sine", key: "sine", parameters: [] });
  assert.throws(() => run(unknown, Float64Array.of(1)), /function: expected one of sigmoid, .*, got sine/);
});
