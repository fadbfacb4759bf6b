/** What leads through a lesson on the stage: its script and its task. */

import { taskSolved } from "../components/class_room/stage_link.js";
import { createTask } from "./desk/task.js";
import { followQuestions } from "./questions.js";
import { createScript } from "./script/script.js";

/**
 * @typedef {import("./types.js").Actions} Actions
 * @typedef {import("./types.js").View} View
 * @typedef {{selection: ReturnType<typeof import("./selection.js").createSelection>,
 *   controls: () => import("./types.js").Controls, actions: () => Actions, redraw: () => void,
 *   undoes: () => boolean, ask: (refs: import("./types.js").Ref[]) => void,
 *   answer: (refs: import("./types.js").Ref[]) => void, answered: () => void, announce: (text: string) => void,
 *   settled: () => void}} GuideHost
 *   `answered`: other questions are open
 */

/**
 * What a presenter's remote sends, wherever the focus is: a page on or back; and R reveals.
 * @param {() => boolean} teach @param {{onward: () => void, back: () => void}} script @param {() => void} reveal
 */
function createTeachKeys(teach, { onward, back }, reveal) {
  const acts = /** @type {Record<string, () => void>} */ ({ PageDown: onward, PageUp: back, r: reveal, R: reveal });
  /** @param {KeyboardEvent} event */
  function listen(event) {
    const typing = event.composedPath().some((one) => one instanceof HTMLInputElement);
    if (!teach() || typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  }
  document.addEventListener("keydown", listen);
  return { destroy: () => document.removeEventListener("keydown", listen) };
}

/** @param {GuideHost} host */
export function createGuide({
  selection,
  controls,
  undoes,
  actions,
  redraw,
  ask,
  answer,
  answered,
  announce,
  settled,
}) {
  const shared = { scene: selection.scene, facets: selection.forward, controls, redraw, announce };
  const task = createTask({
    ...shared,
    undoes,
    answered,
    solved: (name) => taskSolved(selection.scene().guide?.lesson ?? "", name),
    cover: ask,
    reveal: answer,
    change: selection.change,
    actions,
    next: (word) => script.next(word),
  });
  const script = createScript({
    ...shared,
    settled,
    ask: task.ask,
    todo: task.todo,
    commit: (change) => actions().commit(change),
    turn: (backward) => actions().turn(backward),
    place: (...place) => actions().place(...place),
  });
  const keys = createTeachKeys(() => Boolean(selection.scene().teach), script, task.reveal);
  /** Another scene has come, or other answers. */
  function renew() {
    script.clamp();
    task.renew();
  }
  const unfollow = followQuestions((asked) => {
    selection.ask(asked);
    renew();
    redraw();
  });
  return {
    renew,
    task: task.root,
    script: script.root,
    /** What a class asks of it. */
    room: { ...task.room, onward: script.onward },
    address: script.address,
    /** What is outlined: what has just solved the challenge, or what the step speaks of. @param {View} view */
    light: (view) => (task.lit().length ? task.lit() : script.light(view)),
    asking: task.asking,
    /** @param {boolean} placed the address asks for a place of the playhead */
    begin(placed) {
      task.begin();
      script.begin(placed);
      redraw();
    },
    /** @param {View} view */
    draw(view) {
      script.draw(view);
      task.draw();
    },
    destroy() {
      unfollow();
      keys.destroy();
      task.destroy();
    },
  };
}
