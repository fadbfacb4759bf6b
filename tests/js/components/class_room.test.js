import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceOf, createClient, follows } from "../../../app/components/class_room/client.js";
import { createQueue } from "../../../app/components/class_room/queue.js";
import { codeOf, createSeats, spoken } from "../../../app/components/class_room/seat.js";
import { createStudying } from "../../../app/components/class_room/studying.js";
import { createTeaching, fitting, keyOf, sharedQuery } from "../../../app/components/class_room/teaching.js";

const STUDENT = /** @type {const} */ ({ code: "K7M4QP", role: "student", secret: "c".repeat(32) });
const TEACHER = /** @type {const} */ ({ code: "K7M4QP", role: "teacher", secret: "k".repeat(32) });
const POLL = {
  id: 1, lesson: "fourday", step: "nearer", question: "Which?", choices: ["A", "B"], open: true, bars: null, right: null, before: null,
}; // prettier-ignore

/** Lets everything that was promised happen. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await null;
};

/**
 * A server that answers at once, or not at all; what it was told is in `told`, its streams in `streams`, and timers are
 * run by hand.
 */
function fakeServer() {
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

const room = (/** @type {object} */ more = {}) => ({
  seq: 5, state: { lesson: "fourday", query: "", live: null }, following: true, black: false, poll: null, teacher_present: true, ...more,
}); // prettier-ignore

/** @param {any} seat */
async function opened(seat, kept = {}) {
  const server = fakeServer();
  const heard = /** @type {string[]} */ ([]);
  const client = createClient(server.host, seat, kept, (_, what) => heard.push(what));
  await client.connect();
  await settled();
  return { server, client, heard, view: client.view };
}

test("states are taken in their order: what is old changes nothing", async () => {
  const { server, view } = await opened(STUDENT);
  server.last().say("room", room());
  for (const [seq, lesson] of [
    [7, "lstm"],
    [6, "rnn"],
    [7, "gru"],
  ])
    // prettier-ignore
    server.last().say("state", { seq, state: { lesson, query: "", live: null } });
  assert.equal(view.state?.lesson, "lstm");
  server.last().say("room", room({ seq: 6, black: true })); // overtaken on the way
  assert.equal(view.room?.black, false);
});

test("a late joiner lands on the moment, and may still answer", async () => {
  const { server, client, view } = await opened(STUDENT);
  server.last().say("room", room({ seq: 40, poll: { ...POLL, mine: null } }));
  assert.equal(view.state?.lesson, "fourday");
  client.guess(1);
  await settled();
  assert.deepEqual(server.told.at(-1), {
    path: "K7M4QP/student", client: STUDENT.secret, kind: "guess", poll: 1, choice: 1,
  }); // prettier-ignore
  assert.deepEqual(view.guess, { poll: 1, choice: 1, sent: true });
});

test("an answer without a connection is kept, and the last one sent when it is back", async () => {
  const { server, client, view } = await opened(STUDENT);
  server.last().say("room", room({ poll: { ...POLL, mine: null } }));
  server.answer = () => ({ status: 0, body: null });
  server.last().break();
  client.guess(0);
  await settled();
  client.guess(1);
  await settled();
  assert.equal(view.link, "lost");
  assert.equal(view.guess?.sent, false);
  assert.equal(choiceOf(view), 1);
  server.answer = () => ({ status: 200, body: { seq: 9 } });
  server.told.length = 0;
  await server.pass(); // another stream
  server.last().say("room", room({ poll: { ...POLL, mine: null } }));
  await settled();
  assert.equal(view.link, "open");
  assert.deepEqual(
    server.told.filter(({ kind }) => kind === "guess").map(({ choice }) => choice),
    [1],
  );
  assert.equal(view.guess?.sent, true);
});

test("another connection begins with the whole picture, whatever its number", async () => {
  const { server, view } = await opened(STUDENT);
  server.last().say("room", room({ seq: 90 }));
  server.last().break();
  await settled();
  assert.equal(view.link, "lost");
  await server.pass();
  assert.equal(server.streams.length, 2);
  server.last().say("room", room({ seq: 3, black: true })); // the server has begun anew
  assert.equal(view.room?.black, true);
  server.streams[0].say("state", { seq: 99, state: { lesson: "rnn", query: "", live: null } });
  assert.equal(view.state?.lesson, "fourday"); // the old stream is not heard
});

test("a choice is the reader's own until it is asked anew", async () => {
  const { server, client, view } = await opened(STUDENT);
  const say = (/** @type {number} */ seq, /** @type {object} */ poll) => server.last().say("room", room({ seq, poll }));
  say(6, { ...POLL, mine: 0 });
  assert.equal(choiceOf(view), 0);
  client.guess(1);
  await settled();
  say(7, { ...POLL, open: false, right: 1, bars: [0, 3], mine: 1 });
  assert.equal(choiceOf(view), 1);
  client.guess(0); // too late
  assert.equal(choiceOf(view), 1);
  say(8, { ...POLL, id: 2, before: [0, 3], mine: null });
  assert.equal(choiceOf(view), null);
});

test("a student looks around, is told so, and comes back", async () => {
  const { server, client, view } = await opened(STUDENT);
  server.last().say("room", room());
  assert.equal(follows(view), true);
  client.lookAround(true);
  await settled();
  assert.equal(follows(view), false);
  client.lookAround(false);
  await settled();
  assert.equal(follows(view), true);
  assert.deepEqual(
    server.told.filter(({ kind }) => kind === "follow").map(({ on }) => on),
    [false, true],
  );
  server.last().say("room", room({ seq: 6, following: false }));
  assert.equal(follows(view), false);
});

test("a teacher shows a ticket for each stream, never the key in an address", async () => {
  const { server } = await opened(TEACHER);
  server.last().say("room", room());
  server.last().break();
  await settled();
  await server.pass();
  assert.equal(server.streams.length, 2);
  assert.equal(server.told.filter(({ path }) => path === "K7M4QP/ticket").length, 2);
  for (const { path } of [...server.streams, ...server.told]) assert.ok(!path.includes(TEACHER.secret));
});

test("why a class can't be joined is asked where the stream doesn't say it", async () => {
  for (const [status, error, problem] of /** @type {const} */ ([
    [404, "room.unknown", "unknown"],
    [409, "room.full", "full"],
  ])) {
    const { server, view } = await opened(STUDENT);
    server.answer = () => /** @type {any} */ ({ status, body: { error } });
    server.last().break();
    await settled();
    assert.equal(view.problem, problem);
    await server.pass();
    assert.equal(server.streams.length, 1); // it isn't tried again
  }
});

test("a class that is gone has ended, for who was in it", async () => {
  const { server, view, heard } = await opened(STUDENT);
  server.last().say("room", room());
  server.answer = () => /** @type {any} */ ({ status: 404, body: { error: "room.unknown" } });
  server.last().break();
  await settled();
  assert.equal(view.ended, true);
  assert.equal(heard.at(-1), "end");
});

test("a queue sends the newest of a name, in order, and never two at once", async () => {
  /** @type {string[]} */
  const sent = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  const queue = createQueue(
    (/** @type {string} */ message) => new Promise((done) => waiting.push(() => done((sent.push(message), "taken")))),
    () => Promise.resolve(),
  );
  void queue.put("state", "1");
  void queue.put("state", "2");
  void queue.put("ask", "ask");
  void queue.put("state", "3");
  while (waiting.length) {
    assert.equal(waiting.length, 1);
    waiting.shift()?.();
    await settled();
  }
  assert.deepEqual(sent, ["1", "3", "ask"]);
});

const LIVE = {
  scene: "s", controls: { weights: { b_f: 0.1 + 0.2 }, days: { A: [0, 1] }, show: ["A"] }, at: /** @type {[number, number, number]} */ ([2, 1, 1]),
  playing: false, speed: 1, byDay: false, unit: 0, backward: false, covers: ["A/h/3"],
}; // prettier-ignore

test("while it plays, each screen knows where the playhead is: nothing is told between two stages", () => {
  const at = (/** @type {number} */ progress, /** @type {boolean} */ playing) =>
    keyOf({ lesson: "lstm", query: "", live: { ...LIVE, playing, at: [2, 1, progress] } });
  assert.equal(at(0.2, true), at(0.7, true));
  assert.notEqual(at(0.2, false), at(0.7, false));
});

test("a state fits into what the server takes, and has nothing of the teacher's own", () => {
  const query = "f=1,2&".repeat(400);
  const short = fitting({ lesson: "lstm", query, live: LIVE });
  assert.equal(short.query, "");
  assert.deepEqual(JSON.parse(JSON.stringify(short.live)), LIVE); // the same numbers to the bit
  assert.equal(sharedQuery("?lang=vi&teach=true&f=1,2&at=3.2&code=K7M4QP"), "f=1%2C2&at=3.2");
});

/** @param {object} more */
const stageOf = (more = {}) => {
  /** @type {any[]} */
  const done = [];
  const note =
    (/** @type {string} */ name) =>
    (/** @type {any[]} */ ...what) =>
      void done.push([name, ...what]);
  const stage = /** @type {any} */ ({
    lesson: () => "fourday", scene: () => "s", live: () => LIVE, follow: note("follow"), part: note("part"), hold: note("hold"),
    pause: note("pause"), open: note("open"), next: note("next"), onward: note("onward"), question: () => "nearer",
    asked: () => ({ text: "Which?", options: [["A", "Company A"], ["B", "Company B"]], right: 1, reveal: "B: 0.969." }), ...more,
  }); // prettier-ignore
  return {
    stage,
    done,
    of: (/** @type {string} */ name) => done.filter(([one]) => one === name).map(([, what]) => what),
  };
};

test("what is asked is covered before it is asked, and told of once it is revealed", async () => {
  const { server, client } = await opened(TEACHER);
  const { stage, of } = stageOf();
  const teaching = createTeaching(client, { lesson: () => "fourday", search: () => "", stage: () => stage });
  server.last().say("room", room());
  teaching.ask();
  for (let turn = 0; turn < 3; turn += 1) await server.pass();
  const sent = server.told.filter(({ kind }) => kind);
  assert.deepEqual(sent.map(({ kind }) => kind), ["state", "ask"]); // prettier-ignore
  assert.equal(sent[0].state.ask, "nearer");
  assert.deepEqual(of("hold"), ["nearer"]);
  assert.ok(!JSON.stringify(sent).includes("0.969"));
  assert.deepEqual(sent[1].poll.choices, ["Company A", "Company B"]);
  server.last().say("room", room({ seq: 8, poll: POLL }));
  teaching.reveal();
  for (let turn = 0; turn < 3; turn += 1) await server.pass();
  const after = server.told.filter(({ kind }) => kind).slice(2);
  assert.equal(after.find(({ kind }) => kind === "reveal").right, 1);
  assert.deepEqual(after.find(({ kind }) => kind === "state").state.told, "B: 0.969.");
  assert.deepEqual(of("open"), ["nearer"]);
  assert.deepEqual(of("hold"), ["nearer", null]);
});

/** @param {any} stage */
function studyingAt(stage, lesson = "fourday") {
  /** @type {string[]} */
  const went = [],
    written = [];
  let at = lesson;
  const studying = createStudying({
    lesson: () => at,
    search: () => "",
    stage: () => stage,
    go: (href) => void went.push(href),
    write: (query) => void written.push(query),
    later: (act) => (act(), () => {}),
  });
  return { studying, went, written, move: (/** @type {string} */ to) => (at = to) };
}
const seen = (/** @type {object} */ state, /** @type {object} */ more = {}) =>
  /** @type {any} */ ({ seat: STUDENT, room: room(), apart: false, ended: false, state: { lesson: "fourday", query: "f=1", live: LIVE, ...state }, ...more }); // prettier-ignore

test("while the lesson is the same nothing is loaded: the stage shows the state", () => {
  const { stage, of } = stageOf();
  const { studying, went } = studyingAt(stage);
  studying.sync(seen({}));
  studying.sync(seen({ live: { ...LIVE, unit: 1 }, query: "f=2" }));
  assert.deepEqual(went, []);
  assert.deepEqual(of("follow").map((live) => live.unit), [0, 1]); // prettier-ignore
});

test("another lesson is gone to once, and another scene of the same by its address", () => {
  const { stage } = stageOf({ scene: () => "other" });
  const { studying, went } = studyingAt(stage);
  studying.sync(seen({ lesson: "lstm", query: "at=2.1" }));
  studying.sync(seen({ lesson: "lstm", query: "at=2.1" }));
  assert.deepEqual(went, ["lstm?at=2.1"]);
  studying.sync(seen({ query: "seed=4" }));
  assert.deepEqual(went, ["lstm?at=2.1", "fourday?seed=4"]);
});

test("who looks around keeps what is shown, what is asked stays covered there, and back means the class", () => {
  const { stage, of } = stageOf();
  const { studying, went, written } = studyingAt(stage);
  studying.sync(seen({}));
  studying.sync(seen({}, { apart: true }));
  assert.deepEqual(of("follow"), [LIVE, null]);
  assert.deepEqual(written, ["f=1"]);
  studying.sync(seen({ ask: "nearer", lesson: "fourday" }, { apart: true }));
  assert.equal(of("hold").at(-1), "nearer");
  studying.sync(seen({ lesson: "lstm" }, { apart: true }));
  assert.deepEqual(went, []); // never pulled back
  studying.sync(seen({ lesson: "lstm" }));
  assert.deepEqual(went, ["lstm?f=1"]);
  assert.deepEqual(of("part").slice(0, 2), ["follows", "apart"]);
});

test("a tab comes back to its seat; a browser to its key, and as the same student", () => {
  const storage = () => {
    const kept = /** @type {Record<string, string>} */ ({});
    return {
      getItem: (/** @type {string} */ key) => kept[key] ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void (kept[key] = value),
      removeItem: (/** @type {string} */ key) => void delete kept[key],
    };
  };
  const home = storage(),
    tab = storage();
  const seats = createSeats(tab, home);
  assert.equal(seats.now(), null);
  seats.take(TEACHER);
  assert.deepEqual(seats.now(), TEACHER);
  assert.equal(createSeats(storage(), home).now(), null); // another tab is not taken along
  assert.deepEqual(createSeats(storage(), home).taught(), TEACHER);
  const student = seats.student("ABC234");
  assert.match(student.secret, /^[0-9a-f]{32}$/);
  seats.take(student);
  assert.equal(seats.student("ABC234").secret, student.secret);
  assert.notEqual(seats.student("XYZ987").secret, student.secret);
  tab.setItem("gatewalk.class", '{"code": 5}');
  assert.equal(seats.now(), null);
});

test("a code is read as people type it", () => {
  assert.equal(codeOf(" k7m-4qp "), "K7M4QP");
  assert.equal(spoken("K7M4QP"), "K7M 4QP");
});
