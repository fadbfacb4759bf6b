/** The sequence the cell reads: which one is shown, and its values, shown or under edit. */

import { button, el, put, say } from "../../components/base/element.js";
import { fixed, sentence, typed } from "../../components/base/format.js";
import { memo } from "../state/memo.js";
import { readNumber, readNumbers } from "../../components/base/parse.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {import("../types.js").View} View
 */

/** A day's value as short as it is known. @param {number} value */
export const brief = (value) =>
  Number.isInteger(value * 100) || value === Number(value.toFixed(2)) ? typed(value) : fixed(value, 3);

/**
 * Each series alone, and the first two together.
 * @param {Context} context @param {string[]} keys @param {string[]} show
 */
function choicesOf({ word, actions }, keys, show) {
  const options = keys.length > 1 ? [...keys.map((one) => [one]), keys.slice(0, 2)] : [];
  return options.map((option) =>
    button(
      option.length > 1 ? `${option.join("+")}, ${word("series.both")}` : option[0],
      () => actions.commit({ show: option }),
      { class: "gw-link", "aria-pressed": String(option.join() === show.join()), named: option.length > 1 },
      option.join("+"),
    ),
  );
}

/** @param {Context} context */
export function createSequence(context) {
  const { word } = context;
  const title = el("h3");
  const choices = el("div", { class: "gw-switch", role: "group", "aria-label": word("series") });
  const lists = el("div", { class: "gw-day-lists" });
  const root = el(
    "section",
    { class: "gw-card gw-company" },
    el("header", { class: "gw-card-head" }, title, choices),
    lists,
  );
  let editing = false;
  /** @type {HTMLElement[][]} */
  let boxes = [];
  const marking = memo(
    (/** @type {View} */ { step }) => [step],
    ({ step: now }) => {
      for (const line of boxes) line.forEach((box, step) => put(box, { "data-now": step === now }));
    },
  );

  function build() {
    const { controls, series } = context.facet();
    const { days, show } = context.controls();
    const keys = Object.keys(days);
    root.hidden = !keys.length;
    choices.replaceChildren(
      ...choicesOf(context, keys, show),
      button(
        "",
        () => {
          editing = !editing;
          build();
          /** @type {HTMLElement} */ (choices.lastElementChild).focus();
        },
        { class: "gw-link", "aria-expanded": String(editing) },
        word(editing ? "done" : "edit"),
      ),
    );
    const names = { ...context.facet().sequences, ...Object.fromEntries(series.map((one) => [one.key, one.name])) };
    say(title, show.length > 1 ? sentence(word("series.both")) : (names[show[0]] ?? show[0]));
    const lines = show
      .filter((one) => one in controls.days)
      .map((one) => {
        const list = editing
          ? editor(context, one, days[one], names[one] ?? one, build)
          : plainList(context, days[one]);
        return {
          root: el(
            "div",
            { class: "gw-day-line" },
            show.length > 1 ? el("h4", {}, names[one] ?? one) : null,
            list.root,
          ),
          boxes: list.boxes,
        };
      });
    lists.replaceChildren(...lines.map(({ root: line }) => line));
    boxes = lines.map((line) => line.boxes);
    marking.forget();
  }

  return {
    root,
    /** The days have changed; a box that is being edited keeps its text. */
    update() {
      const active = /** @type {ShadowRoot|Document} */ (root.getRootNode()).activeElement;
      if (!(active instanceof HTMLInputElement && lists.contains(active) && active.dataset.dirty)) {
        const place =
          active instanceof HTMLElement && lists.contains(active) ? active.getAttribute("aria-label") : null;
        build();
        if (place)
          /** @type {HTMLElement|null} */ (lists.querySelector(`[aria-label="${CSS.escape(place)}"]`))?.focus();
      }
    },
    draw: marking.draw,
  };
}

