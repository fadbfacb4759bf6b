/** What a reader has answered and solved: in this visit, and in the browser's storage. */

import { noted } from "../../components/progress/reader.js";
import { CHANGED, noteDone } from "../../components/progress/storage.js";

/**
 * @typedef {import("../types.js").Question} Question
 * @typedef {import("../types.js").Guide} Guide
 */

/** A reader's storage may be closed to us: then nothing is kept. @param {() => void} act */
function attempt(act) {
  try {
    act();
  } catch {
    // a browser that keeps nothing
  }
}

/** @param {() => Guide|null|undefined} guide */
export function createAnswers(guide) {
  /** @type {Record<string, import("./question.js").Answering>} */
  const answers = {};
  /** What a class is asked: open to nobody before the teacher reveals it. @type {string|null} */
  let held = null;
  /** @param {string} task */
  const idOf = (task) => `${guide()?.lesson}.${task}`;
  /** @param {string} task */
  function isDone(task) {
    return noted().includes(idOf(task));
  }
  /** @param {string} key */
  const of = (key) => (answers[key] ??= { guess: null, open: isDone(key), travelling: false, counts: {} });
  const questions = () => guide()?.questions ?? [];
  /** @param {string} key */
  const isOpen = (key) => key !== held && of(key).open;
  return {
    /** How far a reader is with a question, as the card shows it. @param {string} key */
    shown: (key) => (key === held ? { ...of(key), open: false, travelling: false, held: true } : of(key)),
    isHeld: (/** @type {string} */ key) => key === held,
    /** @param {string|null} key */
    hold: (key) => void (held = key),
    of,
    isDone,
    /** @param {string} task */
    note: (task) =>
      attempt(() => {
        noteDone(localStorage, idOf(task));
        dispatchEvent(new Event(CHANGED));
      }),
    /** The number of the first question without an answer; −1 for none. */
    first: () => questions().findIndex(({ key }) => !isOpen(key)),
    unanswered: () => questions().filter(({ key }) => !isOpen(key)),
  };
}
