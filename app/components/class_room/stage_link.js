/** Between a class and the stage on the page: the stage offers what it shows, and does what it is asked to. */

/**
 * @typedef {{weights: Record<string, number>, days: Record<string, number[]>, show: string[]}} Controls
 * @typedef {{scene: string, controls: Controls, at: [number, number, number], playing: boolean, speed: number,
 *   byDay: boolean, unit: number, backward: boolean, covers: string[], settings?: Record<string, string>,
 *   guessed?: Record<string, boolean>}} Live
 *   what a stage shows: its `scene` by a hash, the playhead's step, stage and progress, and what is covered; of a page
 *   without a stage, its sliders and predictions
 * @typedef {{text: string, options: [string, string][], right: number, reveal: string}} Asked  a lesson's question
 * @typedef {"teacher"|"follows"|"apart"|null} Part  in a class
 * @typedef {{lesson: () => string, scene: () => string, live: () => Live,
 *   where: (step: number, stage: number) => string, follow: (live: Live|null) => void, part: (part: Part) => void,
 *   hold: (question: string|null) => void, pause: () => void, question: () => string|null,
 *   asked: (question: string) => Asked|null, open: (question: string) => void, next: () => void, onward: () => void,
 *   goal: () => string}} Shown
 *   `where`: a place in words; `follow`: null ends it, and what is shown is the reader's; `hold`: a question that the
 *   class is asked stays covered; `open`: its answer is played; `next`: the next question is on show; `onward`: the
 *   next step of the story
 */

/** @type {Shown|null} */
let shown = null;

/** @typedef {{moved: () => void, solved: (lesson: string, task: string) => void}} Heard */
/** @type {Set<Heard>} */
const listeners = new Set();

/** The stage on the page, if it has one of a lesson. */
export const stageOnPage = () => shown;

/** A stage has come; what is returned says that it has gone. @param {Shown} stage */
export function offerStage(stage) {
  shown = stage;
  stageMoved();
  return () => {
    if (shown === stage) shown = null;
  };
}

/** The stage shows something else. */
export const stageMoved = () => listeners.forEach(({ moved }) => moved());

/** The reader has solved a task, here and now. @param {string} lesson @param {string} task */
export const taskSolved = (lesson, task) => listeners.forEach(({ solved }) => solved(lesson, task));

/** @param {Heard} heard */
export function followStage(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}
