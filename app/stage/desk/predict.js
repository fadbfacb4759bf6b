/** The tab that asks for predictions: one question at a time, its answer covered on the stage until it is given. */

import { el } from "../../components/base/element.js";
import { questionOf } from "./question.js";

/**
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {import("../types.js").Question} Question
 * @typedef {import("./task.js").TaskHost} TaskHost
 * @typedef {ReturnType<typeof import("./answers.js").createAnswers>} Answers
 */

/** Does a question cover no more than another, so that it has nothing left to hide? @param {Question[]} questions */
function within(...questions) {
  const [inner, outer] = questions.map(({ covers }) => covers.map((ref) => JSON.stringify(ref)));
  return inner.length > 0 && inner.every((ref) => outer.includes(ref));
}

/**
 * What a reader, or a class's teacher, does with a question.
 * @param {Question} question @param {import("./question.js").Answering} state @param {() => void} redraw
 * @param {{open: (question: Question, travelling: boolean) => void, show: (question: Question) => void,
 *   play: (question: Question) => void}} way
 */
const actsOf = (question, state, redraw, { open, show, play }) => ({
  /** @param {string} option */
  guess(option) {
    state.guess = option;
    redraw();
  },
  /** @param {string} option @param {number} by */
  count(option, by) {
    state.counts[option] = Math.max(0, (state.counts[option] ?? 0) + by);
    redraw();
  },
  reveal() {
    open(question, false);
    show(question);
  },
  play: () => play(question),
  show: () => show(question),
});

/** @param {TaskHost} host @param {Answers} answers @param {(tab: "predict"|"challenge") => void} turn */
export function createPredict(host, answers, turn) {
  const root = el("div", { class: "gw-task-body", role: "tabpanel" });
  let place = 0;
  /** The values that are covered for questions. @type {Ref[]} */
  let covered = [];
  /** Those of a teacher, in place of the reader's own. @type {Ref[]|null} */
  let followed = null;
  const questions = () => host.scene().guide?.questions ?? [];

  /** Lays the covers of the questions that are open, and lifts those of the others. */
  function layCovers() {
    const refs = followed ?? answers.unanswered().flatMap(({ covers }) => covers);
    const keys = new Set(refs.map((ref) => JSON.stringify(ref)));
    if (keys.size === covered.length && covered.every((ref) => keys.has(JSON.stringify(ref)))) return;
    const lifted = covered.filter((ref) => !keys.has(JSON.stringify(ref)));
    covered = [...keys].map((ref) => JSON.parse(ref));
    if (lifted.length) host.reveal(lifted);
    if (covered.length) host.cover(covered);
  }

  const stageOf = () => host.facets()[0].layout.stages.length - 1;

  /** The playhead goes to what was asked about. @param {Question} question */
  function show({ covers }) {
    const asked = covers.at(-1);
    if (asked) host.actions().seek(asked.step, stageOf());
  }

  /** An answer is covered no more. @param {Question} question @param {boolean} travelling its place is played to */
  function open({ key }, travelling) {
    Object.assign(answers.of(key), { open: true, travelling });
    layCovers();
    host.answered();
    if (!travelling) answers.note(key);
    turn("predict");
  }

  /** @param {Question} question */
  function play(question) {
    const steps = question.covers.map(({ step }) => step);
    host.actions().turn(false);
    open(question, true);
    const to = { step: Math.max(...steps), stage: stageOf() };
    host.actions().playTo(Math.min(...steps), to, () => open(question, false));
  }

  /** @param {boolean} last */
  function onward(last) {
    if (!last) place += 1;
    turn(last ? "challenge" : "predict");
  }

  return {
    root,
    layCovers,
    place: () => place,
    /** The answer of the question on show is told. */
    reveal() {
      const question = questions()[place];
      if (!question || answers.of(question.key).open || answers.isHeld(question.key)) return;
      open(question, false);
      show(question);
    },
    covered: () => covered,
    /** @param {Ref[]|null} refs */
    follow(refs) {
      followed = refs;
      layCovers();
    },
    question: () => questions()[place] ?? null,
    /** A question by its key is answered for all. @param {string} key */
    open(key) {
      const question = questions().find((one) => one.key === key);
      if (!question) return;
      for (const other of questions()) if (within(other, question)) answers.of(other.key).open = true;
      if (question.covers.length) play(question);
      else open(question, false);
    },
    next() {
      if (place + 1 < questions().length) place += 1;
    },
    /** @param {number} to */
    put: (to) => (place = to),
    /** @param {import("../../components/base/words.js").Word} word */
    draw(word) {
      const all = questions(),
        question = all[place];
      if (!question) return;
      const state = answers.shown(question.key),
        last = place + 1 >= all.length;
      const act = actsOf(question, answers.of(question.key), () => turn("predict"), { open, show, play });
      const { layout } = host.facets()[0];
      const next = last && !host.scene().guide?.goal ? null : () => onward(last);
      root.replaceChildren(
        ...questionOf(question, state, { layout, word, last, teach: Boolean(host.scene().teach) }, { ...act, next }),
      );
    },
  };
}
