/** What the lit gate reads: its two inputs beside the riser, and its weights below them. */

import { fill } from "../colour.js";
import { svg } from "../../components/base/svg.js";
import { filled, fixed } from "../../components/base/format.js";
import { createStrip } from "../vector/card.js";
import { stripAt, unitOf } from "../state/strips.js";

/**
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Term} Term
 * @typedef {{role: string, parameter: string, weight: number, name: string, before: boolean, number: number,
 *   strip: ArrayLike<number>|null}} Feed
 *   `strip`: every number read, where a row of weights reads several
 * @typedef {import("./weight_handles.js").Spot} Spot
 */

const OFFSET = 37,
  PILL = { width: 50, height: 20 };
/** How far below the gate's middle each line is. */
const ROWS = { pill: 44, weights: 66, dropped: 84 };
/** Room for "64 weights · h" left of the riser. */
const STRIPS = 84;
/** Room for a weight line before the next riser. */
const ROOM = { left: 51, right: 91 };
/** A strip is further out than a pill, in cells of its own. */
const STRIP = { offset: 48, pitch: 8, few: 8, height: 12 };

/**
 * A stage's terms split into its inputs and its bias.
 * @param {Facet} facet @param {Layout} layout @param {string} value @param {Series} series @param {number} step
 */
export function feedsOf(facet, layout, value, series, step) {
  const { weights } = facet.controls;
  // Of many units only the selected one's weights are shown.
  const terms = series.units ? series.arithmetic[value]?.terms : null;
  /** @type {Feed[]} */
  const inputs = [];
  let bias = /** @type {number|null} */ (null),
    biasName = "";
  (facet.formulas[value]?.terms ?? []).forEach(({ sign, factors }, t) => {
    const numbers = terms?.[t],
      at = factors.findIndex((factor) => factor.parameter),
      parameter = factors[at]?.parameter ?? "";
    const weight = sign * (numbers && "factors" in numbers ? numbers.factors[at]?.[step] : weights[parameter]);
    const read = factors.find((factor) => factor.value);
    if (!read?.value) [bias, biasName] = [weight, parameter];
    else {
      const before = Boolean(read.before);
      const number = (before ? series.before : series.values)[read.value][step];
      const strip = numbers && "products" in numbers ? stripAt(series, { name: read.value, before }, step) : null;
      inputs.push({ role: layout.roles[read.value], parameter, weight, name: read.value, before, number, strip });
    }
  });
  return { inputs, bias, biasName };
}

/**
 * Where the next wire climbs to the right of a gate's own.
 * @param {Geometry} geometry @param {{x: number, y: number}} gate
 */
function riserAfter({ wires }, { x, y }) {
  const level = y + ROWS.weights;
  const legs = wires.flatMap(({ points }) => points.slice(1).map((to, k) => [points[k], to]));
  const risers = legs.filter(([[x0, y0], [x1, y1]]) => x0 === x1 && x0 > x + 10 && (y0 - level) * (y1 - level) < 0);
  return Math.min(Infinity, ...risers.map(([[at]]) => at));
}

/**
 * @param {SVGGElement} group @param {number} x @param {number} y
 * @param {[text: string, kind: string, parameter?: string][]} pieces `parameter`: whose number a piece is
 * @param {number} room @param {string|null} hover @returns {Spot[]} where each parameter's number is
 */
