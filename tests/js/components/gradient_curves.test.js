import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, frameOf, path, stepAt, xOf, yOf } from "../../../app/components/gradient_curves/scales.js";

const AXIS = { range: /** @type {[number, number]} */ ([-10, 10]), ticks: [], vanished: -6, exploded: 3 };

test("numbers keep their order and their distance, within the row", () => {
  for (const places of [[5, 5, 5], [0, 1, 2, 100], [199, 200, 198, 200], [50], [], [10, 90]]) {
    const moved = apart(places, 17, 200);
    const order = places.map((_, k) => k).sort((a, b) => places[a] - places[b]);
    for (let k = 1; k < order.length; k++) assert.ok(moved[order[k]] - moved[order[k - 1]] >= 17 - 1e-9);
    assert.ok(moved.every((place) => place >= -1e-9 && place <= 200 + 1e-9));
  }
  assert.deepEqual(apart([10, 90], 17, 200), [10, 90]); // what is apart stays
});

test("a crowd spreads about its middle", () => {
  assert.deepEqual(apart([100, 100, 100], 20, 200), [80, 100, 120]);
});

test("a place on the picture is the step that stands there", () => {
  for (const width of [330, 900]) {
    const frame = frameOf(width, 3, 59);
    for (const step of [0, 1, 30, 59]) assert.equal(stepAt(frame, xOf(frame, step)), step);
    assert.equal(stepAt(frame, -50), 0);
    assert.equal(stepAt(frame, 5000), 59);
  }
});

test("a row's axis goes up, and a curve is cut where it has no number", () => {
  const frame = frameOf(900, 3, 3);
  assert.equal(yOf(frame, AXIS, 10), 0);
  assert.equal(yOf(frame, AXIS, -10), frame.tall);
  assert.equal((path(frame, AXIS, [0, null, 1, 2]).match(/M/g) ?? []).length, 2);
});

test("a picture with next to no room has a width all the same", () => {
  for (const room of [0, 15, 139]) {
    const frame = frameOf(room, 3, 59);
    assert.ok(frame.right - frame.left >= 100);
    assert.ok(frame.all > room);
  }
});
