/** A question on the teacher's screen: how many have answered, and once it is revealed, what. */

import { button, el } from "../base/element.js";
import { createPart, letterOf, sign } from "./pieces.js";

/**
 * @typedef {import("./client.js").Poll} Poll
 * @typedef {import("../base/words.js").Word} Word
 * @typedef {{poll: Poll|null, next: {text: string, options: [string, string][]}|null, answered: number,
 *   present: number, told: string}} Asked  `next`: what the lesson asks next
 * @typedef {{ask: () => void, reveal: () => void, again: () => void, goOn: () => void}} Acts
 */

const LEAST = 3; // present, below which nothing is counted

/**
 * @param {string} name @param {string} text @param {() => void} act @param {Record<string, any>} [more]
 * @param {Node} [mark]
 */
const deed = (name, text, act, more = {}, mark) =>
  button("", act, { class: "gw-secondary", "data-act": name, ...more }, mark, text);

/** One option, with its bar from a common zero. @param {Poll} poll @param {number} k @param {Word} word */
function rowOf({ choices, open, bars, right, before }, k, word) {
  const most = Math.max(1, ...(bars ?? []), ...(before ?? []));
  const share = (/** @type {number} */ count) => `${(100 * count) / most}%`;
  const told = right !== null && right === k;
  const few = bars === null && !open;
  const bar = el("span", { class: "gw-bar", "data-open": bars === null, "aria-hidden": "true" });
  if (bars) bar.append(el("i", { style: `width: ${share(bars[k])}`, "data-right": told }));
  if (bars && before) bar.append(el("i", { class: "gw-bar-before", style: `left: ${share(before[k])}` }));
  const count = bars ? [el("b", {}, `${bars[k]}`)] : [el("b", { "aria-hidden": "true" }, "?")];
  if (bars && before) count.push(el("small", {}, `${word("first")} ${before[k]}`));
  return el(
    "li",
    { "data-right": told },
    letterOf(k, told),
    el(
      "span",
      { class: "gw-choice-name" },
      choices[k],
      told ? el("span", { class: "gw-hidden" }, ` (${word("right")})`) : null,
    ),
    ...(few ? [] : [bar, el("span", { class: "gw-count" }, ...count)]),
  );
}

/** @param {Asked} asked @param {Word} word @param {Acts} acts */
function openFoot({ answered, present }, word, acts) {
  const share = present ? Math.min(1, answered / present) : 0;
  return el(
    "div",
    { class: "gw-poll-foot" },
    el(
      "div",
      { class: "gw-answered" },
      word("answered", { count: answered, total: present }),
      el("span", { class: "gw-track", "aria-hidden": "true" }, el("i", { style: `width: ${100 * share}%` })),
    ),
    deed("skip", word("skip"), acts.goOn),
    deed("reveal", word("reveal"), acts.reveal, { class: "gw-primary" }, sign("eye")),
  );
}

/** @param {Asked & {poll: Poll}} asked @param {Word} word @param {Acts} acts */
function toldFoot({ poll, told }, word, acts) {
  const count = poll.bars?.reduce((sum, bar) => sum + bar, 0) ?? 0;
  const tally = poll.bars
    ? word("tally", { count, right: poll.right === null ? 0 : poll.bars[poll.right] })
    : word("few");
  return el(
    "div",
    { class: "gw-poll-foot" },
    el("div", { class: "gw-answered" }, tally, told ? el("p", {}, told) : null),
    deed("again", word("again"), acts.again),
    deed("on", word("on"), acts.goOn, { class: "gw-primary" }),
  );
}

/** @param {() => Word} words @param {Acts} acts */
export function createPoll(words, acts) {
  const root = el("section", { class: "gw-card gw-poll" });
  const part = createPart(root, (/** @type {Asked} */ asked) => {
    const word = words();
    const { poll, next } = asked;
    if (poll) {
      const list = el("ol", {}, ...poll.choices.map((_, k) => rowOf(poll, k, word)));
      const foot = poll.open ? openFoot(asked, word, acts) : toldFoot({ ...asked, poll }, word, acts);
      return [el("h2", {}, poll.question), list, foot];
    }
    if (!next) return [el("p", { class: "gw-poll-none" }, word("none"))];
    const list = next.options.map(([, name], k) =>
      el("li", {}, letterOf(k), el("span", { class: "gw-choice-name" }, name)),
    );
    return [
      el("small", {}, word("next_question")),
      el("h2", {}, next.text),
      el("ol", {}, ...list),
      el(
        "div",
        { class: "gw-poll-foot" },
        el("span", { class: "gw-answered" }),
        deed("on", word("skip"), acts.goOn),
        deed("ask", word("ask"), acts.ask, { class: "gw-primary" }),
      ),
    ];
  });
  return part;
}

/** @param {number} present */
export const tooFew = (present) => present < LEAST;
