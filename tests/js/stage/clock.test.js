import assert from "node:assert/strict";
import { test } from "node:test";
import {
  MOVING,
  STILL,
  START,
  advance,
  beginning,
  clamped,
  ended,
  fromUnits,
  handover,
  last,
  mirrored,
  moveStages,
  moveSteps,
  reached,
  standing,
  units,
} from "../../../app/stage/state/clock.js";

const run = { steps: 4, stages: 6 };
const after = (ms, pace = MOVING, from = START) => advance(from, ms, run, pace);

test("a stage takes 1800 ms, then 250 ms pass before the next", () => {
  assert.equal(after(900).progress, 0.5);
  assert.deepEqual(after(1800), standing(0, 0));
  assert.deepEqual(after(2049), { ...standing(0, 0), rest: 249 });
  assert.deepEqual(after(2050), beginning(0, 1));
});

test("many small steps arrive where one large step does", () => {
  let small = START;
  for (let k = 0; k < 1000; k += 1) small = after(16, MOVING, small);
  const large = after(16000);
  assert.deepEqual([small.step, small.stage], [large.step, large.stage]);
  assert.ok(Math.abs(small.progress - large.progress) < 1e-9);
});

test("a day hands over to the next in 500 ms", () => {
  const turning = advance(standing(0, 5), 250, run, MOVING);
  assert.equal(handover(turning, run, MOVING), 0.5);
  assert.equal(handover(standing(0, 5), run, MOVING), null);
  assert.equal(handover({ ...standing(0, 4), rest: 100 }, run, MOVING), null);
  assert.deepEqual(advance(standing(0, 5), 500, run, MOVING), beginning(1, 0));
});

test("the run ends with everything revealed, and stays there", () => {
  const end = after(1e7);
  assert.deepEqual(end, last(run));
  assert.ok(ended(end, run));
  assert.equal(handover(end, run, MOVING), null);
  assert.ok(!ended(standing(3, 4), run));
});

test("reduced motion: a result every 2.5 s, nothing in between", () => {
  const from = standing(0, 0);
  assert.deepEqual(after(2499, STILL, from), { ...from, rest: 2499 });
  const next = after(2500, STILL, from);
  assert.deepEqual([next.stage, next.progress], [1, 1]);
  assert.equal(handover({ ...standing(0, 5), rest: 100 }, run, STILL), null);
});

test("the playhead as a number of stages, and back", () => {
  assert.deepEqual(fromUnits(0, run), START);
  assert.deepEqual(fromUnits(14, run), standing(2, 1));
  assert.deepEqual(fromUnits(13.5, run), { step: 2, stage: 1, progress: 0.5, rest: 0 });
  assert.deepEqual(fromUnits(99, run), last(run));
  assert.deepEqual(fromUnits(-1, run), START);
  for (const at of [0, 0.25, 1, 6, 13.5, 24]) assert.equal(units(fromUnits(at, run), run), at);
});

test("stages and days, forward and back", () => {
  assert.deepEqual(moveStages(START, 1, run), standing(0, 0));
  assert.deepEqual(moveStages(standing(0, 0), 1, run), standing(0, 1));
  assert.deepEqual(moveStages(standing(0, 5), 1, run), standing(1, 0));
  assert.deepEqual(moveStages(standing(1, 0), -1, run), standing(0, 5));
  assert.deepEqual(moveStages(standing(0, 0), -1, run), START);
  assert.deepEqual(moveStages(last(run), 1, run), last(run));
  assert.deepEqual(moveSteps(standing(1, 3), 1, run), standing(2, 3));
  assert.deepEqual(moveSteps(standing(3, 3), 1, run), standing(3, 3));
});

test("what the playhead has revealed", () => {
  assert.deepEqual(reached(START, run), [-1, 5]);
  assert.deepEqual(reached({ step: 0, stage: 2, progress: 0.5, rest: 0 }, run), [0, 1]);
  assert.deepEqual(reached(standing(2, 1), run), [2, 1]);
  assert.deepEqual(reached(beginning(2, 0), run), [1, 5]);
});

test("fewer days than the playhead had come to", () => {
  assert.deepEqual(clamped(standing(3, 2), { steps: 2, stages: 6 }), standing(1, 5));
  assert.deepEqual(clamped(standing(1, 2), { steps: 2, stages: 6 }), standing(1, 2));
});

test("a frame stamped before the clock was started moves nothing", () => {
  for (const pace of [MOVING, STILL]) {
    const { step, stage, progress } = advance(standing(0, 0), -3, { steps: 4, stages: 6 }, pace);
    assert.deepEqual([step, stage, progress], [0, 0, 1]);
    assert.equal(advance(START, -3, { steps: 4, stages: 6 }, pace).step, 0);
  }
});

test("backward the same place counts from the other end", () => {
  assert.deepEqual(mirrored({ step: 0, stage: 0 }, run), { step: 3, stage: 5 });
  const place = { ...standing(2, 1), rest: 3 };
  assert.deepEqual(mirrored(mirrored(place, run), run), place);
});
