/**
 * The controls as the reader left them, while Python's answer is on its way. An answer to an earlier commit must not
 * reset a control that has been moved on since. Pure, but for `send`.
 *
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {import("../types.js").Change} Change
 * @typedef {import("../types.js").Commit} Commit
 */

const RESEND_AFTER_MS = 2000;

/** @param {Controls} controls */
const written = ({ weights, days, show }) =>
  JSON.stringify([Object.entries(weights).sort(), Object.entries(days).sort(), show]);

/** @param {Record<string, number|null>} weights @returns {Record<string, number>} */
const chosen = (weights) =>
  Object.fromEntries(Object.entries(weights).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));

/** @param {Controls} first @param {(commit: Commit) => void} send */
export function createControls(first, send) {
  let now = first;
  /** Commits not yet answered, oldest first. @type {string[]} */
  let pending = [];
  let timer = 0;
  /** A server that was away answers nothing, and nothing is asked of it anew: what has no answer is sent once more. */
  const post = () => {
    clearTimeout(timer);
    send({ ...now, n: Date.now() }); // the same controls twice must still be sent twice
    timer = setTimeout(() => {
      if (pending.length) post();
    }, RESEND_AFTER_MS);
  };
  return {
    now: () => now,
    /** @param {Change} change */
    commit({ weights, days, show }) {
      now = { weights: chosen({ ...now.weights, ...weights }), days: { ...now.days, ...days }, show: show ?? now.show };
      pending.push(written(now));
      post();
    },
    destroy: () => clearTimeout(timer),
    /** @param {Controls} accepted what Python accepted */
    answer(accepted) {
      const place = pending.lastIndexOf(written(accepted));
      pending = place < 0 ? [] : pending.slice(place + 1);
      if (!pending.length) now = accepted;
    },
  };
}