function writeLine(group, x, y, pieces, room, hover) {
  const text = svg("text", { class: "weights", x, y }, group);
  let rise = 0;
  for (const [piece, kind, parameter] of pieces) {
    const low = kind.startsWith("low");
    const tspan = svg("tspan", { class: parameter && parameter === hover ? `${kind} marked` : kind }, text);
    if (low) tspan.setAttribute("dy", "0.3143em");
    else if (rise) tspan.setAttribute("dy", "-0.22em");
    rise = low ? 1 : 0;
    tspan.textContent = piece;
  }
  const width = text.getComputedTextLength();
  if (width > room) {
    // three-figure weights late in a long run: closer set, never into the next wire
    text.setAttribute("textLength", String(room));
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
  let first = 0;
  return pieces.flatMap(([piece, kind, parameter]) => {
    const from = first;
    first += piece.length;
    if (!parameter) return [];
    const left = text.getStartPositionOfChar(from).x,
      wide = text.getEndPositionOfChar(from + piece.length - 1).x - left;
    const lean = /** @type {[number, number]} */ ([from ? 1 : 0, 0]); // a line's second number gives way to its first
    return [
      { parameter, role: kind.split("role-")[1], x: left + wide / 2, y: y - 4.5, width: wide + 4, height: 18, lean },
    ];
  });
}

/** @param {SVGGElement} group @param {[number, number]} at @param {Feed} feed @param {number} unit */
function drawStrip(group, [x, y], { role, strip, name }, unit) {
  const cells = strip ?? [],
    few = cells.length <= STRIP.few,
    pitch = few ? STRIP.pitch : STRIP.pitch / 2;
  const width = Math.min(cells.length, 2 * STRIP.few) * pitch + 8;
  const pill = svg("g", { class: `feed strips role-${role}`, transform: `translate(${x} ${y})` }, group);
  svg("rect", { x: -width / 2, y: -PILL.height / 2, width, height: PILL.height, rx: 5 }, pill);
  const holder = svg("g", { class: "cells", transform: `translate(0 ${-STRIP.height / 2})` }, pill);
  createStrip(holder, { pitch, height: STRIP.height, framed: name !== "x" }).draw(cells, unitOf(cells.length, unit));
}

/** @param {SVGGElement} group @param {[number, number]} at @param {Feed} feed */
function drawInput(group, [x, y], { role, number }) {
  const pill = svg("g", { class: `feed role-${role}`, transform: `translate(${x} ${y})` }, group);
  const box = svg(
    "rect",
    { x: -PILL.width / 2, y: -PILL.height / 2, width: PILL.width, height: PILL.height, rx: PILL.height / 2 },
    pill,
  );
  box.style.fill = fill(number);
  svg("text", { y: 4.4 }, pill).textContent = fixed(number, 3);
}

/** @typedef {[text: string, kind: string, parameter?: string]} Piece  `parameter`: whose number a piece is */

/**
 * A weight and what it is multiplied by.
 * @param {Facet} facet @param {Feed} input @param {number} step @param {boolean} many
 */
function productOf(facet, input, step, many) {
  const { strip, weight, parameter, name, before } = input;
  const hue = `role-${input.role}`;
  const factor = strip ? filled(facet.words["weights.count"], () => String(strip.length)) : fixed(weight, 2);
  return /** @type {Piece[]} */ ([
    [factor, hue, many ? undefined : parameter],
    [strip ? " · " : "·", hue],
    [name, `letter ${hue}`],
    [String(step + (before ? 0 : 1)), `low ${hue}`],
  ]);
}

/**
 * The bias with its sign, where there is one.
 * @param {ReturnType<typeof feedsOf>} feeds @param {string} role @param {boolean} many
 */
function biasOf({ bias, biasName }, role, many) {
  if (bias === null) return [];
  return /** @type {Piece[]} */ ([
    [`${bias < 0 ? "−" : "+"} `, "quiet"],
    [fixed(Math.abs(bias), 2), `role-${role}`, many ? undefined : biasName],
  ]);
}

/**
 * @param {SVGGElement} group @param {Facet} facet @param {Layout} layout @param {Geometry} geometry
 * @param {number} stage @param {Series} series @param {number} step @param {number} unit @param {string|null} hover
 * @returns {Spot[]} where the weights are
 */
export function drawFeeds(group, facet, layout, geometry, stage, series, step, unit, hover) {
  group.replaceChildren();
  const { own, value, role } = layout.stages[stage];
  const ribbon = geometry.wires.find(({ id, kind }) => kind === "ribbon" && own.includes(id));
  const gates = geometry.nodes.filter(({ kind }) => kind === "gate");
  const gate = gates.find((node) => node.value === value);
  if (!ribbon || !gate) return [];
  const feeds = feedsOf(facet, layout, value, series, step);
  const many = Boolean(series.units);
  const tail = biasOf(feeds, role, many);
  const last = gates.every(({ x }) => x <= gate.x);

  /** @param {Feed} input @returns {Spot[]} */
  function draw(input) {
    const left = input.role === ribbon?.role;
    const { x: middle, y: top } = /** @type {NonNullable<typeof gate>} */ (gate);
    const wide = input.strip && input.strip.length > 3;
    const x = middle + (left ? -1 : 1) * (wide ? STRIP.offset : OFFSET);
    if (input.strip) drawStrip(group, [x, top + ROWS.pill], input, unit);
    else drawInput(group, [x, top + ROWS.pill], input);
    const line = productOf(facet, input, step, many);
    const start = left && input.strip ? middle - 12 - STRIPS : x - PILL.width / 2 + (left ? 0.7 : 0);
    /** @param {number} y @param {Piece[]} pieces @param {number} room @param {[number, number]} [lean] */
    const write = (y, pieces, room, lean) =>
      writeLine(group, start, top + y, pieces, room, hover).map((spot) => (lean ? { ...spot, lean } : spot));
    if (left) return write(ROWS.weights, line, input.strip ? STRIPS : ROOM.left);
    if (!tail.length) return write(ROWS.weights, line, ROOM.left + 12);
    if (last) {
      const first = write(ROWS.weights, line, ROOM.left + 12, [0, -1]);
      return [...first, ...write(ROWS.dropped, tail, ROOM.left + 12, [0, 1])];
    }
    const room = Math.min(ROOM.right, riserAfter(geometry, { x: middle, y: top }) - start - 6);
    return write(ROWS.weights, [...line, ["\u00a0", "quiet"], ...tail], room);
  }

  return feeds.inputs
    .filter(({ role: hue }) => hue === ribbon.role || hue === "x") // a peephole has its own wire
    .flatMap(draw);
}
