/** The weights: for each layer a slider and a number box per parameter. */

import { button, el, icon, put } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { highlightOn } from "../input/highlight.js";
import { letter, valueName } from "./maths.js";
import { createNumberBox } from "../../components/base/number_input.js";
import { aloneOf, groupsOf, labelOf } from "../state/weights.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").View} View
 * @typedef {import("../state/weights.js").Parameter} Parameter
 * @typedef {import("../state/weights.js").Group} Group
 * @typedef {{root: HTMLElement, update: (weights: Record<string, number>) => void, draw: (view: View) => void}} Row
 */

const RESET = ["M5.4 12a6.6 6.6 0 1 0 2-4.7M6.8 3.6v4.2H11"];

/** @param {Context} context @param {Facet} facet */
export function createSliders(context, facet) {
  const { word, actions } = context;
  const reset = button(
    word("reset"),
    () => actions.commit({ weights: { ...context.facet().defaults.weights } }),
    { class: "gw-link gw-reset", title: word("reset"), named: true },
    icon(RESET, "gw-icon gw-outline"),
  );
  const presets = Object.keys(facet.presets).map((key) => ({
    key,
    choice: button(
      "",
      () => actions.commit({ weights: { ...context.facet().presets[key] } }),
      { class: "gw-link" },
      word(`preset.${key}`),
    ),
  }));
  const layers = groupsOf(context.layout, facet);
  const groups = layers.map((group) =>
    createGroup(
      context,
      group,
      group.parameters.map((parameter) => createRow(context, facet, parameter, word(`group.${group.value}`))),
      (weights) => group.parameters.map(({ name }) => fixed(weights[name], 2)),
    ),
  );
  /** Heads of the folded lines, where all have the same three numbers. */
  const alike = layers.every(({ parameters }) => parameters.length === 3);
  const columns = alike && layers.length > 1 ? columnsOf(context, layers[0].parameters) : null;
  const root = el(
    "section",
    { class: "gw-card gw-weights", "aria-label": word("weights") },
    el(
      "header",
      { class: "gw-card-head" },
      el("h3", {}, word("weights")),
      presets.length > 1
        ? el(
            "div",
            { class: "gw-presets", role: "group", "aria-label": word("preset") },
            ...presets.map(({ choice }) => choice),
          )
        : null,
      reset,
    ),
    columns,
    el("div", { class: "gw-groups" }, ...groups.map(({ root: group }) => group)),
  );
  return {
    root,
    /** @param {Record<string, number>} weights */
    update(weights) {
      for (const group of groups) group.update(weights);
      const { presets: known } = context.facet();
      for (const { key, choice } of presets)
        put(choice, {
          "aria-pressed": String(Object.entries(known[key]).every(([name, value]) => weights[name] === value)),
        });
    },
    /** @param {View} view @param {boolean} folds */
    draw(view, folds) {
      if (columns) columns.hidden = !folds;
      for (const group of groups) group.draw(view, folds);
    },
  };
}

/** @param {Context} context @param {Parameter[]} parameters */
const columnsOf = ({ layout, word }, parameters) =>
  el(
    "div",
    { class: "gw-columns", "aria-hidden": "true" },
    ...parameters.map(({ reads }) => el("span", {}, reads ? valueName(layout, reads, null) : word("bias"))),
  );

/**
 * One layer's weights: open they are sliders, folded a line of numbers. The layer of the active stage opens by itself,
 * but not while the run is played; what a reader has opened or folded stays so until another stage is looked at.
 * @param {Context} context @param {Group} group @param {Row[]} rows
 * @param {(weights: Record<string, number>) => string[]} summarise the numbers while it is folded
 */
