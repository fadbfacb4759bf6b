/** For those who listen: a sentence when a stage ends, and the timeline as a table. */

import { shown } from "./timeline.js";
import { el, say } from "./element.js";
import { fixed, numbersOf, sentence } from "./format.js";
import { stageOf } from "./maths.js";

/**
 * @typedef {import("./shell.js").Context} Context
 * @typedef {import("./types.js").View} View
 */

/** @param {Context} context */
export function createNarration({ layout, word, scene }) {
  const live = el("div", { class: "gw-hidden", "aria-live": "polite", "aria-atomic": "true" });
  const tables = el("div", { class: "gw-hidden" });
  let key = "";
  /** @type {HTMLTableCellElement[][][]} */
  let cells = [];

  /** @param {number} step */
  const day = (step) => word("step.one", { n: step + 1 });

  return {
    live, tables,
    update() {
      cells = [];
      const { series, steps } = scene();
      tables.replaceChildren(...series.map((one) => {
        const rows = layout.rows.map(() => Array.from({ length: steps }, () => el("td")));
        cells.push(rows);
        return el("table", {}, el("caption", {}, word("table", { name: one.name })),
          el("thead", {}, el("tr", {}, el("td"), ...Array.from({ length: steps }, (_, step) => el("th", { scope: "col" }, day(step))))),
          el("tbody", {}, ...layout.rows.map((name, row) => el("tr", {}, el("th", { scope: "row" }, word(`value.${name}.name`)), ...rows[row]))));
      }));
      key = "";
    },
    /** @param {View} view */
    draw(view) {
      const now = [...view.reached, view.everything].join();
      if (now === key) return;
      key = now;
      const { series } = scene();
      layout.rows.forEach((name, row) => {
        const stage = stageOf(layout, name);
        series.forEach(({ values }, k) => cells[k][row].forEach((cell, step) =>
          say(cell, step >= values[name].length ? "" : shown(stage, step, view) ? fixed(values[name][step], 3) : word("not.yet"))));
      });
    },
    /** @param {{step: number, stage: number}} at */
    tell({ step, stage }) {
      const now = scene();
      const text = now.series.filter(({ values }) => step < values[layout.rows[0]].length).map((one) => {
        const numbers = numbersOf(now, one, step);
        /** @type {Record<string, string>} */
        const place = { step: day(step), stage: String(stage + 1), stages: String(layout.stages.length), title: now.title };
        const told = sentence(word(`narrate.${layout.stages[stage].key}`, (name) => place[name] ?? numbers(name)));
        return now.series.length > 1 ? `${one.name}. ${told}` : told;
      });
      say(live, text.join(" "));
    },
  };
}
