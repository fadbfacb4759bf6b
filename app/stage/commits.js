/**
 * The controls as the reader left them, while Python's answer is on its way. An answer to an earlier commit must not
 * put a control back under the hand that has moved on. Pure, but for `send`.
 *
 * @typedef {import("./types.js").Controls} Controls
 */

/** @param {Controls} controls */
const written = ({ weights, days, show }) => JSON.stringify([Object.entries(weights).sort(), Object.entries(days).sort(), show]);

/** @param {Controls} first @param {(value: Controls & {n: number}) => void} send */
export function createControls(first, send) {
  let now = first;
  /** Commits not yet answered, oldest first. @type {string[]} */
  let pending = [];
  return {
    now: () => now,
    /** @param {Partial<Controls>} change only what differs */
    commit({ weights, days, show }) {
      now = { weights: { ...now.weights, ...weights }, days: { ...now.days, ...days }, show: show ?? now.show };
      pending.push(written(now));
      send({ ...now, n: Date.now() }); // the same controls twice must still be sent twice
    },
    /** @param {Controls} said what Python accepted */
    answer(said) {
      const place = pending.lastIndexOf(written(said));
      pending = place < 0 ? [] : pending.slice(place + 1);
      if (!pending.length) now = said;
    },
  };
}
