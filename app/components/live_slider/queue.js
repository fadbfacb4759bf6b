/**
 * The newest value on its way to Python: one request at a time, and of what is chosen meanwhile the last alone is sent
 * next. A request without an answer is sent again, ever more rarely: a slow answer must not be overtaken for good.
 * Pure, but for `send`.
 *
 * @typedef {{text: string, rest: boolean}} Choice  `rest`: the control is no longer being moved
 * @typedef {Choice & {n: number}} Request
 */

const RESEND_AFTER_MS = 1500;
const RAREST = 8; // times as long

/** @param {(request: Request) => unknown} send @param {number} [patience] ms before the first repetition */
export function createQueue(send, patience = RESEND_AFTER_MS) {
  /** @type {Request|null} */
  let sent = null;
  /** @type {Choice|null} */
  let waiting = null;
  let n = 0,
    timer = 0;

  /** @param {Choice} choice @param {number} after ms */
  function post(choice, after = patience) {
    n = Math.max(n + 1, Date.now()); // no two requests are alike, not even after a reload
    [sent, waiting] = [{ ...choice, n }, null];
    timer = setTimeout(() => post(waiting ?? choice, Math.min(2 * after, RAREST * patience)), after);
    send(sent);
  }
  return {
    /** @param {Choice} choice */
    offer(choice) {
      if (sent) waiting = choice;
      else post(choice);
    },
    /** @param {number|null} handled the number of the request that Python has answered */
    answer(handled) {
      if (!sent || handled !== sent.n) return;
      clearTimeout(timer);
      const [done, next] = [sent, waiting];
      [sent, waiting] = [null, null];
      if (next && (next.text !== done.text || next.rest !== done.rest)) post(next);
    },
    busy: () => sent !== null,
    destroy: () => clearTimeout(timer),
  };
}
