/**
 * What of a run is revealed at this moment, and so what each part of the picture is: later, done or active. Pure.
 *
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").LayoutValue} LayoutValue
 * @typedef {"later"|"done"|"active"} State
 */

/** The share of a stage after which its result is shown. */
export const REVEAL = 0.61;

/**
 * The state of a wire or node: lit when this stage draws it or reads it, done when an earlier stage drew it.
 * @param {Layout} layout @param {View} view @returns {(part: {id: string, stage: number}) => State}
 */
export function partState(layout, view) {
  const { own, relit } = layout.stages[view.stage];
  const lit = new Set([...own, ...relit]);
  const done = (/** @type {number} */ stage) => (view.backward ? stage - 1 > view.stage : stage - 1 < view.stage);
  return ({ id, stage }) => (lit.has(id) ? "active" : done(stage) ? "done" : "later");
}

/** Is the result of this stage (from 1; 0: given at the start) on show? @param {number} stage @param {View} view */
export function known(stage, view) {
  if (view.backward) return knownBack(stage, view);
  const [step, last] = view.reached;
  return (
    stage === 0 ||
    view.everything ||
    stage - 1 < view.stage ||
    (stage - 1 === view.stage && view.progress >= REVEAL) ||
    view.step < step ||
    (view.step === step && stage - 1 <= last)
  );
}

/**
 * Backward a day's stages come last to first, and what it was given at its start comes at the end.
 * @param {number} stage @param {View} view
 */
function knownBack(stage, view) {
  const revealed = view.progress >= REVEAL;
  return view.everything || stage - 1 > view.stage || (revealed && (stage - 1 === view.stage || view.stage === 0));
}

/** @param {{stage: number}} value @param {View} view @returns {State} */
export function valueState({ stage }, view) {
  if (!known(stage, view)) return "later";
  return stage - 1 === view.stage ? "active" : "done";
}

/** A value's own key: yesterday's and today's share a name. @param {{name: string, before?: boolean}} value */
export const keyOf = ({ name, before }) => (before ? `${name}-before` : name);

/**
 * Is a row's value on show at a step?
 * @param {number} stage of the value, −1 for an input @param {number} step @param {View} view
 */
export const shown = (stage, step, { everything, backward, reached: [last, furthest] }) =>
  backward
    ? everything || step > last || (step === last && (stage >= furthest || furthest === 0))
    : stage < 0 || everything || step < last || (step === last && stage <= furthest);

/**
 * The stage whose end shows a value, from 0; −1 where the day begins with it.
 * @param {Layout} layout @param {string} name
 */
export function stageOf({ stages, wide }, name) {
  const stage = stages.findIndex(({ value }) => value === name);
  return stage >= 0 ? stage : (wide.values.find((value) => value.name === name && !value.before)?.stage ?? 0) - 1;
}
