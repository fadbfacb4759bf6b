import assert from "node:assert/strict";
import test from "node:test";

import { spansOf } from "../../../app/stage/player/scrubber.js";
import { changeOf, stepIndex, isThere, placeOf, resets } from "../../../app/stage/script/steps.js";

/** @param {Record<string, any>} more @returns {any} */
const step = (more) => ({ id: "write", title: "", text: "", verb: "", ...more });
const controls = { weights: { b_f: 1 }, days: { A: [0, 1] }, show: ["A"] };
/** @param {Record<string, any>} more @returns {any} */
const view = (more) => ({ step: 2, stage: 1, playing: false, backward: false, ...more });

test("a step holds the playhead at the end of a stage unless it says otherwise", () => {
  assert.deepEqual(placeOf(step({ at: { day: 3, stage: 2 } })), { step: 2, stage: 1, progress: 1 });
  assert.equal(placeOf(step({ at: { day: 3, stage: 2, when: "start" } }))?.progress, 0);
  assert.equal(placeOf(step({})), null);
});

test("a step changes only what differs, and says when that is a reader's own", () => {
  assert.equal(changeOf(step({ set: { show: ["A"] } }), controls), null);
  assert.deepEqual(changeOf(step({ set: { show: ["A", "B"], weights: { b_f: 1 } } }), controls), { show: ["A", "B"] });
  assert.equal(resets(step({ set: { weights: { b_f: 2 } } }), controls), true);
  assert.equal(resets(step({ set: { show: ["B"] } }), controls), false);
});

test("a reader is at a step while the playhead and the controls are the step's", () => {
  const here = step({ at: { day: 3, stage: 2 }, set: { show: ["A"] } });
  assert.equal(isThere(here, view({}), controls), true);
  assert.equal(isThere(here, view({ stage: 2 }), controls), false);
  assert.equal(isThere(here, view({ playing: true }), controls), false);
  assert.equal(isThere(here, view({ backward: true }), controls), false);
  assert.equal(isThere(here, view({}), { ...controls, show: ["B"] }), false);
});

test("an address names a step, an unknown one the first", () => {
  const steps = [step({ id: "a" }), step({ id: "b" })];
  assert.equal(stepIndex(steps, "?step=b&at=1.1"), 1);
  assert.equal(stepIndex(steps, "?step=zzz"), 0);
  assert.equal(stepIndex(steps, ""), 0);
});

test("the scrubber labels each day of a short run, and ranges of a long one", () => {
  assert.deepEqual(spansOf(2, 4), [
    { from: 0, days: 1 },
    { from: 1, days: 1 },
    { from: 3, days: 1 },
  ]);
  assert.deepEqual(spansOf(0, 8), [{ from: 1, days: 7 }]);
  assert.deepEqual(spansOf(4, 30), [
    { from: 0, days: 4 },
    { from: 5, days: 25 },
  ]);
});
