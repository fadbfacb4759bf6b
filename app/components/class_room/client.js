/**
 * A class as this browser knows it: what the server has said, and what it is still to be told. The connection is mended
 * by itself; what comes late or twice changes nothing.
 */

import { createQueue } from "./queue.js";

/**
 * @typedef {import("./stage_link.js").Live} Live
 * @typedef {{code: string, role: "teacher"|"student", secret: string}} Seat
 *   `secret`: the teacher's key, or what a student's browser is known by in this class
 * @typedef {{lesson: string, query: string, live: Live|null, ask?: string|null, told?: string}} State  of the teacher
 * @typedef {{id: number|string, lesson: string, step: string, question: string, choices: string[], open: boolean,
 *   bars: number[]|null, right: number|null, before: number[]|null, few?: boolean, mine?: number|null}} Poll
 * @typedef {{following: boolean, black: boolean, poll: Poll|null, teacher_present: boolean}} Room
 * @typedef {{present: number, follow: number, answered: number, solved: Record<string, number>}} Counts
 * @typedef {"unknown"|"full"|"key"|"busy"} Problem
 * @typedef {{seat: Seat, link: "opening"|"open"|"lost", problem: Problem|null, ended: boolean, room: Room|null,
 *   state: State|null, counts: Counts|null, apart: boolean, guess: {poll: Poll["id"], choice: number, sent: boolean}|null}}
 *   View  `apart`: the student looks around
 * @typedef {{status: number, body: any}} Answer  status 0: none came
 * @typedef {{addEventListener: (type: string, heard: (event: any) => void) => void, close: () => void}} Stream
 * @typedef {{request: (path: string, body?: object) => Promise<Answer>, stream: (path: string) => Stream,
 *   later: (act: () => void, ms: number) => () => void}} Host
 */

const RETRY = [1000, 2000, 4000, 8000]; // ms
/** At most 30 states a second. */
const PACE = { state: 34 };

/** @param {Answer} answer @returns {Problem|null} why nothing more will come of it */
export function problemOf({ status, body }) {
  const said = typeof body?.error === "string" ? body.error.replace("room.", "") : "";
  if (said === "unknown" || said === "full" || said === "key") return said;
  return status === 404 ? "unknown" : status === 403 ? "key" : null;
}

