/** The card of a story's step: its count, its text, the list of all steps, and the way back and on. */

import { button, el, icon, put, say } from "../base/element.js";
import { filled } from "../base/format.js";
import { rich } from "../base/rich.js";

/**
 * @typedef {import("./data.js").Step} Step
 * @typedef {import("../base/words.js").Word} Word
 * @typedef {{steps: Step[], index: number, furthest: number, title: string, there: boolean, resets: boolean,
 *   after: "predict"|"challenge"|"lesson", lesson: string, numbers: (key: string) => string}} Shown
 *   `title`: the lesson's; `after` the last step; `there`: the reader is where the step is; `resets`: the
 *   next step takes back what they moved
 */

const LEFT = ["M14.5 5.5 8 12l6.5 6.5"],
  RIGHT = ["M9.5 5.5 16 12l-6.5 6.5"],
  TICK = "\u2713";

/** What the button says that goes on. @param {Shown} shown @param {Word} word */
function onward({ steps, index, there, resets, after, lesson }, word) {
  if (!there) return word("script.short");
  if (index + 1 >= steps.length) return word(`script.${after}`, { lesson });
  return resets ? word("script.reset") : word("script.next", { step: steps[index].verb });
}

/** @param {Shown} shown @param {(to: number) => void} go */
function listOf({ steps, index, furthest }, go) {
  return steps.map((step, k) => {
    const state = k === index ? "active" : k <= furthest ? "done" : "later";
    const mark = el("i", { "aria-hidden": "true" }, state === "done" ? TICK : "");
    const props = { "data-state": state, "aria-current": k === index ? "step" : null, tabindex: k === index ? 0 : -1 };
    return el(
      "li",
      {},
      button("", () => go(k), props, mark, el("span", {}, step.title)),
    );
  });
}

/** The list is one stop of the Tab key: arrows go from one step to the next. @param {KeyboardEvent} event */
function walk(event) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const buttons = [...list.querySelectorAll("button")];
  const next = by && buttons[buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target)) + by];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

/** A step's text with its numbers. @param {Step} step @param {(key: string) => string} numbers */
function textOf({ title, text, practice }, numbers) {
  const written = (/** @type {string} */ template) => rich(filled(template, numbers));
  const paragraphs = text.split("\n\n").map((one) => el("p", { "data-title": title }, ...written(one)));
  return practice ? [...paragraphs, el("p", { class: "gw-try" }, ...written(practice))] : paragraphs;
}

/**
 * @param {(to: number) => void} go @param {{back: () => void, again: () => void, next: () => void}} act
 * @param {...Node} beside what stands beside the count
 */
export function createStepCard(go, act, ...beside) {
  const count = el("b"),
    bar = el("i", { class: "gw-step-bar" }, el("i")),
    kicker = el("span", { class: "gw-kicker" });
  const title = el("h2", { class: "gw-step-title" }),
    text = el("div", { class: "gw-step-text" });
  const list = el("ol", { class: "gw-step-list", onkeydown: walk });
  const unnamed = { "aria-label": null }; // what they say is written on them
  const more = button("", () => unfold(!text.dataset.full), { class: "gw-step-more", ...unnamed });
  const back = button("", act.back, { class: "gw-step-back", named: true }, icon(LEFT, "gw-icon gw-outline"));
  const again = button("", act.again, { class: "gw-secondary gw-step-again", ...unnamed });
  const next = button("", act.next, { class: "gw-primary gw-step-next", ...unnamed });
  const root = el(
    "div",
    { class: "gw-card gw-step-card" },
    el("div", { class: "gw-step-count" }, count, kicker, bar, ...beside),
    title,
    text,
    more,
    list,
    el("div", { class: "gw-step-foot" }, back, again, next),
  );
  let step = "";
  let word = /** @type {Word|null} */ (null);

  /** On a phone the text is cut until it is asked for. @param {boolean} full */
  function unfold(full) {
    put(text, { "data-full": full });
    if (word) say(more, word(full ? "script.less" : "script.more"));
  }

  return {
    root,
    spoken: () => `${title.textContent}. ${text.textContent}`,
    /** @param {Shown} shown @param {Word} words */
    draw(shown, words) {
      const { steps, index, there } = shown;
      word = words;
      unfold(Boolean(text.dataset.full) && step === steps[index].id);
      step = steps[index].id;
      say(count, word("script.count", { n: index + 1, total: steps.length }));
      say(kicker, shown.title);
      bar.style.setProperty("--share", String((index + 1) / steps.length));
      say(title, steps[index].title);
      text.replaceChildren(...textOf(steps[index], shown.numbers));
      list.replaceChildren(...listOf(shown, go));
      again.hidden = there;
      say(again, word("script.again", { n: index + 1 }));
      next.replaceChildren(el("span", {}, onward(shown, word)), icon(RIGHT, "gw-icon gw-outline"));
      put(next, { "aria-label": onward(shown, word) }); // on a phone it is an arrow alone
      put(back, { "aria-label": word("script.back"), disabled: index === 0 });
    },
  };
}
