/** The map, what is read, and the selected unit's curves, on one axis of time with one crosshair. */

import { el, say } from "../base/element.js";
import { fixed, signed } from "../base/format.js";
import { createInput, createRow } from "./curves.js";
import { createMap, dragged } from "./map.js";
import { curveOf, ticks } from "./numbers.js";

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
  const { units, steps, first, inputs } = data;
  const map = createMap(
    { units, steps, label: word("map") },
    { order: () => state.order.units, rank: (unit) => state.ranks[unit], at: () => state, go, rest },
  );
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
    el("div", { class: "gw-map-frame" }, map.root, clip),
    unitLine,
    el("div", curves, ...rows.map((row) => row.root)),
    axis(steps, first, word, place),
    el("i", { class: "gw-crosshair" }),
  );
  return {
    roots: [root, table, live],
    show: map.show,
    /** What changes with the quantity and the order. */
    paint() {
      const { name, gate, low, high } = state.quantity;
      map.paint(state.quantity);
      input?.draw(inputs[state.input]);
      const bar = el("i", { "data-gate": gate });
      const ends = gate ? ["0", "1"] : [fixed(low, 2), signed(high, 2)];
      clip.replaceChildren(`${name}: ${word(gate ? "scale" : "clipped")} ${ends[0]}`, bar, ends[1]);
    },
    /** What follows the place. */
    draw() {
      const { unit, step, order, ranks } = state;
      const numbers = quantities.map(({ values }) => values[step * units + unit]);
      const told = quantities.map(({ title }, k) => `${title} ${fixed(numbers[k], 2)}`);
      const known = { unit: unit + 1, rank: ranks[unit] + 1, units, step: first + step + 1 };
      const name = word("at", { ...known, values: told.join(", ") });
      const score = order.score.replace("{score}", signed(order.scores[unit], 2));
      map.draw(name, word("tag", { unit: unit + 1, score }));
      rows.forEach((row, k) => row.draw(curveOf(quantities[k].values, units, unit), step, row.name === state.value));
      root.style.setProperty("--at", String((step + 0.5) / steps));
      say(place, String(first + step + 1));
      unitLine.replaceChildren(el("b", {}, word("unit", known)), ` ${word("rank", known)}`);
      table.replaceChildren(...told.map((text) => el("li", {}, text)));
      say(live, name);
    },
  };
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
