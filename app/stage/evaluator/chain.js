/**
 * The chain rule with numbers: where the gradient of a value comes from, term by term, as `cells/chain.py` explains. A
 * value's gradient is the sum, over the values that read it, of their gradient times the local derivatives on the path.
 * Values on the path without a letter of their own are written out. Pure.
 *
 * @typedef {import("./graph.js").NodeData} NodeData
 * @typedef {{read: number, reader: number}[]} Path  from a value to the next one with a letter
 * @typedef {{kind: "value"|"parameter"|"slope"|"minus", name: string, before: boolean, function: string|null,
 *   inner: string|null, numbers: number[]}} Local  one local derivative of a term
 * @typedef {{to: string, later: boolean, upstream: number[]|null, local: Local[], matrix: string|null,
 *   product: number[]}} Link
 *   one term: what comes back from the reader `to` (empty for the loss), `later` from the next step; `upstream` is null
 *   where the term is a sum over many units
 * @typedef {(t: number, k: number) => number} Entry
 */

import { ruleOf } from "./functions.js";
import { consumersOf, entriesOf, entryAt, placesOf } from "./graph.js";
import { shareOf } from "./operations.js";

/**
 * The terms of any value's gradient, of one unit.
 * @param {import("./run.js").Gradients} gradients
 * @returns {(name: string, unit: number, before?: boolean) => Link[]}
 *   `before`: of a state as it entered each step, and what comes back to it through that step alone
 */
export function createChain(gradients) {
  const { of, loss } = gradients;
  const { graph } = of.cell;
  const places = placesOf(graph);
  const pathsFrom = pathsOf(graph);
  return (name, unit, before = false) => {
    /** @param {number} place @param {boolean} later */
    const linksOf = (place, later) => pathsFrom(place).map((path) => linkOf(gradients, path, unit, later));
    if (before) return linksOf(graph.states[name].before, false);
    const links = linksOf(places[name], false);
    if (name in graph.states) links.push(...linksOf(graph.states[name].before, true));
    if (!loss[name]?.some(Boolean)) return links;
    const { length } = of.values[places[name]];
    const own = entriesOf({ numbers: loss[name], length, stride: length }, of.steps, unit);
    return [...links, { to: "", later: false, upstream: null, local: [], matrix: null, product: own }];
  };
}

/** Does an equation call a value by its letter? @param {NodeData} node @param {import("./graph.js").GraphData} graph */
const hasLetter = (node, { nodes, states }) =>
  node.name.length === 1 ||
  Object.values(states).some(({ before, after }) => [nodes[before], nodes[after]].includes(node));

/** @param {NodeData} node */
const isState = ({ type }) => type === "state";

/** @param {import("./graph.js").GraphData} graph @returns {(place: number) => Path[]} */
function pathsOf(graph) {
  const consumers = consumersOf(graph);
  /** @param {number} read @returns {Path[]} */
  const from = (read) =>
    consumers[read].flatMap((reader) =>
      hasLetter(graph.nodes[reader], graph)
        ? [[{ read, reader }]]
        : from(reader).map((rest) => [{ read, reader }, ...rest]),
    );
  return from;
}

/**
 * @param {import("./run.js").Gradients} gradients @param {Path} path @param {number} unit @param {boolean} later
 * @returns {Link}
 */
