import assert from "node:assert/strict";
import { test } from "node:test";
import { createStudying } from "../../../app/components/class_room/studying.js";
import { createTeaching, fitting, keyOf, sharedQuery } from "../../../app/components/class_room/teaching.js";
import { opened, POLL, room, STUDENT, TEACHER } from "../../support/class_server.js";

const LIVE = {
  scene: "s",
  controls: { weights: { b_f: 0.1 + 0.2 }, days: { A: [0, 1] }, show: ["A"] },
  at: /** @type {[number, number, number]} */ ([2, 1, 1]),
  playing: false,
  speed: 1,
  byDay: false,
  unit: 0,
  backward: false,
  covers: ["A/h/3"],
};

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
    lesson: () => "fourday",
    scene: () => "s",
    live: () => LIVE,
    follow: note("follow"),
    part: note("part"),
    hold: note("hold"),
    pause: note("pause"),
    open: note("open"),
    next: note("next"),
    onward: note("onward"),
    question: () => "nearer",
    asked: () => ({
      text: "Which?",
      options: [
        ["A", "Company A"],
        ["B", "Company B"],
      ],
      right: 1,
      reveal: "B: 0.969.",
    }),
    ...more,
  });
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
  assert.deepEqual(
    sent.map(({ kind }) => kind),
    ["state", "ask"],
  );
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
    turn: (query) => void went.push(`?${query}`),
    write: (query) => void written.push(query),
    later: (act) => (act(), () => {}),
  });
  return { studying, went, written, move: (/** @type {string} */ to) => (at = to) };
}
const seen = (/** @type {object} */ state, /** @type {object} */ more = {}) =>
  /** @type {any} */ ({
    seat: STUDENT,
    room: room(),
    apart: false,
    ended: false,
    problem: null,
    state: { lesson: "fourday", query: "f=1", live: LIVE, ...state },
    ...more,
  });

test("while the lesson is the same nothing is loaded: the stage shows the state", () => {
  const { stage, of } = stageOf();
  const { studying, went } = studyingAt(stage);
  studying.sync(seen({}));
  studying.sync(seen({ live: { ...LIVE, unit: 1 }, query: "f=2" }));
  assert.deepEqual(went, []);
  assert.deepEqual(
    of("follow").map((live) => live.unit),
    [0, 1],
  );
});

test("another lesson is gone to once, and another scene of the same by its address", () => {
  const { stage } = stageOf({ scene: () => "other" });
  const { studying, went } = studyingAt(stage);
  studying.sync(seen({ lesson: "lstm", query: "at=2.1" }));
  studying.sync(seen({ lesson: "lstm", query: "at=2.1" }));
  assert.deepEqual(went, ["lstm?at=2.1"]);
  studying.sync(seen({ query: "seed=4" }));
  assert.deepEqual(went, ["lstm?at=2.1", "?seed=4"]);
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
