/**
 * The rules of a challenge: which of its conditions hold, and how far there is to go. Pure.
 *
 * @typedef {import("../types.js").Goal} Goal
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {"untouched"|"days"|"others"|"many"|"one"|"open"|"solved"} State  a key of the goal's texts
 */

/** The nearest of the weights to begin from, and what differs from it. @param {Goal} goal @param {Controls} now */
export function nearestOf({ begin }, { weights }) {
  const differing = begin.map((first) => ({
    first,
    moved: [...new Set([...Object.keys(first), ...Object.keys(weights)])].filter(
      (name) => first[name] !== weights[name],
    ),
  }));
  return differing.reduce((nearest, one) => (one.moved.length < nearest.moved.length ? one : nearest));
}

/** The weights that a reader has moved. @param {Goal} goal @param {Controls} now */
export const movedOf = (goal, now) => nearestOf(goal, now).moved;

/** @param {number} value @param {[number, number]} zone */
export const within = (value, [low, high]) => value > low && value < high;

/** How far a value is from the zone. @param {number} value @param {[number, number]} zone */
export const missing = (value, [low, high]) => Math.max(0, low - value, value - high);

/**
 * @param {Goal} goal @param {Controls} controls @param {number} value what is measured now
 * @returns {State}
 */
export function stateOf(goal, controls, value) {
  const { single, free, days, zone } = goal;
  const edited = Object.entries(days).some(([key, first]) => first.join() !== controls.days[key]?.join());
  if (edited) return "days";
  const moved = movedOf(goal, controls);
  if (free && moved.some((name) => !free.includes(name))) return "others";
  if (single && moved.length !== 1) return moved.length ? "many" : "untouched";
  if (within(value, zone)) return "solved";
  return single ? "one" : "open";
}