function linkOf({ of, values: back }, path, unit, later) {
  const { cell, steps, values } = of;
  const { nodes } = cell.graph;
  const source = path[0].read;
  const target = path[path.length - 1].reader;
  const matrix = path.map(({ reader }) => nodes[reader]).find(({ type }) => type === "matrix")?.parameter ?? null;
  const summed = path.some((edge) => mixes(nodes, edge)) && (back[target].length > 1 || values[source].length > 1);
  const derivatives = path.map((edge) => derivativeOf(of, edge));
  /**
   * What comes back along the path, from its edge `k` on.
   * @param {number} k @param {number} t @param {number} entry @returns {number}
   */
  function along(k, t, entry) {
    if (k === path.length) return entryAt(back[target], t, entry);
    const derivative = derivatives[k];
    if (!("weights" in derivative)) {
      const [{ length: read }, { length: made }] = [values[path[k].read], values[path[k].reader]];
      if (read > made) return along(k + 1, t, 0); // a total
      if (read === made) return derivative.at(t, entry) * along(k + 1, t, entry);
      let spread = 0; // one value that multiplies every entry
      for (let row = 0; row < made; row += 1) spread += derivative.at(t, row) * along(k + 1, t, row);
      return spread;
    }
    const { weights, columns, rows } = derivative;
    let total = 0;
    for (let row = 0; row < rows; row += 1) total += weights[row * columns + entry] * along(k + 1, t, row);
    return total;
  }
  const own = Math.min(unit, values[source].length - 1);
  /** What belongs to the next step, at the step it comes back to; nothing comes from after the last. */
  const over = (/** @type {Entry} */ at, k = own) =>
    Array.from({ length: steps }, (_, t) => (!later ? at(t, k) : t + 1 < steps ? at(t + 1, k) : 0));
  const local = derivatives.flatMap(({ about, at }) => (about && !summed ? [{ ...about, numbers: over(at) }] : []));
  return {
    to: nodes[target].name,
    later,
    upstream: summed ? null : over((t, k) => entryAt(back[target], t, Math.min(k, back[target].length - 1))),
    local: local.reverse(),
    matrix,
    product: over((t, k) => along(0, t, k)),
  };
}

/**
 * Does an entry of the reader take part in more than its own entry of what it reads?
 * @param {NodeData[]} nodes @param {Path[number]} edge
 */
const mixes = (nodes, { read, reader }) =>
  ["matrix", "total"].includes(nodes[reader].type) || (nodes[read].size === "1" && nodes[reader].size !== "1");

/**
 * ∂reader/∂read: its numbers, and what is written of it; a sum's is 1, and nothing is written.
 * @param {import("./run.js").Run} of @param {Path[number]} edge
 * @returns {{at: Entry, about: Omit<Local, "numbers">|null} & ({}|{weights: Float64Array, rows: number,
 *   columns: number})}
 */
function derivativeOf({ cell, values }, { read, reader }) {
  const { graph, parameters } = cell;
  const node = graph.nodes[reader];
  const plain = { name: node.name, before: false, function: null, inner: null };
  if (node.type === "matrix") {
    const name = node.parameter ?? "";
    const weights = parameters[name];
    const about = { ...plain, kind: /** @type {const} */ ("parameter"), name };
    return { at: () => weights[0], about, weights, rows: values[reader].length, columns: values[read].length };
  }
  if (node.type === "product") {
    const other = node.inputs[node.inputs[0] === read ? 1 : 0];
    const factor = values[other];
    const at = (/** @type {number} */ t, /** @type {number} */ k) => entryAt(factor, t, Math.min(k, factor.length - 1));
    return { at, about: factorOf(graph, graph.nodes[other]) };
  }
  if (node.type === "maximum") {
    const other = values[node.inputs[node.inputs[0] === read ? 1 : 0]];
    const about = { ...plain, kind: /** @type {const} */ ("slope"), name: "", function: "max" };
    const mine = values[read];
    return {
      at: (t, k) => shareOf(entryAt(mine, t, k), entryAt(other, t, k)),
      about: { ...about, inner: graph.nodes[read].name },
    };
  }
  if (node.type !== "apply" || !node.function) return { at: () => 1, about: null };
  const { slope, alpha, beta } = ruleOf(node.function);
  const [a, y] = [values[read], values[reader]];
  const at = (/** @type {number} */ t, /** @type {number} */ k) =>
    slope(entryAt(a, t, k), entryAt(y, t, k), alpha, beta);
  if (node.function.key === "complement") return { at, about: { ...plain, kind: "minus" } };
  const name = hasLetter(node, graph) ? node.name : "";
  const inner = graph.nodes[read].name;
  return { at, about: { ...plain, kind: "slope", name, function: node.function.name, inner } };
}

/**
 * The other factor of a product.
 * @param {import("./graph.js").GraphData} graph @param {NodeData} node @returns {Omit<Local, "numbers">}
 */
function factorOf(graph, node) {
  const plain = { before: false, function: null, inner: null };
  if (node.type === "vector") return { ...plain, kind: "parameter", name: node.parameter ?? "" };
  if (node.type !== "apply" || !node.function || hasLetter(node, graph))
    return { ...plain, kind: "value", name: node.name, before: isState(node) };
  const inner = graph.nodes[node.inputs[0]];
  return { kind: "value", name: node.name, before: isState(inner), function: node.function.name, inner: inner.name };
}
