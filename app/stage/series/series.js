/** The series of a scene: each run by the evaluator, and its numbers as the selected unit sees them. Pure. */

import { ruleOf } from "../evaluator/functions.js";
import { entriesOf, placesOf } from "../evaluator/graph.js";
import { run } from "../evaluator/run.js";
import { isVector, withWeights } from "../state/entries.js";
import { addsMany, createArithmetic } from "./arithmetic.js";
import { gradientsOf } from "./gradients.js";

/**
 * @typedef {import("../types.js").CellScene} CellScene
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Arithmetic} Arithmetic
 * @typedef {import("../evaluator/run.js").Run} Run
 */

/**
 * @param {CellScene} cell @param {Pick<import("../types.js").SentSeries, "held">} one
 * @param {import("../types.js").Controls} controls
 */
export const parametersOf = (cell, { held }, { weights }) => withWeights(cell.parameters, { ...weights, ...held });

/**
 * What a series reads: what it was sent, or the days of the controls.
 * @param {import("../types.js").Arrived["series"][number]} one @param {import("../types.js").Controls} controls
 */
export const inputOf = ({ key, reads, x }, { days }) => x?.numbers ?? Float64Array.from(days[reads ?? key]);

/**
 * @param {CellScene} cell @param {Float64Array} x (steps, D) @param {Record<string, Float64Array>} [start] first states
 * @returns {Run}
 */
export function traceOf({ graph, sizes, parameters }, x, start) {
  const numbers = Object.fromEntries(Object.entries(parameters).map(([of, { numbers: all }]) => [of, all]));
  return run({ graph, sizes, parameters: numbers }, x, start);
}

/**
 * One sequence's numbers, of one unit and, as strips, of all.
 * @param {Pick<import("../types.js").Arrived["series"][number], "key"|"name"|"cell">} about
 * @param {CellScene} cell @param {Run} trace
 * @param {number} unit @param {boolean} backward the gradients too @param {number} [target] of their loss
 * @returns {Series}
 */
export function seriesOf({ key, name, cell: kind }, cell, trace, unit, backward, target) {
  const { graph, sizes, layout } = cell;
  const places = placesOf(graph);
  const entering = Object.fromEntries(Object.entries(graph.states).map(([state, { before }]) => [state, before]));
  const several = isVector(sizes);
  const arithmetic = arithmeticOf(trace, cell, unit, several);
  return {
    key,
    name,
    cell: kind,
    parameters: cell.parameters,
    values: eachOf(places, (place, of) => entriesOf(trace.values[place], trace.steps, of === "x" ? 0 : unit)),
    before: eachOf(entering, (place) => entriesOf(trace.values[place], trace.steps, unit)),
    arithmetic,
    slopes: Object.fromEntries(
      layout.wide.nodes.flatMap(({ kind: drawn, value = "" }) =>
        drawn === "plot" ? [[value, slopeOf(trace, places[value], arithmetic[value])]] : [],
      ),
    ),
    ...(several && { units: unitsOf(trace, places, entering) }),
    ...(backward && { gradients: gradientsOf(trace, layout, unit, target) }),
  };
}

/**
 * @template T @param {Record<string, number>} places @param {(place: number, name: string) => T} read
 * @returns {Record<string, T>}
 */
const eachOf = (places, read) =>
  Object.fromEntries(Object.entries(places).map(([name, place]) => [name, read(place, name)]));

/**
 * The selected unit's arithmetic of each stage's value, and of the matrix products that such a value reads.
 * @param {Run} trace @param {CellScene} cell @param {number} unit @param {boolean} several
 */
function arithmeticOf(trace, { layout, formulas }, unit, several) {
  const of = createArithmetic(trace, formulas);
  const stages = layout.stages.map(({ value }) => value);
  /** @type {Record<string, Arithmetic>} */
  const made = Object.fromEntries(stages.map((value) => [value, of(value, unit)]));
  if (!several) return made;
  const read = stages.flatMap((value) => formulas[value].terms.flatMap(({ factors }) => factors));
  for (const value of new Set(read.flatMap((factor) => factor.value ?? []))) {
    if (!made[value] && formulas[value] && addsMany(trace, formulas, value)) made[value] = of(value, unit);
  }
  return made;
}

/** The slope of a value's function at each step. @param {Run} trace @param {number} place @param {Arithmetic} sums */
function slopeOf({ cell }, place, { total, result }) {
  const { slope, alpha, beta } = ruleOf(cell.graph.nodes[place].function);
  return total.map((a, t) => slope(a, result[t], alpha, beta));
}

/**
 * Every value of every unit.
 * @param {Run} trace @param {Record<string, number>} places @param {Record<string, number>} entering
 */
function unitsOf({ cell, steps, values }, places, entering) {
  const strip = (/** @type {number} */ place) => {
    const { numbers, length } = values[place];
    return { shape: [steps, length], numbers: numbers.subarray(0, steps * length) };
  };
  return { count: cell.sizes.H, strips: eachOf(places, strip), before: eachOf(entering, strip) };
}
