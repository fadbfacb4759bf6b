import assert from "node:assert/strict";
import { test } from "node:test";
import { memo } from "../../../app/stage/state/memo.js";

test("what depends on the same is drawn once, and again once it is forgotten", () => {
  /** @type {number[]} */
  const drawn = [];
  const drawing = memo(
    (/** @type {number} */ step, /** @type {number} */ stage) => [step, stage, NaN],
    (step) => void drawn.push(step),
  );
  drawing.draw(1, 2);
  drawing.draw(1, 2);
  assert.deepEqual(drawn, [1]);
  drawing.draw(2, 2);
  drawing.forget();
  drawing.draw(2, 2);
  assert.deepEqual(drawn, [1, 2, 2]);
});

test("fewer or more dependencies are others", () => {
  let count = 0;
  const drawing = memo(
    (/** @type {unknown[]} */ all) => all,
    () => void (count += 1),
  );
  drawing.draw([1]);
  drawing.draw([1, undefined]);
  drawing.draw([1]);
  assert.equal(count, 3);
});
