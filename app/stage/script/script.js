/** The script: a lesson's question, and its story in steps, each of which sets the stage. */

import { el, put, say } from "../../components/base/element.js";
import { rich } from "../../components/base/rich.js";
import { memo } from "../state/memo.js";
import { wordsOf } from "../../components/base/words.js";
import { numbersAt } from "./numbers.js";
import { createStepCard } from "../../components/story/step_card.js";
import { changeOf, stepIndex, isThere, placeOf, resets } from "./steps.js";

/**
 * @typedef {import("../types.js").Guide} Guide
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {{facets: () => import("../types.js").Facet[], scene: () => import("../types.js").Scene,
 *   controls: () => Controls, commit: (change: import("../types.js").Change) => void,
 *   turn: (backward: boolean) => void, place: (step: number, stage: number, progress: number) => void,
 *   ask: (question?: string) => void, todo: () => "predict"|"challenge"|null, redraw: () => void,
 *   announce: (text: string) => void, settled: () => void}} ScriptHost
 */

/**
 * What comes after the last step.
 * @param {"predict"|"challenge"|null} todo @param {Guide["next"]} next @returns {"predict"|"challenge"|"lesson"}
 */
const afterOf = (todo, next) => todo ?? (next ? "lesson" : "challenge");

/**
 * What the card shows of a step. The numbers are of the step's own day, or of the playhead's.
 * @param {ScriptHost} host @param {Guide} guide @param {number} index of the step @param {View} view
 */
function shownOf({ facets, controls, todo }, { steps, title, next }, index, view) {
  const now = facets();
  const day = Math.min((steps[index].at?.day ?? view.step + 1) - 1, now[0].steps - 1);
  return {
    steps,
    index,
    title,
    there: isThere(steps[index], view, controls()),
    resets: index + 1 < steps.length && resets(steps[index + 1], controls()),
    after: afterOf(todo(), next),
    lesson: next?.title ?? "",
    numbers: numbersAt(now, day),
  };
}

/**
 * The next step's button, or the next lesson's; null where there is neither.
 * @param {Guide|null|undefined} guide @param {number} index @param {import("../../components/base/words.js").Word} word
 */
function afterTask(guide, index, word) {
  if (!guide) return null;
  if (index + 1 < guide.steps.length) return word("script.next", { step: guide.steps[index].verb });
  return guide.next ? word("script.lesson", { lesson: guide.next.title }) : null;
}

/** @param {ScriptHost} host */
export function createScript(host) {
  const question = el("h1", { class: "gw-question" }),
    lede = el("p", { class: "gw-lede" });
  const card = createStepCard(go, { back: () => go(index - 1), again: () => go(index), next: onward });
  const root = el("section", { class: "gw-script", role: "region" }, question, lede, card.root);
  let index = 0,
    furthest = 0;

  const guide = () => host.scene().guide;
  const steps = () => guide()?.steps ?? [];
  root.hidden = !steps().length; // from the first measure on
  if (root.hidden) question.remove(); // a page has one heading of the first order

  function onward() {
    const next = guide()?.next;
    if (index + 1 < steps().length) go(index + 1);
    else if (host.todo() || !next) host.ask();
    else location.assign(next.address);
  }

  /** Sets the stage for a step. @param {number} to */
  function go(to) {
    const step = steps()[to];
    if (!step) return;
    index = to;
    furthest = Math.max(furthest, to);
    const change = changeOf(step, host.controls());
    if (change) host.commit(change);
    host.turn(step.way === "back");
    const place = placeOf(step);
    if (place) host.place(place.step, place.stage, place.progress);
    if (step.ask) host.ask(step.ask);
    drawing.forget();
    host.redraw();
    host.settled();
    host.announce(card.spoken());
  }

  const drawing = memo(
    (/** @type {Guide} */ now, /** @type {View} */ view) => [
      now,
      index,
      furthest,
      host.facets()[0],
      view.step,
      isThere(now.steps[index], view, host.controls()),
      index + 1 < now.steps.length && resets(now.steps[index + 1], host.controls()),
      host.todo(),
    ],
    (now, view) => {
      const word = wordsOf(host.facets()[0].words);
      say(question, now.title);
      lede.replaceChildren(...rich(now.lede));
      card.draw({ ...shownOf(host, now, index, view), furthest }, word);
      put(root, { "aria-label": word("script.label", { n: index + 1, total: now.steps.length }) });
    },
  );

  return {
    root,
    /** Where the lesson goes on once its task is done. @param {import("../../components/base/words.js").Word} word */
    next(word) {
      const text = afterTask(guide(), index, word);
      return text === null ? null : { text, go: onward };
    },
    onward,
    back: () => go(index - 1),
    /** Of the address: the step, where it is not the first; undefined where the steps are none of the stage's. */
    address: () => (steps().length ? (index > 0 ? (steps()[index]?.id ?? null) : null) : undefined),
    /** Goes to the step that an address asks for. @param {boolean} placed it asks for a place of its own, too */
    begin(placed) {
      index = stepIndex(steps(), location.search);
      furthest = index;
      if (index > 0 && !placed) go(index);
    },
    /** Other steps may have come: of another language, or fewer. */
    clamp() {
      index = Math.min(index, Math.max(0, steps().length - 1));
    },
    /** What the step speaks of, while the reader is there. @param {View} view @returns {readonly string[]} */
    light(view) {
      const step = steps()[index];
      return step && isThere(step, view, host.controls()) ? (step.light ?? []) : [];
    },
    /** @param {View} view */
    draw(view) {
      const now = guide();
      root.hidden = !now?.steps.length;
      if (now?.steps.length) drawing.draw(now, view);
    },
  };
}
