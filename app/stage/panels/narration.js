/** For those who listen: a sentence when a stage ends, and the timeline as a table. */

import { el, say } from "../../components/base/element.js";
import { COVERED, fixed, sentence } from "../../components/base/format.js";
import { countOf, stripOf } from "../state/strips.js";
import { tellUnit } from "../vector/narration.js";
import { shown, stageOf } from "../state/visibility.js";
import { numbersOf } from "../state/words.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 */

/** @param {Context[]} contexts one for each series */
export function createNarration(contexts) {
  const live = el("div", { class: "gw-hidden", "aria-live": "polite", "aria-atomic": "true" });
  const tables = el("div", { class: "gw-hidden" });
  let key = "";
  /** @type {HTMLTableCellElement[][][]} */
  let cells = [];

  return {
    live,
    tables,
    update() {
      cells = [];
      tables.replaceChildren(
        ...contexts.map(({ layout, word, facet, index }) => {
          const { series, steps } = facet();
          const rows = layout.rows.map(() => Array.from({ length: steps }, () => el("td")));
          cells.push(rows);
          return el(
            "table",
            {},
            el("caption", {}, word("table", { name: series[index].name })),
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                el("td"),
                ...Array.from({ length: steps }, (_, step) =>
                  el("th", { scope: "col" }, word("step.one", { n: step + 1 })),
                ),
              ),
            ),
            el(
              "tbody",
              {},
              ...layout.rows.map((name, row) =>
                el("tr", {}, el("th", { scope: "row" }, word(`value.${name}.name`)), ...rows[row]),
              ),
            ),
          );
        }),
      );
      key = "";
    },
    /** @param {View} view */
    draw(view) {
      const now = [...view.reached, view.everything, view.backward].join();
      if (now === key) return;
      key = now;
      for (const { layout, word, facet, index } of contexts) {
        const { notation, series } = facet(),
          { values, units } = series[index];
        /** An input's every number, another value's one. @param {string} name @param {number} step */
        const all = (name, step) =>
          name === "x" && units ? [...stripOf(units.strips.x).at(step)] : [values[name][step]];
        const told = (/** @type {number} */ number) =>
          Number.isNaN(number) ? word("covered") : notation.print(number);
        layout.rows.forEach((name, row) => {
          const stage = stageOf(layout, name);
          cells[index][row].forEach((cell, step) =>
            say(
              cell,
              step >= values[name].length
                ? ""
                : shown(stage, step, view)
                  ? all(name, step).map(told).join(", ")
                  : word("not.yet"),
            ),
          );
        });
      }
    },
    /** Another unit is looked at: what the value that is made now is for it. @param {View} view */
    turn({ step, stage, unit }) {
      const { layout, word, facet, index } = contexts[0],
        one = facet().series[index],
        { value } = layout.stages[stage];
      const number = one.values[value]?.[step];
      if (number === undefined) return;
      say(
        live,
        `${sentence(word("unit.of", { n: unit + 1, total: countOf(one) }))}, ${word(`value.${value}.name`)} ${fixed(number, 3)}`,
      );
    },
    /** @param {View} view */
    tell({ step, stage, unit, backward }) {
      const told = contexts.flatMap(({ layout, word, facet, index }) => {
        const now = facet(),
          one = now.series[index];
        if (step >= one.values[layout.rows[0]].length || stage >= layout.stages.length) return [];
        if (!one.arithmetic[layout.stages[stage].value]) return []; // of a unit that Python has still to tell of
        const numbers = numbersOf(now, one, step);
        /** @type {Record<string, string>} */
        const place = {
          step: word("step.one", { n: step + 1 }),
          stage: String(stage + 1),
          stages: String(layout.stages.length),
          title: now.title,
        };
        const { key, value } = layout.stages[stage];
        const open = (/** @type {string|undefined} */ number) => (number === COVERED ? word("covered") : number);
        if (backward) {
          const said = {
            ...place,
            name: word(`value.${value}.name`),
            gradient: open(now.notation.print(one.values[value][step])) ?? "",
            stage: String(layout.stages.length - stage),
          };
          return [`${contexts.length > 1 ? `${one.name}. ` : ""}${sentence(word("narrate.back", said))}`];
        }
        const lookup = (/** @type {string} */ name) => place[name] ?? open(numbers(name)),
          units = countOf(one);
        const plain = one.units ? tellUnit(layout, word, now, one, stage, step, lookup) : null;
        const whose = units > 1 ? `${word("unit.of", { n: unit + 1, total: units })}, ` : "";
        const text = sentence(whose + (plain ?? word(`narrate.${key}`, lookup)));
        return [contexts.length > 1 ? `${one.name}. ${text}` : text];
      });
      say(live, told.join(" "));
    },
  };
}