/** @param {Host} host @param {Seat} seat @param {{apart?: boolean}} kept @param {(view: View, what: string) => void} changed */
export function createClient(host, seat, kept, changed) {
  /** @type {View} */
  const view = {
    seat,
    link: "opening",
    problem: null,
    ended: false,
    room: null,
    state: null,
    counts: null,
    apart: kept.apart ?? false,
    guess: null,
  };
  let seq = -1,
    fresh = true, // nothing has come on this connection yet
    tries = 0,
    gone = false;
  /** @type {Stream|null} */
  let stream = null;
  let cancel = () => {};
  const queue = createQueue(post, (ms) => new Promise((done) => void host.later(() => done(), ms)), PACE);

  /** @param {Record<string, unknown>} message @returns {Promise<import("./queue.js").Outcome>} */
  async function post(message) {
    const own = seat.role === "teacher" ? { key: seat.secret } : { client: seat.secret };
    const answer = await host.request(`${seat.code}/${seat.role}`, { ...own, ...message });
    if (answer.status === 0 || answer.status === 429 || answer.status >= 500) {
      cancel();
      cancel = host.later(queue.flush, RETRY[1]);
      return "lost";
    }
    if (answer.status < 400 && message.kind === "guess" && view.guess) {
      view.guess.sent ||= message.choice === view.guess.choice && message.poll === view.guess.poll;
      changed(view, "guess");
    }
    return answer.status < 400 ? "taken" : "refused";
  }

  /** @param {string} type @param {(data: any) => void} take */
  const hear = (type, take) =>
    stream?.addEventListener(type, ({ data }) => {
      if (gone) return;
      take(JSON.parse(data));
    });

  /** The whole picture: at the start of each connection it counts whatever came before. @param {any} data */
  function takeRoom({ seq: at, state, ...room }) {
    if (!fresh && at < seq) return;
    const { poll } = view.room ?? {};
    const again = room.poll?.open && (room.poll.id !== poll?.id || !poll?.open);
    if (again && view.room && view.guess?.sent) view.guess = null; // asked anew
    view.room = room;
    if (state && (fresh || at > seq)) view.state = state;
    seq = at;
    fresh = false;
    tries = 0;
    view.link = "open";
    changed(view, "room");
    void queue.flush();
  }

  /** @param {{seq: number, state: State}} data */
  function takeState({ seq: at, state }) {
    if (at <= seq) return;
    seq = at;
    view.state = state;
    changed(view, "state");
  }

  function listen(/** @type {string} */ path) {
    fresh = true;
    const opened = (stream = host.stream(path));
    hear("room", takeRoom);
    hear("state", takeState);
    hear("counts", (counts) => {
      view.counts = counts;
      changed(view, "counts");
    });
    hear("end", () => end());
    opened.addEventListener("error", ({ data }) => {
      if (data === undefined && opened === stream) void lose();
    });
  }

  async function connect() {
    cancel();
    stream?.close();
    stream = null;
    if (gone) return;
    if (seat.role === "student") {
      listen(`${seat.code}/events?client=${encodeURIComponent(seat.secret)}`);
      return;
    }
    const answer = await host.request(`${seat.code}/ticket`, { key: seat.secret });
    if (gone) return;
    if (answer.status >= 200 && answer.status < 300)
      listen(`${seat.code}/events?ticket=${encodeURIComponent(answer.body.ticket)}`);
    else await lose(answer);
  }

  /** The connection is gone: for good, or until it is tried again. @param {Answer} [known] */
  async function lose(known) {
    stream?.close();
    stream = null;
    if (view.link !== "lost") {
      view.link = "lost";
      changed(view, "link");
    }
    const answer = known ?? (await reason());
    if (gone || view.ended) return;
    const problem = problemOf(answer);
    if (problem === "unknown" && view.room) end();
    else if (problem) {
      view.problem = problem;
      close();
      changed(view, "problem");
    } else {
      const wait = RETRY[Math.min(tries, RETRY.length - 1)];
      tries += 1;
      cancel();
      cancel = host.later(() => void connect(), wait * (1 + 0.3 * Math.random()));
    }
  }

  /** Why a stream was refused: its own answer can't be read. */
  const reason = () =>
    seat.role === "teacher" || view.room
      ? host.request(seat.code)
      : host.request(`${seat.code}/student`, { client: seat.secret, kind: "follow", on: !view.apart });

  function end() {
    view.ended = true;
    close();
    changed(view, "end");
  }
  function close() {
    gone = true;
    cancel();
    stream?.close();
    queue.forget();
  }

  return {
    view,
    connect,
    close,
    /** A phone was asleep, or the network was away: whatever the stream seems to be. */
    wake: () => void (gone || connect()),
    /** Is a message of a kind still on its way? @param {string} kind */
    waits: (kind) => queue.has(kind),
    /** @param {string} kind @param {Record<string, unknown>} [more] the teacher's */
    tell: (kind, more = {}) => queue.put(kind, { kind, ...more }),
    /** @param {number} choice */
    guess(choice) {
      const poll = view.room?.poll;
      if (!poll?.open) return;
      view.guess = { poll: poll.id, choice, sent: false };
      changed(view, "guess");
      void queue.put("guess", { kind: "guess", poll: poll.id, choice });
    },
    /** @param {string} lesson @param {string} task */
    solved: (lesson, task) => queue.put(`${lesson}.${task}`, { kind: "solved", lesson, task }),
    /** @param {boolean} apart */
    lookAround(apart) {
      view.apart = apart;
      changed(view, "apart");
      void queue.put("follow", { kind: "follow", on: !apart });
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
