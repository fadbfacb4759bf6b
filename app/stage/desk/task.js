/** The task card: what a reader predicts, and the challenge. */

import { button, el, put } from "../../components/base/element.js";
import { memo } from "../state/memo.js";
import { wordsOf } from "../../components/base/words.js";
import { createAnswers } from "./answers.js";
import { createChallenge } from "./challenge.js";
import { createPredict } from "./predict.js";

/**
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Guide} Guide
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {{facets: () => Facet[], scene: () => import("../types.js").Scene,
 *   controls: () => import("../types.js").Controls, cover: (refs: Ref[]) => void, reveal: (refs: Ref[]) => void,
 *   redraw: () => void, announce: (text: string) => void, undoes: () => boolean, answered: () => void,
 *   solved: (task: string) => void,
 *   actions: () => import("../types.js").Actions,
 *   change: (series: string, value: string, begin: Record<string, number>) => {step: number, from: number, to: number},
 *   next: (word: import("../../components/base/words.js").Word) => {text: string, go: () => void}|null}} TaskHost
 *   `answered`: other questions are open; `next`: where the lesson goes on
 * @typedef {"predict"|"challenge"} Tab
 */

const TICK = "\u2713";

/** @param {() => Tab} now @param {(tab: Tab) => void} turn */
function createTabs(now, turn) {
  const tabOf = (/** @type {Tab} */ name) => button("", () => turn(name), { role: "tab", "aria-label": null });
  const tabs = { predict: tabOf("predict"), challenge: tabOf("challenge") };
  const root = el("div", { class: "gw-tabs", role: "tablist" }, tabs.predict, tabs.challenge);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    turn(now() === "predict" ? "challenge" : "predict");
    tabs[now()].focus();
  });
  return {
    root,
    /**
     * @param {Guide} guide @param {number} open questions @param {boolean} solved
     * @param {import("../../components/base/words.js").Word} word
     */
    draw({ questions, goal }, open, solved, word) {
      const count = open ? `${questions.length - open + 1} / ${questions.length}` : TICK;
      tabs.predict.replaceChildren(word("task.predict"), " ", el("small", {}, count));
      tabs.challenge.replaceChildren(word("task.challenge"), ...(solved ? [" ", el("small", {}, TICK)] : []));
      tabs.predict.hidden = !questions.length;
      tabs.challenge.hidden = !goal;
      for (const [name, one] of Object.entries(tabs))
        put(one, { "aria-selected": String(name === now()), tabindex: name === now() ? 0 : -1 });
    },
  };
}

/**
 * What a class asks of the task.
 * @param {ReturnType<typeof createAnswers>} answers @param {ReturnType<typeof createPredict>} predict
 * @param {() => void} redraw
 */
function createClassTask(answers, predict, redraw) {
  let follows = false;
  return {
    covered: predict.covered,
    question: predict.question,
    open: predict.open,
    /** What is on show is a teacher's: what it solves is not the reader's. */
    follows: () => follows,
    /** @param {Ref[]|null} covers as a teacher has them; null ends it */
    follow(covers) {
      follows = covers !== null;
      predict.follow(covers);
    },
    /** @param {string|null} question that a class is asked */
    hold(question) {
      answers.hold(question);
      predict.layCovers();
      redraw();
    },
    next() {
      predict.next();
      redraw();
    },
  };
}

/** @param {TaskHost} host */
export function createTask(host) {
  const guide = () => host.scene().guide;
  const answers = createAnswers(guide);
  const predict = createPredict(host, answers, turn),
    challenge = createChallenge(host);
  const tabs = createTabs(() => tab, turn);
  const room = createClassTask(answers, predict, () => turn("predict"));
  const root = el("section", { class: "gw-card gw-task" }, tabs.root, predict.root, challenge.root);
  /** @type {Tab} */
  let tab = "predict";

  /** @param {Tab} to */
  function turn(to) {
    tab = to;
    drawing.forget();
    host.redraw();
  }

  const drawing = memo(
    (/** @type {Guide} */ now, /** @type {number} */ value) => [
      now,
      value,
      tab,
      predict.place(),
      JSON.stringify(host.controls()),
      host.facets()[0].words.lang,
    ],
    (now, value) => {
      const word = wordsOf(host.facets()[0].words);
      predict.draw(word);
      const solved = now.goal ? challenge.draw(now.goal, value, !answers.unanswered().length, word) : false;
      if (solved && !room.follows()) {
        answers.note("goal");
        host.solved("goal");
      }
      tabs.draw(now, answers.unanswered().length, solved || answers.isDone("goal"), word);
      predict.root.hidden = tab !== "predict";
      challenge.root.hidden = tab !== "challenge";
      put(root, { "aria-label": word("task.label") });
    },
  );

  return {
    root,
    /** Another scene has come. */
    renew() {
      predict.layCovers();
      host.answered();
    },
    asking: () => answers.unanswered().length > 0,
    room,
    reveal: predict.reveal,
    /** What is left to do. @returns {Tab|null} */
    todo() {
      if (answers.unanswered().length) return "predict";
      return guide()?.goal && !answers.isDone("goal") ? "challenge" : null;
    },
    /** Opens on what is still to be done. */
    begin() {
      const first = answers.first();
      predict.put(Math.max(0, first));
      tab = first < 0 && guide()?.goal ? "challenge" : "predict";
      predict.layCovers();
    },
    /** A question by its key is opened; without one what is left to do. @param {string} [key] */
    ask(key) {
      const asked = guide()?.questions.findIndex((one) => one.key === key) ?? -1;
      const at = key ? asked : answers.first();
      if (!key && at < 0) turn("challenge");
      if (at < 0) return;
      predict.put(at);
      turn("predict");
    },
    draw() {
      const now = guide();
      root.hidden = !now || (!now.questions.length && !now.goal);
      if (now) drawing.draw(now, host.scene().measured);
    },
    /** What has just solved the challenge. */
    lit: challenge.lit,
    destroy: challenge.destroy,
  };
}
