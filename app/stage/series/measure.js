/** What a challenge measures, of a run that may not be on show. Pure. */

import { entriesOf, placesOf } from "../evaluator/graph.js";
import { inputOf, parametersOf, traceOf } from "./series.js";

/**
 * @typedef {import("../types.js").Arrived} Arrived
 * @typedef {import("../types.js").Controls} Controls
 */

/**
 * A value of a series' first unit on every day; none of a series that there is not.
 * @param {Arrived} arrived @param {Controls} controls @param {string} key @param {string} name
 * @param {(x: Float64Array) => Float64Array} [edited] what it reads instead
 */
function valuesOf({ cells, series }, controls, key, name, edited = (x) => x) {
  const one = series.find((each) => each.key === key);
  if (!one) return [];
  const cell = { ...cells[one.cell], parameters: parametersOf(cells[one.cell], one, controls) };
  const { values, steps } = traceOf(cell, edited(inputOf(one, controls)), one.start);
  return entriesOf(values[placesOf(cell.graph)[name]], steps, 0);
}

/**
 * Of the last timestep: a value, how far it moved on that day, or how far it would be elsewhere had the first day
 * brought 1 more.
 * @param {Arrived} arrived @param {Controls} controls @param {import("../types.js").Goal["read"]} read
 * @returns {number}
 */
export function measured(arrived, controls, { series, name, measure }) {
  const values = valuesOf(arrived, controls, series, name);
  const last = values.at(-1) ?? NaN;
  if (measure === "change") return Math.abs(last - (values.at(-2) ?? 0));
  if (measure === "influence") {
    const more = (/** @type {Float64Array} */ x) => x.map((value, k) => (k ? value : value + 1));
    return Math.abs((valuesOf(arrived, controls, series, name, more).at(-1) ?? NaN) - last);
  }
  return last;
}

/**
 * The day, from 0, on which other weights make the largest difference to a value, and the value there with both.
 * @param {Arrived} arrived @param {Controls} controls @param {string} series @param {string} name
 * @param {Record<string, number>} begin the other weights
 */
export function changeOf(arrived, controls, series, name, begin) {
  const values = valuesOf(arrived, controls, series, name);
  const before = valuesOf(arrived, { ...controls, weights: { ...controls.weights, ...begin } }, series, name);
  const far = values.map((value, t) => Math.abs(value - before[t]));
  const step = far.indexOf(Math.max(...far));
  return { step, from: before[step], to: values[step] };
}