/** @param {Context} context @param {number[]} days */
function plainList({ actions, word, layout }, days) {
  const boxes = days.map((value, step) =>
    button(
      "",
      () => actions.seek(step, layout.stages.length - 1),
      { class: "gw-day-box", title: word("step.one", { n: step + 1 }) },
      brief(value),
    ),
  );
  return { root: el("div", { class: "gw-day-boxes" }, ...boxes), boxes };
}

/**
 * One day's value. A list that is pasted into it is taken as the whole sequence.
 * @param {number} value @param {string} label @param {[number, number]} span
 * @param {{take: (text: string) => void, commit: (number: number) => void,
 *   refuse: (mistake: import("../../components/base/parse.js").Mistake) => void}} actions
 */
function dayBox(value, label, span, { take, commit, refuse }) {
  const box = el("input", {
    type: "text",
    inputmode: "decimal",
    class: "gw-day-box",
    value: brief(value),
    autocomplete: "off",
    "aria-label": label,
  });
  box.addEventListener("focus", () => box.select());
  box.addEventListener("input", () => {
    box.dataset.dirty = "true";
  });
  box.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!/[\s;]|,.*,/.test(text.trim())) return;
    event.preventDefault();
    take(text);
  });
  box.addEventListener("change", () => {
    delete box.dataset.dirty;
    const answer = readNumber(box.value, span);
    put(box, { "aria-invalid": "mistake" in answer ? "true" : null });
    if ("number" in answer) return commit(answer.number);
    refuse(answer.mistake);
    box.value = brief(value);
  });
  return box;
}

/**
 * @param {Context} context @param {string} series @param {number[]} days @param {string} name
 * @param {() => void} rebuild
 */
function editor(context, series, days, name, rebuild) {
  const { word, actions } = context;
  const {
    days: [few, many],
    value: span,
  } = context.facet().limits;
  const message = el("p", { class: "gw-message", role: "alert" });
  /** @param {import("../../components/base/parse.js").Mistake} mistake */
  const refuse = ({ key, values }) => say(message, word(key, values));
  /** @param {number[]} next */
  const commit = (next) => {
    say(message, "");
    actions.commit({ days: { [series]: next } });
    rebuild();
  };
  const boxes = days.map((value, step) => {
    const label = word("day.value", { name, step: word("step.one", { n: step + 1 }) });
    return dayBox(value, label, span, { take, commit: (number) => commit(days.with(step, number)), refuse });
  });
  /** @param {string} text */
  function take(text) {
    const answer = readNumbers(text, [few, many], span);
    if ("numbers" in answer) return commit(answer.numbers);
    refuse(answer.mistake);
  }
  const less = button(
    word("day.remove"),
    () => commit(days.slice(0, -1)),
    { class: "gw-day-tool", named: true, disabled: days.length <= few },
    "−",
  );
  const more = button(
    word("day.add"),
    () => commit([...days, 0]),
    { class: "gw-day-tool", named: true, disabled: days.length >= many },
    "+",
  );
  const paste = el("input", {
    type: "text",
    class: "gw-paste",
    placeholder: word("paste.example"),
    "aria-label": `${word("paste")}: ${name}`,
    autocomplete: "off",
  });
  paste.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take(paste.value);
  });
  paste.addEventListener("input", () => {
    paste.dataset.dirty = "true";
  });
  const use = button(
    "",
    () => {
      delete paste.dataset.dirty;
      take(paste.value);
    },
    { class: "gw-link" },
    word("paste.use"),
  );
  const first = context.facet().defaults.days[series];
  const reset =
    days.join() === first.join() ? null : button("", () => commit([...first]), { class: "gw-link" }, word("reset"));
  const root = el(
    "div",
    {},
    el("div", { class: "gw-day-boxes" }, ...boxes, less, more),
    el("div", { class: "gw-paste-row" }, paste, use, reset),
    message,
  );
  return { root, boxes: /** @type {HTMLElement[]} */ (boxes) };
}
