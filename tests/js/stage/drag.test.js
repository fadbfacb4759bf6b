import assert from "node:assert/strict";
import { test } from "node:test";

import { readFrames } from "../../../app/stage/state/drag_frames.js";

/** Two places, two steps; one moving column, one list that stands still. */
const FRAMES = {
  parameter: "b_f",
  values: [-1, 1],
  series: [
    {
      pattern: {
        key: "A",
        name: "",
        values: { x: -1, c: 0 },
        before: { c: { lag: 0, start: 0.5 } },
        arithmetic: { c: { terms: [{ factors: [-1, 0], inner: [null, 0], product: 0 }], total: 0, result: 0 } },
      },
      steps: 2,
      still: [[3, 4]],
      moving: Buffer.from(new Float32Array([0.25, 0.5, 0.75, 1]).buffer).toString("base64"),
    },
  ],
};
const SCENE = /** @type {any} */ ({
  steps: 2,
  controls: { weights: { b_f: 0, b_i: 2 } },
  series: [{ key: "A", name: "Company A", cell: "lstm" }],
});

test("a frame is the scene at one place of the slider", () => {
  const frames = readFrames(/** @type {any} */ (FRAMES));
  const {
    series: [series],
    controls,
    steps,
  } = frames.scene(SCENE, 1);
  assert.deepEqual(series.values, { x: [3, 4], c: [0.75, 1] });
  assert.deepEqual(series.before.c, [0.5, 0.75]);
  assert.deepEqual(series.arithmetic.c.terms[0], {
    factors: [
      [3, 4],
      [0.75, 1],
    ],
    inner: [null, [0.75, 1]],
    product: [0.75, 1],
  });
  assert.deepEqual([series.name, series.cell], ["Company A", "lstm"]);
  assert.deepEqual(controls.weights, { b_f: 1, b_i: 2 });
  assert.equal(steps, 2);
});

test("the nearest place, and never one outside", () => {
  const frames = readFrames(/** @type {any} */ (FRAMES));
  assert.deepEqual([-9, -0.1, 0.1, 9].map(frames.nearest), [0, 0, 1, 1]);
});
