/**
 * A cell's graph run over a sequence, and a loss carried back through the run: every value of every step, and its
 * gradient. Nothing here knows which cell it runs. Pure.
 *
 * @typedef {import("./graph.js").Cell} Cell
 * @typedef {import("./graph.js").Column} Column
 * @typedef {{cell: Cell, steps: number, values: Column[]}} Run  `values`: of every node
 * @typedef {{of: Run, loss: Record<string, Float64Array>, values: Column[],
 *   parameters: Record<string, Float64Array>}} Gradients
 *   `loss`: its own, at the values it reads; `values`: of every node, of a state before the first step the start's
 */

import { ruleOf } from "./functions.js";
import { columnsOf, placesOf } from "./graph.js";
import { OPERATIONS } from "./operations.js";

/**
 * @param {Cell} cell @param {Float64Array} x (steps, D) @param {Record<string, ArrayLike<number>>} [start]
 *   states before the first step; zero where absent
 * @returns {Run}
 */
export function run(cell, x, start = {}) {
  const { steps, values, step } = prepared(cell, x, start);
  for (let t = 0; t < steps; t += 1) step(t);
  return { cell, steps, values };
}

/**
 * A run whose steps are taken one by one, in order: step t reads what stands in its row of `x` then.
 * @param {Cell} cell @param {Float64Array} x (steps, D) @param {Record<string, ArrayLike<number>>} [start]
 * @returns {Run & {step: (t: number) => void}}
 */
export function prepared(cell, x, start = {}) {
  const steps = x.length / cell.sizes.D;
  const values = columnsOf(cell, steps, x, cell.parameters);
  for (const { before, start: usual = 0 } of Object.values(cell.graph.states))
    values[before].numbers.fill(usual, 0, values[before].length);
  for (const [name, numbers] of Object.entries(start)) values[cell.graph.states[name].before].numbers.set(numbers);
  const sites = sitesOf(cell, values, cell.parameters);
  const step = (/** @type {number} */ t) => sites.forEach(({ operation, site }) => operation.forward(t, site));
  return { cell, steps, values, step };
}

/**
 * @param {Run} of @param {Record<string, Float64Array>} loss  dL/d(value) by its name, (steps, n)
 * @returns {Gradients}
 */
export function backprop(of, loss) {
  const { cell, steps } = of;
  const sizes = Object.entries(cell.parameters).map(([name, { length }]) => [name, new Float64Array(length)]);
  const parameters = Object.fromEntries(sizes);
  const values = columnsOf(cell, steps, new Float64Array(steps * cell.sizes.D), parameters);
  const places = placesOf(cell.graph);
  for (const [name, numbers] of Object.entries(loss)) values[places[name]].numbers.set(numbers);
  const sites = sitesOf(cell, of.values, cell.parameters);
  const back = sitesOf(cell, values, parameters);
  for (let t = steps - 1; t >= 0; t -= 1)
    for (let k = sites.length - 1; k >= 0; k -= 1) sites[k].operation.backward(t, back[k].site, sites[k].site);
  return { of, loss, values, parameters };
}

/**
 * The nodes that a step computes, in order.
 * @param {Cell} cell @param {Column[]} columns @param {Record<string, Float64Array>} parameters
 */
function sitesOf({ graph }, columns, parameters) {
  return graph.nodes.flatMap(({ type, inputs, parameter = "", function: applied }, k) => {
    if (!(type in OPERATIONS)) return [];
    const read = inputs.map((i) => columns[i]);
    return {
      operation: OPERATIONS[type],
      site: { out: columns[k], read, weights: parameters[parameter], rule: ruleOf(applied) },
    };
  });
}
