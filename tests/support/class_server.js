/** A server of a class as tests have it, and what it says. */

import { createClient } from "../../app/components/class_room/client.js";

export const STUDENT = /** @type {const} */ ({ code: "K7M4QP", role: "student", secret: "c".repeat(32) });
export const TEACHER = /** @type {const} */ ({ code: "K7M4QP", role: "teacher", secret: "k".repeat(32) });
export const POLL = {
  id: 1, lesson: "fourday", step: "nearer", question: "Which?", choices: ["A", "B"], open: true, bars: null, right: null, before: null,
}; 

/** Lets everything that was promised happen. */
export const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await null;
};

/**
 * A server that answers at once, or not at all; what it was told is in `told`, its streams in `streams`, and timers are
 * run by hand.
 */
export function fakeServer() {
  /** @type {any[]} */
  const told = [],
    streams = [];
  /** @type {{act: () => void, ms: number}[]} */
  let timers = [];
  const server = {
    told,
    streams,
    answer: (/** @type {string} */ path) =>
      path.endsWith("ticket") ? { status: 200, body: { ticket: "t" } } : { status: 200, body: { seq: 1 } },
    host: {
      /** @param {string} path @param {object} [body] @returns {Promise<any>} */
      async request(path, body) {
        told.push({ path, ...body });
        return server.answer(path);
      },
      stream(/** @type {string} */ path) {
        const heard = /** @type {Record<string, (event: any) => void>} */ ({});
        const stream = {
          path,
          open: true,
          addEventListener: (/** @type {string} */ type, /** @type {any} */ act) => (heard[type] = act),
          close: () => (stream.open = false),
          say: (/** @type {string} */ type, /** @type {any} */ data) => heard[type]?.({ data: JSON.stringify(data) }),
          break: () => heard.error?.({}),
        };
        streams.push(stream);
        return stream;
      },
      later(/** @type {() => void} */ act, /** @type {number} */ ms) {
        const timer = { act, ms };
        timers.push(timer);
        return () => (timers = timers.filter((one) => one !== timer));
      },
    },
    /** Every timer comes due. */
    async pass() {
      const due = timers;
      timers = [];
      due.forEach(({ act }) => act());
      await settled();
    },
    last: () => streams.at(-1),
  };
  return server;
}

export const room = (/** @type {object} */ more = {}) => ({
  seq: 5, state: { lesson: "fourday", query: "", live: null }, following: true, black: false, poll: null, teacher_present: true, ...more,
}); 

/** @param {any} seat */
export async function opened(seat, kept = {}) {
  const server = fakeServer();
  const heard = /** @type {string[]} */ ([]);
  const client = createClient(server.host, seat, kept, (_, what) => heard.push(what));
  await client.connect();
  await settled();
  return { server, client, heard, view: client.view };
}

