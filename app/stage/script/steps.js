/**
 * The steps of a story: where each has the playhead, and whether the reader is there. Pure.
 *
 * @typedef {import("../types.js").Step} Step
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {{weights?: Record<string, number>, days?: Record<string, number[]>, show?: string[]}} Change
 */

/** The share of a stage at which a step holds the playhead. */
const WHEN = { start: 0, travel: 0.45, end: 1 };

/** @param {Step} step @returns {{step: number, stage: number, progress: number}|null} null: where it is */
export function placeOf({ at }) {
  if (!at) return null;
  return { step: at.day - 1, stage: at.stage - 1, progress: WHEN[at.when ?? "end"] };
}

/** @param {Step} step @param {Controls} controls @returns {Change|null} what of the controls the step sets */
export function changeOf({ set = {} }, controls) {
  /** @type {Change} */
  const change = {};
  if (set.show && set.show.join() !== controls.show.join()) change.show = set.show;
  if (set.weights && Object.entries(set.weights).some(([name, value]) => controls.weights[name] !== value))
    change.weights = set.weights;
  if (set.days && Object.entries(set.days).some(([key, days]) => controls.days[key]?.join() !== days.join()))
    change.days = set.days;
  return Object.keys(change).length ? change : null;
}

/** Does going to a step change weights or days that are the reader's? @param {Step} step @param {Controls} controls */
export function resets(step, controls) {
  const { weights, days } = changeOf(step, controls) ?? {};
  return Boolean(weights ?? days);
}

/** The step an address asks for: its number. @param {Step[]} steps @param {string} search */
export function stepIndex(steps, search) {
  const id = new URLSearchParams(search).get("step");
  return Math.max(
    0,
    steps.findIndex((step) => step.id === id),
  );
}

/**
 * Is the reader where the step is?
 * @param {Step} step @param {import("../types.js").View} view @param {Controls} controls
 */
export function isThere(step, view, controls) {
  const place = placeOf(step);
  const here = !place || (place.step === view.step && place.stage === view.stage && !view.playing);
  return here && (step.way === "back") === view.backward && !changeOf(step, controls);
}
