/** For those who listen: a sentence when a stage ends, and the timeline as a table. */

import { el, say } from "../../components/base/element.js";
import { COVERED, fixed, sentence } from "../../components/base/format.js";
import { memo } from "../state/memo.js";
import { countOf, stripOf } from "../state/strips.js";
import { tellUnit } from "../vector/narration.js";
import { readAt } from "../diagram/targets.js";
import { shown, stageOf } from "../state/visibility.js";
import { numbersOf } from "../state/words.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 */

const FILL_MS = 100;
const LAST = 24; // timesteps that a compact stage has in its table: the page shows the others

/** The timesteps of the table. @param {import("../types.js").Facet} facet @param {View} view */
function stepsOf({ steps, compact }, { step }) {
  const from = compact ? Math.max(0, step + 1 - LAST) : 0,
    to = compact ? Math.min(steps, from + LAST) : steps;
  return Array.from({ length: to - from }, (_, k) => from + k);
}

/** A series' values as a table. @param {Context} context @param {number[]} steps */
function tableOf({ layout, word, facet, index }, steps) {
  const { series } = facet();
  const rows = layout.rows.map(() => steps.map(() => el("td")));
  const heads = steps.map((step) => el("th", { scope: "col" }, word("step.one", { n: step + 1 })));
  const lines = layout.rows.map((name, row) =>
    el("tr", {}, el("th", { scope: "row" }, word(`value.${name}.name`)), ...rows[row]),
  );
  const caption = el("caption", {}, word("table", { name: series[index].name }));
  const head = el("thead", {}, el("tr", {}, el("td"), ...heads));
  return { rows, table: el("table", {}, caption, head, el("tbody", {}, ...lines)) };
}

/**
 * What is on show of the table.
 * @param {Context} context @param {number[]} steps @param {HTMLElement[][]} rows @param {View} view
 */
function fillTable({ layout, word, facet, index }, steps, rows, view) {
  const now = facet(),
    { notation, series } = now;
  const { values, units } = series[index];
  /** An input's every number, another value's one. @param {string} name @param {number} step */
  const all = (name, step) => (name === "x" && units ? [...stripOf(units.strips.x).at(step)] : [values[name][step]]);
  const printed = (/** @type {number} */ number) => (Number.isNaN(number) ? word("covered") : notation.print(number));
  /** @param {string} name @param {number} step */
  const told = (name, step) => readAt(now, name, step) ?? all(name, step).map(printed).join(", ");
  layout.rows.forEach((name, row) => {
    const stage = stageOf(layout, name);
    rows[row].forEach((cell, column) => {
      const step = steps[column];
      const text = shown(stage, step, view) ? () => told(name, step) : () => word("not.yet");
      say(cell, step >= values[name].length ? "" : text());
    });
  });
}

/**
 * The sentence of a stage that has ended; null where there is nothing to say.
 * @param {Context} context @param {View} view
 */
function toldOf({ layout, word, facet, index }, { step, stage, unit, backward }) {
  const now = facet();
  const one = now.series[index];
  if (step >= one.values[layout.rows[0]].length || stage >= layout.stages.length) return null;
  const numbers = numbersOf(now, one, step);
  const { key, value } = layout.stages[stage];
  /** @type {Record<string, string>} */
  const place = {
    step: word("step.one", { n: step + 1 }),
    stage: String(backward ? layout.stages.length - stage : stage + 1),
    stages: String(layout.stages.length),
    title: now.title,
  };
  const open = (/** @type {string|undefined} */ number) => (number === COVERED ? word("covered") : number);
  if (backward) {
    const gradient = open(now.notation.print(one.values[value][step])) ?? "";
    return sentence(word("narrate.back", { ...place, name: word(`value.${value}.name`), gradient }));
  }
  const lookup = (/** @type {string} */ name) => place[name] ?? open(numbers(name));
  const units = countOf(one, value);
  const plain = one.units ? tellUnit(layout, word, now, one, stage, step, lookup) : null;
  const whose = units > 1 ? `${word("unit.of", { n: unit + 1, total: units })}, ` : "";
  return sentence(whose + (plain ?? word(`narrate.${key}`, lookup)));
}

/** @param {Context[]} contexts one for each series @param {(text: string) => void} tell */
export function createNarration(contexts, tell) {
  const tables = el("div", { class: "gw-hidden" });
  let version = 0;
  const filling = memo(
    (/** @type {View} */ { reached, everything, backward }) => [...reached, everything, backward, version],
    (view) => {
      const made = contexts.map((context) => {
        const steps = stepsOf(context.facet(), view),
          { rows, table } = tableOf(context, steps);
        fillTable(context, steps, rows, view);
        return { table };
      });
      tables.replaceChildren(...made.map(({ table }) => table));
    },
  );
  let timer = 0,
    latest = /** @type {View|null} */ (null);
  /** Nobody listens sixty times a second. */
  function fill() {
    timer = 0;
    if (latest) filling.draw(latest);
  }

  return {
    tables,
    update: () => (version += 1),
    /** @param {View} view */
    draw(view) {
      latest = view;
      timer ||= setTimeout(fill, FILL_MS);
    },
    destroy: () => clearTimeout(timer),
    /** Another unit is looked at: what the value that is made now is for it. @param {View} view */
    turn({ step, stage, unit }) {
      const { layout, word, facet, index } = contexts[0],
        one = facet().series[index],
        { value } = layout.stages[stage];
      const number = one.values[value]?.[step];
      if (number === undefined) return;
      const whose = sentence(word("unit.of", { n: unit + 1, total: countOf(one) }));
      tell(`${whose}, ${word(`value.${value}.name`)} ${fixed(number, 3)}`);
    },
    /** @param {View} view */
    announce(view) {
      const several = contexts.length > 1;
      const sentences = contexts.flatMap((context) => {
        const text = toldOf(context, view);
        return text === null ? [] : [several ? `${context.facet().series[context.index].name}. ${text}` : text];
      });
      tell(sentences.join(" "));
    },
  };
}
