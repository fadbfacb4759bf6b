/** What of a layer is shown, and in which order: a thumbnail of every quantity, and the ways to sort its units. */

import { button, el, put } from "../base/element.js";
import { paint } from "../base/heat.js";

/** @typedef {import("./numbers.js").Read} Read */

const THUMB = { columns: 63, rows: 34 }; // px

/** A quantity's whole map, small. @param {Read} quantity @param {() => void} choose */
export function createThumb(quantity, choose) {
  const canvas = el("canvas", { "aria-hidden": "true" });
  const { name, title, short: word, role, values } = quantity;
  const short = el("span", {}, el("i", {}, name), " ", el("small", {}, word));
  const props = { class: `gw-thumb role-${role}`, named: true, title };
  const root = button(title, choose, props, canvas, short);
  return {
    root,
    /** @param {number[]} order @param {boolean} chosen */
    draw(order, chosen) {
      const units = order.length,
        steps = values.length / units,
        columns = Math.min(THUMB.columns, steps),
        rows = Math.min(THUMB.rows, units);
      put(root, { "aria-pressed": String(chosen) });
      paint(canvas, columns, rows, (row, column) => {
        const step = Math.floor(((column + 0.5) * steps) / columns),
          unit = order[Math.floor(((row + 0.5) * units) / rows)];
        return values[step * units + unit] / quantity.high;
      });
    },
  };
}

/**
 * How the units are sorted; by correlation with an input that is chosen from a list.
 * @param {import("./data.js").Order[]} orders @param {import("../base/words.js").Word} word
 * @param {(name: string) => void} sort
 */
export function createSorts(orders, word, sort) {
  const plain = orders.filter(({ input }) => input === null),
    others = orders.filter(({ input }) => input !== null);
  const buttons = plain.map(({ name, title }) => button(title, () => sort(name), { class: "gw-sort" }, title));
  const select = el("select", { "aria-label": word("by"), onchange: () => select.value && sort(select.value) });
  select.append(
    el("option", { value: "" }, word("by")),
    ...others.map(({ name, title }) => el("option", { value: name }, title)),
  );
  const props = { class: "gw-sorts", role: "group", "aria-label": word("sort") };
  const root = el("div", props, el("span", {}, word("sort")), ...buttons, others.length > 0 && select);
  return {
    root,
    /** @param {string} chosen */
    draw(chosen) {
      plain.forEach(({ name }, k) => put(buttons[k], { "aria-pressed": String(name === chosen) }));
      select.value = others.some(({ name }) => name === chosen) ? chosen : "";
      put(select, { "data-chosen": select.value !== "" });
    },
  };
}
