/** The run as a table: a row for each value, a column for each day. */

import { fill } from "../colour.js";
import { handOver } from "../state/easing.js";
import { button, el, put, say } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { highlightOn } from "../input/highlight.js";
import { letter } from "./maths.js";
import { createBand, tens } from "../vector/bands.js";
import { countOf, stripAt } from "../state/strips.js";
import { refOf } from "../state/value_ref.js";
import { memo } from "../state/memo.js";
import { shown, stageOf } from "../state/visibility.js";
import { highlightedValue } from "../state/weights.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 * @typedef {"bars"|"boxes"|"fills"|"bands"} Manner
 */

/** Those who listen have a table of their own (narration.js). */
const UNHEARD = { "aria-hidden": "true" };
/** A longer run is shown as bands, whole, instead of scrolling. */
const LONG = 40;
/** The narrowest column for a bar with a number, for a number, and at all. */
const BARS = 110,
  BOXES = 52,
  LEAST = 18;

/** @param {number} column its width @returns {Manner} */
export const mannerOf = (column) => (column >= BARS ? "bars" : column >= BOXES ? "boxes" : "fills");

/** The end of a row's track: 1, or the run's largest magnitude beyond it. @param {number[]} values */
export const reach = (values) => Math.max(1, ...values.filter((value) => !Number.isNaN(value)).map(Math.abs));

/** @param {Context[]} contexts one for each grid */
export function createTimeline(contexts) {
  const { word, actions, facet } = contexts[0];
  const all = button("", () => actions.everything(), { class: "gw-link gw-all" }, word("show.all"));
  const unit = el("span", { class: "gw-unit-name" });
  const inner = el("div", { class: "gw-timeline-inner" });
  const scroller = el("div", { class: "gw-scroller" }, inner);
  const root = el("div", { class: "gw-timeline" }, scroller);
  /** @type {ReturnType<typeof createGrid>[]} */
  let grids = [];
  let shape = "";
  let steps = 0;
  let scrolls = false;
  const drawing = memo(
    (/** @type {View} */ view) => [
      view.step,
      view.stage,
      ...view.reached,
      view.everything,
      view.hover,
      view.unit,
      view.backward,
    ],
    (view) => {
      if (countOf(facet().series[0]) > 1) say(unit, word("unit.one", { n: view.unit + 1 }));
      put(all, { "aria-pressed": String(view.everything) });
      for (const grid of grids) grid.draw(view);
      if (scrolls) follow(scroller, view.step / steps);
    },
  );

  /** @param {number} width */
  function update(width) {
    steps = facet().steps;
    const narrow = width < 620;
    const label = narrow ? 46 : 116,
      column = (width - label) / steps;
    const manner = steps > LONG ? "bands" : mannerOf(column);
    put(root, { "data-manner": manner, "data-narrow": narrow });
    root.style.setProperty("--days", String(steps));
    root.style.setProperty("--label", `${label}px`);
    const least = manner === "bands" ? 0 : label + steps * LEAST;
    inner.style.minWidth = `${least}px`;
    scrolls = least > width; // known without asking the browser to lay the page out
    put(root, { "data-scrolls": scrolls });
    drawing.forget();
    const before = shape;
    shape = [manner, steps].join();
    if (manner === "bands" && shape === before) return; // they are painted anew, and nothing else changes
    grids = contexts.map((context, k) => createGrid(context, manner, contexts.length > 1, k ? [] : [unit, all]));
    inner.replaceChildren(...grids.map(({ root: grid }) => grid));
  }

  return {
    root,
    update,
    /** @param {View} view */
    draw(view) {
      const frame = view.step + (view.handover === null ? 0 : handOver(view.handover));
      for (const grid of grids) grid.move(frame);
      drawing.draw(view);
    },
  };
}

/** Keeps the current day in sight. @param {HTMLElement} scroller @param {number} share */
function follow(scroller, share) {
  const at = share * scroller.scrollWidth;
  if (at < scroller.scrollLeft + 80 || at > scroller.scrollLeft + scroller.clientWidth - 60)
    scroller.scrollLeft = at - scroller.clientWidth / 2;
}

/**
 * The heads of the columns; of a long run some.
 * @param {number} steps @param {Manner} manner @param {(step: number) => string} textOf
 * @param {(step: number) => void} go
 */
function daysOf(steps, manner, textOf, go) {
  const every = manner === "bands" ? tens(steps) : 1;
  const shownDays = Array.from({ length: steps }, (_, step) => step).filter((step) => (step + 1) % every === 0);
  return shownDays.map((step) => ({
    step,
    root: el(
      "div",
      { class: "gw-day", ...UNHEARD, style: `grid-column:${step + 2}`, onclick: () => go(step) },
      textOf(step),
    ),
  }));
}

/** @param {string} role @param {boolean} strip @param {Node[]} called @param {Node[]} cells */
function rowOf(role, strip, called, cells) {
  const props = { class: `gw-row gw-value-row role-${role}`, ...UNHEARD, "data-strip": strip };
  return el("div", props, el("div", { class: "gw-label" }, ...called), ...cells);
}

/**
 * What is above a column: what is read there, where that is a word or a symbol, else which timestep it is.
 * @param {import("../types.js").Facet} facet @param {Manner} manner @param {number} step
 * @param {import("../../components/base/words.js").Word} word
 */
function headOf({ reads }, manner, step, word) {
  if (manner === "bands") return String(step + 1);
  return reads?.[step] ?? (manner === "fills" ? String(step + 1) : word("step.head", { n: step + 1 }));
}

