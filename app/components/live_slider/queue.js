/**
 * The newest value on its way to Python: one request at a time, and of what is chosen meanwhile the last alone is sent
 * next. That the control rests is sent after its last value is drawn, for what then follows takes longer. A request
 * without an answer is sent again, ever more rarely: a slow answer must not be overtaken for good. Pure but for `send`.
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
  /** What is sent next: a value, that it rests, or one after the other. @type {Choice[]} */
  let waiting = [];
  let n = 0,
    timer = 0;

  /** @param {Choice} choice @param {number} after ms */
  function post(choice, after = patience) {
    n = Math.max(n + 1, Date.now()); // no two requests are alike, not even after a reload
    sent = { ...choice, n };
    timer = setTimeout(() => {
      const newest = waiting.at(-1) ?? choice;
      waiting = [];
      post(newest, Math.min(2 * after, RAREST * patience));
    }, after);
    send(sent);
  }
  return {
    /** @param {Choice} choice */
    offer(choice) {
      if (!sent) return post(choice);
      const value = choice.rest ? waiting.filter(({ text, rest }) => text === choice.text && !rest) : [];
      waiting = [...value, choice];
    },
    /** @param {number|null} handled the number of the request that Python has answered */
    answer(handled) {
      if (!sent || handled !== sent.n) return;
      clearTimeout(timer);
      const { text, rest } = sent;
      sent = null;
      waiting = waiting.filter((choice) => choice.text !== text || choice.rest !== rest);
      const next = waiting.shift();
      if (next) post(next);
    },
    busy: () => sent !== null,
    destroy: () => clearTimeout(timer),
  };
}
