/** What a unit did at the last letters: a column a letter, a row a value. */

import { el, say } from "../base/element.js";
import { fixed } from "../base/format.js";
import { fill } from "../../stage/colour.js";
import { visible } from "./text.js";

/** @typedef {import("../base/words.js").Word} Word */

const SHOWN = 24; // letters

/**
 * @param {Word} word @param {import("../../stage/types.js").Layout} layout @param {Record<string, string>} names
 * @param {HTMLElement} every where any unit is chosen @param {(at: number) => void} go
 */
export function createTimeline(word, layout, names, every, go) {
  const title = el("h3", {});
  const said = el("p", { class: "gw-unit-said" });
  const values = layout.rows.filter((name) => name !== "x");
  let first = 0;
  const heads = Array.from({ length: SHOWN }, () => el("b", { class: "gw-last-letter" }));
  const rows = values.map((name) => ({
    name,
    cells: Array.from({ length: SHOWN }, () => el("i", { class: `gw-last-cell role-${layout.roles[name] ?? "h"}` })),
  }));
  const label = (/** @type {string} */ name, /** @type {string} */ text) =>
    el("span", { class: `gw-row-name role-${layout.roles[name] ?? "x"}` }, el("em", {}, name), ` ${text}`);
  const grid = el(
    "div",
    { class: "gw-last", "aria-hidden": "true", style: `--columns:${SHOWN}` },
    label("x", word("letter")),
    ...heads,
    ...rows.flatMap(({ name, cells }) => [label(name, names[name]), ...cells]),
  );
  grid.addEventListener("click", ({ target }) => {
    const all = [heads, ...rows.map(({ cells }) => cells)];
    for (const line of all) {
      const column = line.indexOf(/** @type {HTMLElement} */ (target));
      if (column >= 0 && first + column >= 0) return go(first + column);
    }
  });
  return {
    root: el("section", { class: "gw-card gw-unit-card" }, el("header", {}, title, every), grid, said),
    /**
     * @param {import("./network.js").Reading} reading @param {number} unit @param {number} letter
     * @param {(at: number) => string} shown @param {string} text
     */
    draw(reading, unit, letter, shown, text) {
      const { length } = reading.text;
      first = Math.max(0, Math.min(letter - SHOWN + 1, length - SHOWN));
      say(title, word("unit_over", { unit: unit + 1, n: Math.min(SHOWN, length) }));
      heads.forEach((head, k) => {
        const at = first + k;
        say(head, at < length ? visible(shown(at)) : "");
        head.toggleAttribute("data-now", at === letter);
      });
      for (const { name, cells } of rows) {
        cells.forEach((cell, k) => {
          const at = first + k;
          const value = at < length ? reading.valuesAt(name, at)[unit] : null;
          cell.style.background = value === null ? "" : fill(value);
          cell.title = value === null ? "" : `${name} ${fixed(value, 3)}`;
          cell.toggleAttribute("data-now", at === letter);
          cell.toggleAttribute("data-empty", value === null);
        });
      }
      say(said, text);
    },
  };
}