export function createGroup(context, { stage, value, role }, rows, summarise) {
  const { word, actions } = context;
  const id = `gw-group-${value}`;
  const summary = el("span", { class: "gw-summary" });
  let byHand = /** @type {boolean|null} */ (null),
    looked = -1,
    open = true;
  const name = () => [letter(value, role), el("b", {}, word(`group.${value}`))];
  const toggle = () => {
    byHand = !open;
    actions.redraw();
  };
  const title = button("", toggle, { class: "gw-group-title", "aria-controls": id }, ...name(), summary);
  const content = el("div", { class: "gw-rows", id }, ...rows.map(({ root }) => root));
  const heading = el("h4", { class: "gw-group-head" }, title);
  const plain = el("h4", { class: "gw-group-head" }, ...name());
  const root = el(
    "div",
    { class: `gw-group role-${role}`, role: "group", "aria-label": word(`group.${value}`) },
    plain,
    heading,
    content,
  );
  return {
    root,
    /** @param {Record<string, number>} weights */
    update(weights) {
      for (const row of rows) row.update(weights);
      const numbers = summarise(weights);
      put(summary, { "data-count": numbers.length });
      if (summary.textContent !== numbers.join(""))
        summary.replaceChildren(...numbers.map((text) => el("span", {}, text)));
    },
    /** @param {View} view @param {boolean} folds */
    draw(view, folds) {
      if (looked !== view.stage && !view.playing) {
        looked = view.stage;
        byHand = null;
      }
      open = !folds || (byHand ?? (looked === stage && !view.backward));
      put(root, { "data-active": view.stage === stage, "data-open": open, "data-hover": view.hover === value });
      put(title, { "aria-expanded": String(open) });
      heading.hidden = !folds;
      plain.hidden = folds;
      content.hidden = !open;
      for (const row of rows) row.draw(view);
    },
  };
}

/** @param {Context} context @param {Facet} facet @param {Parameter} parameter @param {string} group @returns {Row} */
export function createRow(context, facet, { name, reads, label: called, shown }, group) {
  const { word, actions, layout } = context;
  const {
    slider: [low, high],
    typed: span,
    step,
  } = facet.limits;
  const label = called ?? labelOf(word, { name, reads }, group);
  const range = el("input", { type: "range", min: low, max: high, step, "aria-label": label });
  const commit = (/** @type {number} */ number) => actions.commit({ weights: { [name]: number } });
  const typing = createNumberBox({
    label: word("typed", { name: label }),
    word,
    span,
    take(number) {
      take(number);
      commit(number);
    },
  });
  const root = el(
    "div",
    { class: "gw-weight" },
    el("span", { class: "gw-weight-name" }, shown ?? (reads ? valueName(layout, reads, null) : aloneOf(word, name))),
    range,
    typing.box,
    typing.message,
  );
  highlightOn(root, () => name, actions.hover);
  let value = 0,
    held = false;

  /** @param {number} at */
  function paint(at) {
    const place = (/** @type {number} */ v) => (Math.min(high, Math.max(low, v)) - low) / (high - low);
    const [from, to] = [place(0), place(at)].sort((a, b) => a - b);
    range.style.setProperty("--mark", String(place(context.facet().defaults.weights[name] ?? 0))); // where it began
    range.style.setProperty("--from", String(from));
    range.style.setProperty("--to", String(to));
  }
  /** @param {number} now */
  function take(now) {
    value = now;
    range.value = String(now);
    put(range, { "aria-valuetext": fixed(now, 2) });
    typing.show(now);
    paint(now);
  }
  for (const end of ["pointerup", "pointercancel"]) range.addEventListener(end, () => actions.preview({}));
  range.addEventListener("input", () => {
    held = true;
    typing.complain("");
    typing.show(Number(range.value));
    paint(Number(range.value));
    actions.preview({ weights: { [name]: Number(range.value) } });
  });
  range.addEventListener("change", () => {
    held = false;
    take(Number(range.value));
    commit(value);
  });
  return {
    root,
    /** @param {Record<string, number>} weights */
    update(weights) {
      if (!held && !typing.busy()) take(weights[name]);
    },
    /** @param {View} view */
    draw(view) {
      put(root, { "data-hover": view.hover === name });
    },
  };
}
