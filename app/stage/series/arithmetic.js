/** What a value is made of, with the numbers of a run: its formula's terms at every step. Pure. */

import { stripOf } from "../state/strips.js";
import { consumersOf, entriesOf, entryAt, placesOf } from "../evaluator/graph.js";

/**
 * @typedef {import("../types.js").Factor} Factor
 * @typedef {import("../types.js").Formula} Formula
 * @typedef {import("../types.js").Arithmetic} Arithmetic
 * @typedef {import("../evaluator/run.js").Run} Run
 * @typedef {(factor: Factor) => [number, number|null]} Places
 *   the node of a factor's value, and that of the function it goes through, if there is one
 */

/**
 * The arithmetic of any value of a run, of one unit.
 * @param {Run} run @param {Record<string, Formula>} formulas
 * @returns {(name: string, unit: number) => Arithmetic}
 */
export function createArithmetic(run, formulas) {
  const { steps, values } = run;
  const { nodes } = run.cell.graph;
  const places = placesOf(run.cell.graph);
  const placesIn = createPlaces(run.cell.graph, places);
  return (name, unit) => {
    const place = places[name];
    const own = Math.min(unit, values[place].length - 1);
    const { function: outer, terms, how } = formulas[name];
    const argument = outer === null ? place : nodes[place].inputs[0];
    /** @type {Arithmetic["terms"]|undefined} */
    let made;
    return {
      /** Many numbers, where a long run reads many: made once somebody looks at them. */
      get terms() {
        made ??= terms.map(
          ({ factors }) =>
            (how === "total" ? totalTerm(run, nodes[place].inputs[0], factors) : matrixTerm(run, factors, own)) ??
            productTerm(run, placesIn, factors, own),
        );
        return made;
      },
      total: entriesOf(values[argument], steps, own),
      result: entriesOf(values[place], steps, own),
    };
  };
}

/**
 * The matrix that a term multiplies by; undefined for another term.
 * @param {Run["cell"]} cell @param {Factor[]} factors
 */
const matrixOf = ({ graph }, [{ parameter }]) =>
  graph.nodes.find((one) => one.type === "matrix" && one.parameter === parameter);

/**
 * Whether a value is a sum of many products: by a row of a matrix, or all entries of another value.
 * @param {Run} run @param {Record<string, Formula>} formulas @param {string} name
 */
export function addsMany({ cell, values }, formulas, name) {
  const { terms, how } = formulas[name];
  const { nodes } = cell.graph;
  const added =
    how === "total" ? [nodes[placesOf(cell.graph)[name]]] : terms.map((term) => matrixOf(cell, term.factors));
  return added.some((node) => node && values[node.inputs[0]].length > 1);
}

/**
 * A unit's row of a matrix times what the matrix reads; null for another term.
 * @param {Run} run @param {Factor[]} factors @param {number} unit @returns {Arithmetic["terms"][number]|null}
 */
function matrixTerm({ cell, steps, values }, factors, unit) {
  const node = matrixOf(cell, factors),
    [, read] = factors;
  if (!node?.parameter) return null;
  const source = values[node.inputs[0]];
  const columns = source.length;
  const row = cell.parameters[node.parameter].subarray(unit * columns, (unit + 1) * columns);
  if (columns === 1) {
    const factor = entriesOf(source, steps, 0);
    const weight = Array(steps).fill(row[0]);
    return { factors: [weight, factor], inner: [null, null], product: factor.map((value) => row[0] * value) };
  }
  const products = new Float64Array(steps * columns);
  const sum = Array(steps).fill(0);
  for (let t = 0; t < steps; t += 1) {
    for (let k = 0; k < columns; k += 1) {
      const product = row[k] * entryAt(source, t, k);
      products[t * columns + k] = product;
      sum[t] += product;
    }
  }
  return { sum, row: Array.from(row), reads: [readOf(read)], products: { shape: [steps, columns], numbers: products } };
}

/** @param {Factor} factor @returns {import("../types.js").Read} */
const readOf = ({ value = "", before }) => ({ name: value, before: Boolean(before) });

/**
 * All entries that a total adds up; null for a single one.
 * @param {Run} run @param {number} place of what it adds up @param {Factor[]} factors
 * @returns {Arithmetic["terms"][number]|null}
 */
function totalTerm({ steps, values }, place, factors) {
  const { numbers, length } = values[place];
  if (length === 1) return null;
  const products = { shape: [steps, length], numbers: numbers.slice(0, steps * length) };
  const sum = Array.from({ length: steps }, (_, t) =>
    stripOf(products)
      .at(t)
      .reduce((total, each) => total + each, 0),
  );
  const plain = factors.every((factor) => factor.value && !factor.function); // others have no name to be read by
  return { sum, reads: plain ? factors.map(readOf) : [], products };
}

/** @param {Run} run @param {Places} placesIn @param {Factor[]} factors @param {number} unit */
function productTerm({ cell: { parameters }, steps, values }, placesIn, factors, unit) {
  const found = factors.map((factor) => {
    if (factor.parameter) return { value: Array(steps).fill(parameters[factor.parameter][unit]), inner: null };
    const [place, applied] = placesIn(factor);
    const value = entriesOf(values[applied ?? place], steps, unit);
    return { value, inner: applied === null ? null : entriesOf(values[place], steps, unit) };
  });
  return {
    factors: found.map(({ value }) => value),
    inner: found.map(({ inner }) => inner),
    product: Array.from({ length: steps }, (_, t) => found.reduce((product, { value }) => product * value[t], 1)),
  };
}

/** @param {import("../evaluator/graph.js").GraphData} graph @param {Record<string, number>} places @returns {Places} */
function createPlaces(graph, places) {
  const consumers = consumersOf(graph);
  return ({ value = "", before, function: applied }) => {
    const place = before ? graph.states[value].before : places[value];
    if (!applied) return [place, null];
    const through = consumers[place].find((reader) => graph.nodes[reader].function?.name === applied);
    return [place, through ?? null];
  };
}
