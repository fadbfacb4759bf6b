import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceOf, follows } from "../../../app/components/class_room/client.js";
import { createQueue } from "../../../app/components/class_room/queue.js";
import { codeOf, createSeats, spoken } from "../../../app/components/class_room/seat.js";
import { opened, POLL, room, settled, STUDENT, TEACHER } from "../../support/class_server.js";

test("states are taken in their order: what is old changes nothing", async () => {
  const { server, view } = await opened(STUDENT);
  server.last().say("room", room());
  for (const [seq, lesson] of [
    [7, "lstm"],
    [6, "rnn"],
    [7, "gru"],
  ])
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
    path: "K7M4QP/student",
    client: STUDENT.secret,
    kind: "guess",
    poll: 1,
    choice: 1,
  });
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
