/** One prediction: asked, guessed, revealed. What would give its answer away is covered until then. */

import { button, el } from "../../components/base/element.js";
import { valueName } from "../panels/maths.js";
import { rich } from "../../components/base/rich.js";

/**
 * @typedef {import("../types.js").Question} Question
 * @typedef {import("../../components/base/words.js").Word} Word
 * @typedef {{guess: string|null, open: boolean, travelling: boolean, counts: Record<string, number>,
 *   held?: boolean}} Answering
 *   `open`: its answer is not covered any more; `travelling`: but not reached by the playhead yet;
 *   `counts`: a class's raised hands; `held`: a class is asked, and its teacher reveals
 * @typedef {{guess: (option: string) => void, count: (option: string, by: number) => void, reveal: () => void,
 *   play: () => void, show: () => void, next: (() => void)|null}} Answers
 */

const TICK = "\u2713";

/**
 * An option with the raised hands for it.
 * @param {string} key @param {string} name @param {{right: boolean, hands: number}} state @param {Word} word
 * @param {Answers} act
 */
function handsOf(key, name, { right, hands }, word, act) {
  const by = (/** @type {string} */ sign, /** @type {number} */ more, /** @type {string} */ label) =>
    button(word(label, { name }), () => act.count(key, more), { class: "gw-key", named: true }, sign);
  return el(
    "div",
    { class: "gw-option gw-hands", "data-right": right },
    el("span", {}, name, right ? ` ${TICK}` : null),
    by("\u2212", -1, "task.fewer"),
    el("b", {}, `${hands}`),
    by("+", 1, "task.more"),
  );
}

/**
 * What stands in the place of the answer until it is told.
 * @param {Question} question @param {Answering} state @param {{layout: import("../types.js").Layout, word: Word,
 *   teach: boolean}} context @param {Answers} act
 */
function waitingOf({ covers }, { guess, held, travelling }, { layout, word, teach }, act) {
  if (held) return el("p", { class: "gw-task-covered" }, word("task.held"));
  if (travelling) return button("", act.reveal, { class: "gw-secondary" }, word("task.arrive"));
  if (guess === null && !teach) {
    const hidden = [...new Map(covers.map((ref) => [ref.name, ref])).values()].flatMap(({ name, step }, k) => [
      k ? ", " : " ",
      valueName(layout, name, step),
    ]);
    const told = hidden.length ? [word("task.covered"), ...hidden, ". "] : [];
    const skip = button("", act.reveal, { class: "gw-textlink" }, word("task.skip"));
    return el("p", { class: "gw-task-covered" }, ...told, skip);
  }
  const play = button("", act.play, { class: "gw-primary" }, word("task.play"));
  const tell = button(
    "",
    act.reveal,
    { class: covers.length ? "gw-secondary" : "gw-primary" },
    word(covers.length ? "task.tell" : "task.reveal"),
  );
  return el("div", { class: "gw-task-actions" }, ...(covers.length ? [play, tell] : [tell]));
}

/**
 * @param {Question} question @param {Answering} state
 * @param {{layout: import("../types.js").Layout, word: Word, last: boolean, teach: boolean}} context
 * @param {Answers} act
 */
export function questionOf(question, state, context, act) {
  const { text, options, answer, reveal, covers } = question;
  const { word, last, teach } = context;
  const { guess } = state;
  const open = state.open && !state.travelling;
  const choices = options.map(([key, name]) => {
    if (teach) return handsOf(key, name, { right: open && key === answer, hands: state.counts[key] ?? 0 }, word, act);
    const right = open && key === answer,
      own = key === guess;
    return button(
      "",
      () => act.guess(key),
      { class: "gw-option", "aria-pressed": String(own), "data-right": right, disabled: state.open || state.held },
      name,
      right ? ` ${TICK}` : null,
      open && own && !right ? el("small", {}, word("task.own")) : null,
    );
  });
  const verdict = guess === null ? "" : ` ${word(guess === answer ? "task.right" : "task.wrong")}`;
  const shown = el("div", { class: "gw-task-reason" }, ...rich(reveal + verdict), " ");
  if (covers.length) shown.append(button("", act.show, { class: "gw-textlink" }, word("task.show")));
  const next = act.next && button("", act.next, { class: "gw-textlink" }, word(last ? "task.on" : "task.next"));
  return [
    el("p", { class: "gw-task-text" }, ...rich(text)),
    el("div", { class: "gw-options", role: "group", "data-count": options.length }, ...choices),
    open ? shown : waitingOf(question, state, context, act),
    open ? next : null,
  ].filter((node) => node !== null);
}
