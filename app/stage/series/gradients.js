/** The gradient of a run, as it is played backward: every value's, what each wire carries, the chain rule. Pure. */

import { backprop } from "../evaluator/run.js";
import { createChain } from "../evaluator/chain.js";
import { entriesOf, placesOf } from "../evaluator/graph.js";
import { unitOf } from "../state/strips.js";
import { keyOf } from "../state/visibility.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Gradients} Shown
 * @typedef {import("../evaluator/chain.js").Link} Link
 * @typedef {import("../evaluator/run.js").Run} Run
 */

const BEFORE = "-before",
  NEXT_STEP = "next_step"; // as layouts call it

/**
 * The loss of a run's last step, for each unit, and its gradients: (h − target)² where there is a target, else the last
 * hidden state itself (of all units together): then a gradient says how far the last state would move.
 * @param {Run} run @param {number|undefined} target
 */
function lossOf(run, target) {
  const { graph } = run.cell;
  const { numbers, length } = run.values[placesOf(graph)[graph.output]];
  const slope = new Float64Array(numbers.length);
  for (let k = numbers.length - length; k < numbers.length; k += 1)
    slope[k] = target === undefined ? 1 : 2 * (numbers[k] - target);
  const loss = target === undefined ? numbers : numbers.map((value) => (value - target) ** 2);
  return { loss: { numbers: loss, length, stride: length }, gradients: backprop(run, { [graph.output]: slope }) };
}

/**
 * What the stage shows of one series' gradient, for the selected unit.
 * @param {Run} run @param {Layout} layout @param {number} selected @param {number|undefined} target
 * @returns {Shown}
 */
export function gradientsOf(run, layout, selected, target) {
  const { graph } = run.cell;
  const { loss, gradients } = lossOf(run, target);
  const places = placesOf(graph);
  const names = Object.keys(places);
  const states = Object.keys(graph.states);
  /** The selected unit among a value's; an input belongs to none, and its first is taken. */
  const unit = (/** @type {string} */ name) => (name === "x" ? 0 : unitOf(run.values[places[name]].length, selected));
  const numbers = (/** @type {number} */ place, /** @type {string} */ name) =>
    entriesOf(gradients.values[place], run.steps, unit(name));
  const chain = createChain(gradients);
  const links = Object.fromEntries([
    ...names.map((name) => [name, chain(name, unit(name))]),
    ...states.map((name) => [name + BEFORE, chain(name, unit(name), true)]),
  ]);
  const values = Object.fromEntries(names.map((name) => [name, numbers(places[name], name)]));
  const drawn = new Set([...layout.wide.values.map(({ name }) => name), ...layout.rows]);
  return {
    loss: entriesOf(loss, run.steps, selected),
    values,
    before: Object.fromEntries(states.map((name) => [name, numbers(graph.states[name].before, name)])),
    wires: Object.fromEntries(
      layout.wide.wires.flatMap((wire) => {
        const carried = carriedBy(wire, layout, values, links);
        return carried ? [[wire.id, carried]] : [];
      }),
    ),
    chain: Object.fromEntries(names.filter((name) => drawn.has(name)).map((name) => [name, links[name]])),
    routes: routesOf(links, memoryOf(graph), values),
    step: stepOf(links),
  };
}

/**
 * The gradient that comes back along a wire; null for a wire that carries none. A wire carries the gradient of the
 * value that is drawn on it. A layout says of others what they `carry`: a value, or the terms of a value's gradient
 * that come from some of its readers or from the next step; a ribbon, what comes from its gate.
 * @param {import("../types.js").LayoutWire} wire @param {Layout} layout @param {Record<string, number[]>} values
 * @param {Record<string, Link[]>} links
 */
function carriedBy(wire, layout, values, links) {
  const value = layout.wide.values.find((one) => one.wire === wire.id);
  const own = value ? [keyOf(value)] : null;
  const [source, ...readers] =
    wire.carries ?? (wire.kind === "ribbon" ? ribbonOf(wire, layout, links) : null) ?? own ?? [];
  if (!source) return null;
  if (!readers.length && !source.endsWith(BEFORE)) return values[source];
  const terms = links[source].filter(({ to, later }) =>
    readers.length ? readers.includes(later ? NEXT_STEP : to) : !later,
  );
  return terms.length ? terms[0].product.map((_, t) => terms.reduce((sum, { product }) => sum + product[t], 0)) : null;
}

/** @param {import("../types.js").LayoutWire} wire @param {Layout} layout @param {Record<string, Link[]>} links */
function ribbonOf({ role, stage }, { roles, stages }, links) {
  const state = Object.keys(links).find(
    (name) => name.endsWith(BEFORE) && roles[name.slice(0, -BEFORE.length)] === role,
  );
  return state ? [state, stages[stage - 1].value] : null;
}

/**
 * The state that `keep` carries, as `cells` finds it; null without one.
 * @param {import("../scene.js").GraphData} graph
 */
function memoryOf({ nodes }) {
  const keep = nodes.find(({ name, type }) => name === "keep" && type === "product");
  return keep?.inputs.map((k) => nodes[k]).find(({ type }) => type === "state")?.name ?? null;
}

/**
 * How much of the memory's gradient came straight along it, by what keeps it, and how much by other ways; null without
 * a memory.
 * @param {Record<string, Link[]>} links @param {string|null} state @param {Record<string, number[]>} values
 */
function routesOf(links, state, values) {
  const along = state && links[state].find(({ to, later }) => later && to === state)?.product;
  return along ? { state, along, through: values[state].map((value, t) => value - along[t]) } : null;
}

/**
 * ∂h/∂(h before), slope · U, where a unit's state is one function of one sum (an RNN's); null in other cells.
 * @param {Record<string, Link[]>} links
 */
function stepOf(links) {
  const ways = ["a", `h${BEFORE}`].flatMap((name) => links[name] ?? []);
  if (ways.map(({ to }) => to).join() !== "h,a" || !ways.every(({ local }) => local.length === 1)) return null;
  const [slope, weight] = ways.map(({ local }) => local[0].numbers);
  return { slope, weight, product: slope.map((value, t) => value * weight[t]) };
}
