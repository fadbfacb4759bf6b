/**
 * A class as this browser knows it: what the server has said, and what it is still to be told. The connection is mended
 * by itself; what comes late or twice changes nothing.
 */

import { createConnection, RETRY } from "./connection.js";
import { createQueue } from "./queue.js";

/**
 * @typedef {import("./connection.js").Host} Host
 * @typedef {import("./connection.js").Problem} Problem
 * @typedef {import("./stage_link.js").Live} Live
 * @typedef {{code: string, role: "teacher"|"student", secret: string}} Seat
 *   `secret`: the teacher's key, or what a student's browser is known by in this class
 * @typedef {{lesson: string, query: string, live: Live|null, ask?: string|null, told?: string}} State  of the teacher
 * @typedef {{id: number|string, lesson: string, step: string, question: string, choices: string[], open: boolean,
 *   bars: number[]|null, right: number|null, before: number[]|null, few?: boolean, mine?: number|null}} Poll
 * @typedef {{following: boolean, black: boolean, poll: Poll|null, teacher_present: boolean}} Room
 * @typedef {{present: number, follow: number, answered: number, solved: Record<string, number>}} Counts
 * @typedef {{poll: Poll["id"], choice: number, sent: boolean}} Guess
 * @typedef {{seat: Seat, link: "opening"|"open"|"lost", problem: Problem|null, ended: boolean, room: Room|null,
 *   state: State|null, counts: Counts|null, apart: boolean, guess: Guess|null}} View
 *   `apart`: the student looks around
 * @typedef {(view: View, what: string) => void} Changed
 */

const PACE = { state: 34 }; // ms: at most 30 states a second

/** @param {Seat} seat @param {boolean} apart @returns {View} */
const unknown = (seat, apart) => ({
  seat,
  link: "opening",
  problem: null,
  ended: false,
  room: null,
  state: null,
  counts: null,
  apart,
  guess: null,
});

/** What the server says, in its order. @param {View} view @param {Changed} changed */
function createListener(view, changed) {
  let seq = -1,
    fresh = true; // nothing has come on this connection yet
  return {
    begin: () => void (fresh = true),
    /** The whole picture: at the start of each connection it counts, whatever came before. @param {any} data */
    room({ seq: at, state, ...room }) {
      if (!fresh && at < seq) return;
      const asked = view.room?.poll;
      if (asked && !asked.open && room.poll?.open) view.guess = null; // asked anew
      view.room = room;
      if (state?.lesson && (fresh || at > seq)) view.state = state;
      seq = at;
      fresh = false;
      view.link = "open";
      changed(view, "room");
    },
    /** @param {{seq: number, state: State}} data */
    state({ seq: at, state }) {
      if (at <= seq) return;
      seq = at;
      view.state = state;
      changed(view, "state");
    },
    /** @param {Counts} counts */
    counts(counts) {
      view.counts = counts;
      changed(view, "counts");
    },
  };
}

/** What the server is told. @param {Host} host @param {View} view @param {Changed} changed */
function createMail(host, view, changed) {
  const { seat } = view;
  const own = seat.role === "teacher" ? { key: seat.secret } : { client: seat.secret };
  let cancel = () => {};

  /** @param {Record<string, unknown>} message @returns {Promise<import("./queue.js").Outcome>} */
  async function post(message) {
    const { status } = await host.request(`${seat.code}/${seat.role}`, { ...own, ...message });
    if (status === 0 || status === 429 || status >= 500) {
      cancel();
      cancel = host.later(() => void queue.flush(), RETRY[1]);
      return "lost";
    }
    if (status < 400 && message.kind === "guess") arrived(message);
    return status < 400 ? "taken" : "refused";
  }

  /** @param {Record<string, unknown>} message a guess */
  function arrived({ poll, choice }) {
    const { guess } = view;
    if (guess?.poll !== poll || guess?.choice !== choice) return;
    view.guess = { .../** @type {Guess} */ (guess), sent: true };
    changed(view, "guess");
  }

  const queue = createQueue(post, (ms) => new Promise((done) => void host.later(() => done(), ms)), PACE);
  return {
    ...queue,
    close() {
      cancel();
      queue.forget();
    },
  };
}

/** @param {Host} host @param {Seat} seat @param {{apart?: boolean}} kept @param {Changed} changed */
export function createClient(host, seat, kept, changed) {
  const view = unknown(seat, kept.apart ?? false);
  const listener = createListener(view, changed);
  const mail = createMail(host, view, changed);
  const connection = createConnection(host, {
    async path() {
      if (seat.role === "student") return `${seat.code}/events?client=${encodeURIComponent(seat.secret)}`;
      const answer = await host.request(`${seat.code}/ticket`, { key: seat.secret });
      return answer.body?.ticket ? `${seat.code}/events?ticket=${encodeURIComponent(answer.body.ticket)}` : answer;
    },
    reason: () =>
      seat.role === "teacher" || view.room
        ? host.request(seat.code)
        : host.request(`${seat.code}/student`, { client: seat.secret, kind: "follow", on: !view.apart }),
    hear: {
      room(data) {
        listener.room(data);
        void mail.flush();
      },
      state: listener.state,
      counts: listener.counts,
      end,
    },
    begin: listener.begin,
    lost() {
      if (view.link === "lost") return;
      view.link = "lost";
      changed(view, "link");
    },
    refused(problem) {
      if (problem === "unknown" && view.room) return end();
      view.problem = problem;
      close();
      return changed(view, "problem");
    },
  });

  function close() {
    connection.close();
    mail.close();
  }
  function end() {
    view.ended = true;
    close();
    changed(view, "end");
  }

  return {
    view,
    close,
    connect: connection.connect,
    /** Is a message of a kind still on its way? @param {string} kind */
    waits: (kind) => mail.has(kind),
    /** @param {string} kind @param {Record<string, unknown>} [more] the teacher's */
    tell: (kind, more = {}) => mail.put(kind, { kind, ...more }),
    /** @param {number} choice */
    guess(choice) {
      const poll = view.room?.poll;
      if (!poll?.open) return;
      view.guess = { poll: poll.id, choice, sent: false };
      changed(view, "guess");
      void mail.put("guess", { kind: "guess", poll: poll.id, choice });
    },
    /** @param {string} lesson @param {string} task */
    solved: (lesson, task) => mail.put(`${lesson}.${task}`, { kind: "solved", lesson, task }),
    /** @param {boolean} apart */
    lookAround(apart) {
      view.apart = apart;
      changed(view, "apart");
      void mail.put("follow", { kind: "follow", on: !apart });
    },
  };
}

/** What a student has chosen, here or as the server has it; null for nothing. @param {View} view */
export function choiceOf({ room, guess }) {
  const poll = room?.poll;
  if (!poll) return null;
  return guess?.poll === poll.id ? guess.choice : (poll.mine ?? null);
}

/** Does this student's screen show the teacher's? @param {View} view */
export const follows = ({ seat, room, apart, ended }) =>
  seat.role === "student" && Boolean(room?.following) && !apart && !ended;