/**
 * @param {Context} context @param {Manner} manner @param {boolean} named
 * @param {Node[]} corner what is above the labels
 */
function createGrid({ layout, word, actions, facet: now, index, version }, manner, named, corner) {
  const facet = now(),
    series = facet.series[index];
  let here = "";
  /**
   * Goes to a cell's day and stage; where one is there already, or the value is covered, its card opens.
   * @param {string} name @param {number} step @param {number} stage @param {HTMLElement} cell
   */
  function visit(name, step, stage, cell) {
    const there = here === [step, stage].join();
    actions.seek(step, stage);
    if (there || Number.isNaN(now().series[index].values[name][step]))
      actions.card(refOf(series.key, { name }, step), cell);
  }
  const columns = Array.from({ length: facet.steps }, (_, step) => step);
  const days = daysOf(
    facet.steps,
    manner,
    (step) => headOf(facet, manner, step, word),
    (step) => actions.seek(step, layout.stages.length - 1),
  );
  const upright = manner === "fills" && facet.reads?.some((read) => read.length > 2); // words, in narrow columns
  const frame = el("div", { class: "gw-frame" });
  const rows = layout.rows.map((name) => {
    const role = layout.roles[name],
      values = series.values[name],
      stage = stageOf(layout, name);
    const end = reach(values.map(facet.notation.tone));
    const beyond = manner === "bars" && end > 1 ? el("small", {}, ` ±${fixed(end, 2)}`) : null; // where its bars end
    const band =
      manner === "bands" ? createBand(name, values.length, (step) => actions.seek(step, Math.max(0, stage))) : null;
    const cells = band
      ? []
      : columns.map((step) =>
          createCell(
            facet.notation,
            manner,
            values[step],
            end,
            (cell) => visit(name, step, Math.max(0, stage), cell),
            name === "x" ? stripAt(series, { name }, step) : null,
          ),
        );
    const kept = name === "x" || name in series.before;
    const called = [letter(name, role), el("span", { class: "gw-label-name" }, word(`row.${name}`), beyond)];
    const row = rowOf(role, kept, called, band ? [band.root] : cells.map(({ root: cell }) => cell));
    highlightOn(row, () => name, actions.hover);
    return { name, stage, row, cells, band };
  });
  const title = named ? el("b", { class: "gw-series-name", ...UNHEARD }, series.name) : null;
  const root = el(
    "div",
    { class: "gw-grid" },
    el(
      "div",
      { class: "gw-row gw-days", "data-upright": upright },
      el("div", { class: "gw-label" }, title, ...corner),
      ...days.map(({ root: day }) => day),
    ),
    ...rows.map(({ row }) => row),
    el("div", { class: "gw-frames", ...UNHEARD }, frame),
  );
  return {
    root,
    /** @param {number} at in days */
    move(at) {
      // Its own width is a day's; and what is transformed shifts no layout.
      frame.style.transform = `translateX(${100 * at}%)`;
    },
    /** @param {View} view */
    draw(view) {
      here = [view.step, view.stage].join();
      const lit = highlightedValue(now(), view.hover);
      for (const { step, root: day } of days) put(day, { "data-now": step === view.step });
      for (const { name, stage, row, cells, band } of rows) {
        put(row, { "data-active": stage === view.stage, "data-hover": lit === name });
        band?.draw(now().series[index], version(), columns.findLast((step) => shown(stage, step, view)) ?? -1);
        cells.forEach((cell, step) => {
          const active = step === view.step && stage === view.stage;
          cell.draw(shown(stage, step, view), active, stage < 0 && step > view.step);
        });
      }
    },
  };
}

/**
 * @param {import("../types.js").Notation} notation @param {Manner} manner @param {number|undefined} value
 * @param {number} end of the track @param {(cell: HTMLElement) => void} go
 * @param {ArrayLike<number>|null} all an input's
 */
function createCell({ print, tone }, manner, value, end, go, all) {
  const number = el("span", { class: "gw-number" });
  if (value === undefined) return { root: el("div", { class: "gw-cell" }), draw() {} }; // this series has ended
  const bar = el("span", { class: "gw-fill" });
  bar.style.background = fill(tone(value));
  const share = tone(value) / end,
    covered = Number.isNaN(value);
  if (all)
    bar.replaceChildren(...Array.from(all, (one) => Object.assign(el("i"), { style: `background:${fill(one)}` })));
  if (all)
    return {
      root: el(
        "div",
        {
          class: "gw-cell gw-cell-all",
          onclick: (/** @type {Event} */ event) => go(/** @type {HTMLElement} */ (event.currentTarget)),
        },
        bar,
      ),
      draw() {},
    };
  if (manner === "bars" && !covered) {
    if (Math.abs(share) < 0.012) bar.classList.add("gw-zero");
    else Object.assign(bar.style, { left: `${50 + Math.min(0, 50 * share)}%`, width: `${50 * Math.abs(share)}%` });
  }
  const root = el(
    "div",
    { class: "gw-cell", onclick: () => go(root), "data-covered": covered },
    manner === "bars" ? el("span", { class: "gw-track" }, bar) : bar,
    number,
  );
  if (manner !== "bars") bar.append(number);
  return {
    root,
    /** @param {boolean} known @param {boolean} now @param {boolean} ahead an input the playhead has not come to */
    draw(known, now, ahead) {
      put(root, { "data-state": !known ? "later" : now ? "active" : "done", "data-ahead": ahead });
      say(number, known ? (manner === "fills" && !covered ? "" : print(value)) : manner === "bars" ? "···" : "");
    },
  };
}
