/** One prediction: asked, guessed, revealed. What would give its answer away is covered until then. */

import { button, el } from "../../components/base/element.js";
import { valueName } from "../panels/maths.js";
import { rich } from "../../components/base/rich.js";

/**
 * @typedef {import("../types.js").Question} Question
 * @typedef {import("../../components/base/words.js").Word} Word
 * @typedef {{guess: string|null, open: boolean}} Answering  `open`: its answer is revealed
 * @typedef {{guess: (option: string) => void, reveal: () => void, show: () => void, next: (() => void)|null}} Answers
 */

const TICK = "\u2713";

/**
 * @param {Question} question @param {Answering} state
 * @param {{layout: import("../types.js").Layout, word: Word, last: boolean}} context @param {Answers} act
 */
export function questionOf({ text, options, answer, reveal, covers }, { guess, open }, { layout, word, last }, act) {
  const choices = options.map(([key, name]) => {
    const right = open && key === answer,
      own = key === guess;
    return button(
      "",
      () => act.guess(key),
      { class: "gw-option", "aria-pressed": String(own), "data-right": right, disabled: open },
      name,
      right ? ` ${TICK}` : null,
      open && own && !right ? el("small", {}, word("task.own")) : null,
    );
  });
  const hidden = [...new Map(covers.map((ref) => [ref.name, ref])).values()].flatMap(({ name, step }, k) => [
    k ? ", " : " ",
    valueName(layout, name, step),
  ]);
  const skip = button("", act.reveal, { class: "gw-textlink" }, word("task.skip"));
  const waiting =
    guess === null
      ? el("p", { class: "gw-task-covered" }, ...(hidden.length ? [word("task.covered"), ...hidden, ". "] : []), skip)
      : button("", act.reveal, { class: "gw-primary" }, word("task.reveal"));
  const verdict = guess === null ? "" : `${word(guess === answer ? "task.right" : "task.wrong")} `;
  const shown = el("div", { class: "gw-task-reason" }, ...rich(verdict + reveal), " ");
  if (covers.length) shown.append(button("", act.show, { class: "gw-textlink" }, word("task.show")));
  const next = act.next && button("", act.next, { class: "gw-textlink" }, word(last ? "task.on" : "task.next"));
  return [
    el("p", { class: "gw-task-text" }, ...rich(text)),
    el("div", { class: "gw-options", role: "group", "data-count": options.length }, ...choices),
    open ? shown : waiting,
    open ? next : null,
  ].filter((node) => node !== null);
}
