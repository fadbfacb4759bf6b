import assert from "node:assert/strict";
import test from "node:test";

import { missing, movedOf, stateOf } from "../../../app/stage/desk/rules.js";

/** @param {Record<string, any>} [more] @returns {any} */
const goal = (more = {}) => ({
  begin: [
    { b_f: 1, b_i: 2 },
    { b_f: 3, b_i: 4 },
  ],
  days: { B: [1, 0] },
  single: true,
  free: null,
  zone: [-1, 0.2],
  ...more,
});
/** @param {Record<string, number>} weights @param {number[]} [days] */
const controls = (weights, days = [1, 0]) => ({ weights, days: { B: days }, show: ["B"] });

test("what has moved is counted from the nearest of the weights to begin from", () => {
  assert.deepEqual(movedOf(goal(), controls({ b_f: 1, b_i: 2 })), []);
  assert.deepEqual(movedOf(goal(), controls({ b_f: 3, b_i: 5 })), ["b_i"]);
  assert.deepEqual(movedOf(goal({ begin: [{}] }), controls({ "U_f.1.1": 0.2 })), ["U_f.1.1"]);
});

test("the state of a challenge of one slider", () => {
  const state = (/** @type {Record<string, number>} */ weights, value = 0.1) =>
    stateOf(goal(), controls(weights), value);
  assert.equal(state({ b_f: 1, b_i: 2 }), "untouched");
  assert.equal(state({ b_f: 1, b_i: 5 }), "solved");
  assert.equal(state({ b_f: 1, b_i: 5 }, 0.2), "one");
  assert.equal(state({ b_f: 0, b_i: 5 }), "many");
  assert.equal(stateOf(goal(), controls({ b_f: 1, b_i: 5 }, [1, 1]), 0.1), "days");
});

test("where several may move, others may not", () => {
  const free = goal({ single: false, free: ["b_f"] });
  assert.equal(stateOf(free, controls({ b_f: 9, b_i: 2 }), 0.5), "open");
  assert.equal(stateOf(free, controls({ b_f: 9, b_i: 2 }), 0), "solved");
  assert.equal(stateOf(free, controls({ b_f: 1, b_i: 9 }), 0), "others");
});

test("how far there is to go", () => {
  assert.equal(missing(0.5, [-1, 0.2]), 0.3);
  assert.equal(missing(-3, [-1, 0.2]), 2);
  assert.equal(missing(0, [-1, 0.2]), 0);
});
