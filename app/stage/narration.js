/** For those who listen: a sentence when a stage ends, and the timeline as a table. */

import { shown } from "./timeline.js";
import { el, say } from "./element.js";
import { COVERED, fixed, numbersOf, sentence } from "./format.js";
import { stageOf } from "./maths.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("./types.js").View} View
 */

/** @param {Context[]} contexts one for each series */
export function createNarration(contexts) {
  const live = el("div", { class: "gw-hidden", "aria-live": "polite", "aria-atomic": "true" });
  const tables = el("div", { class: "gw-hidden" });
  let key = "";
  /** @type {HTMLTableCellElement[][][]} */
  let cells = [];

  return {
    live, tables,
    update() {
      cells = [];
      tables.replaceChildren(...contexts.map(({ layout, word, scene, index }) => {
        const { series, steps } = scene();
        const rows = layout.rows.map(() => Array.from({ length: steps }, () => el("td")));
        cells.push(rows);
        return el("table", {}, el("caption", {}, word("table", { name: series[index].name })),
          el("thead", {}, el("tr", {}, el("td"), ...Array.from({ length: steps }, (_, step) => el("th", { scope: "col" }, word("step.one", { n: step + 1 }))))),
          el("tbody", {}, ...layout.rows.map((name, row) => el("tr", {}, el("th", { scope: "row" }, word(`value.${name}.name`)), ...rows[row]))));
      }));
      key = "";
    },
    /** @param {View} view */
    draw(view) {
      const now = [...view.reached, view.everything].join();
      if (now === key) return;
      key = now;
      for (const { layout, word, scene, index } of contexts) {
        const { values } = scene().series[index];
        const told = (/** @type {number} */ number) => (Number.isNaN(number) ? word("covered") : fixed(number, 3));
        layout.rows.forEach((name, row) => {
          const stage = stageOf(layout, name);
          cells[index][row].forEach((cell, step) =>
            say(cell, step >= values[name].length ? "" : shown(stage, step, view) ? told(values[name][step]) : word("not.yet")));
        });
      }
    },
    /** @param {View} view */
    tell({ step, stage }) {
      const told = contexts.flatMap(({ layout, word, scene, index }) => {
        const now = scene(), one = now.series[index];
        if (step >= one.values[layout.rows[0]].length || stage >= layout.stages.length) return [];
        const numbers = numbersOf(now, one, step);
        /** @type {Record<string, string>} */
        const place = { step: word("step.one", { n: step + 1 }), stage: String(stage + 1), stages: String(layout.stages.length), title: now.title };
        const text = sentence(word(`narrate.${layout.stages[stage].key}`, (name) => place[name] ?? spoken(numbers(name))));
        /** @param {string|undefined} number */
        function spoken(number) {
          return number === COVERED ? word("covered") : number;
        }
        return [contexts.length > 1 ? `${one.name}. ${text}` : text];
      });
      say(live, told.join(" "));
    },
  };
}
