/** The map, what is read, and the selected unit's curves, on one axis of time with one crosshair. */

import { el, say } from "../base/element.js";
import { fixed, signed } from "../base/format.js";
import { createInput, createRow } from "./curves.js";
import { COLUMNS, createMap, dragged } from "./map.js";
import { curveOf, mapsOf, ticks } from "./numbers.js";

const ROOM = 256, // px that the map is high at most
  ROOM_BESIDE = 104; // each of several

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./overview.js").State} State
 * @typedef {import("./overview.js").Place} Place
 * @typedef {import("./numbers.js").Read} Read
 * @typedef {import("../base/words.js").Word} Word
 */

/**
 * @param {Data} data @param {Read[]} quantities @param {Word} word @param {State} state
 * @param {{go: (change: Partial<Place>) => void, rest: () => void}} host
 */
export function createPlots(data, quantities, word, state, { go, rest }) {
  const { units, steps, first, inputs, beside } = data;
  const names = beside.length ? [`A: ${beside[0]}`, `B: ${beside[1]}`, word("difference")] : [""];
  const host = { order: () => state.order.units, rank: (/** @type {number} */ unit) => state.ranks[unit] };
  const maps = names.map((name) => {
    const label = name ? `${name}. ${word("map")}` : word("map");
    const size = { units, steps, label, room: beside.length ? ROOM_BESIDE : ROOM };
    return createMap(size, { ...host, at: () => state, go, rest });
  });
  together(maps.map(({ root }) => root));
  const input = inputs.length ? createInput(steps, inputs[0].title) : null;
  const rows = quantities.map((quantity) => {
    const row = createRow(quantity, steps, (value) => (go({ value }), rest()));
    const stepAt = (/** @type {number} */ x) => Math.max(0, Math.min(steps - 1, Math.floor(x * steps)));
    dragged(row.box, (x) => go({ step: stepAt(x), value: quantity.name }), rest);
    return row;
  });
  const clip = el("p", { class: "gw-clip" }),
    unitLine = el("p", { class: "gw-about-unit" }),
    place = el("b", { class: "gw-place" }),
    live = el("div", { class: "gw-hidden", "aria-live": "polite" }),
    table = el("ul", { class: "gw-hidden" });
  const curves = { class: "gw-curves", role: "group", "aria-label": word("curves") };
  const root = el(
    "div",
    { class: "gw-plots" },
    input?.root,
    ...maps.map(({ root }, k) =>
      el(
        "div",
        { class: "gw-map-frame" },
        names[k] && el("p", { class: "gw-map-name", "data-line": "AB"[k] }, names[k]),
        root,
        k === maps.length - 1 && clip,
      ),
    ),
    unitLine,
    el("div", curves, ...rows.map((row) => row.root)),
    axis(steps, first, word, place),
    el("i", { class: "gw-crosshair" }),
  );
  return {
    roots: [root, table, live],
    show: () => maps.forEach((map) => map.show()),
    /** What changes with the quantity and the order. */
    paint() {
      mapsOf(state.quantity).forEach(({ values, end }, k) => maps[k].paint(values, end));
      clip.replaceChildren(...legend(state.quantity, steps, word));
    },
    /** The units in another order. */
    sort() {
      maps.forEach((map) => map.sort());
      input?.draw(inputs[state.input]);
    },
    /** What follows the place. */
    draw() {
      const { unit, step, order, ranks } = state;
      const numbers = quantities.map(({ values }) => values[step * units + unit]);
      const told = quantities.map(({ title, other }, k) => {
        const there = other ? ` (B ${fixed(other[step * units + unit], 2)})` : "";
        return `${title} ${fixed(numbers[k], 2)}${there}`;
      });
      const known = { unit: unit + 1, rank: ranks[unit] + 1, units, step: first + step + 1 };
      const name = word("at", { ...known, values: told.join(", ") });
      const score = order.score.replace("{score}", signed(order.scores[unit], 2));
      maps.forEach((map, k) => map.draw(name, k ? "" : word("tag", { unit: unit + 1, score })));
      rows.forEach((row, k) => {
        const { values, other } = quantities[k];
        const there = other ? curveOf(other, units, unit) : [];
        row.draw(curveOf(values, units, unit), there, step, row.name === state.value);
      });
      root.style.setProperty("--at", String((step + 0.5) / steps));
      say(place, String(first + step + 1));
      unitLine.replaceChildren(el("b", {}, word("unit", known)), ` ${word("rank", known)}`);
      table.replaceChildren(...told.map((text) => el("li", {}, text)));
      say(live, name);
    },
  };
}

/** Maps scroll together. @param {HTMLElement[]} windows */
function together(windows) {
  for (const scrolled of windows) {
    scrolled.addEventListener("scroll", () => {
      for (const each of windows) if (each.scrollTop !== scrolled.scrollTop) each.scrollTop = scrolled.scrollTop;
    });
  }
}

/**
 * What the colours stand for, and what a column does.
 * @param {Read} quantity @param {number} steps @param {Word} word
 */
function legend({ name, gate, low, high, gap, apart }, steps, word) {
  const ends = gate ? ["0", "1"] : [fixed(low, 2), signed(high, 2)];
  const parts = [`${name}: ${word(gate ? "scale" : "clipped")} ${ends[0]}`, el("i", { "data-gate": gate }), ends[1]];
  if (gap) parts.push(` · ${word("apart")} `, el("i", { "data-gate": true }), fixed(apart, 3));
  if (steps > COLUMNS) parts.unshift(el("span", {}, word("pooled", { steps: fixed(steps / COLUMNS, 1) })));
  return parts;
}

/** The steps' numbers. @param {number} steps @param {number} first @param {Word} word @param {HTMLElement} place */
function axis(steps, first, word, place) {
  const name = (/** @type {number} */ step) =>
    step ? String(first + step + 1) : word("step", { step: first + step + 1 });
  const marks = ticks(steps, first).map((step) =>
    el("span", { style: `left:${(100 * (step + 0.5)) / steps}%` }, name(step)),
  );
  return el("div", { class: "gw-steps", "aria-hidden": "true" }, ...marks, place);
}
