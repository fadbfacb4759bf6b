import assert from "node:assert/strict";
import { test } from "node:test";

import { framesOf, MOST } from "../../../app/components/take/frames.js";
import { memoized } from "../../../app/components/take/memoized.js";

test("a day's film begins with the day and ends with its last result, and shows no other", () => {
  const frames = framesOf({ steps: 4, stages: 6 }, 2) ?? [];
  assert.deepEqual([frames[0].step, frames[0].stage, frames[0].progress], [2, 0, 0]);
  assert.deepEqual([frames.at(-1)?.stage, frames.at(-1)?.progress], [5, 1]);
  assert.deepEqual(new Set(frames.map(({ step }) => step)), new Set([2]));
  assert.deepEqual(new Set(frames.map(({ stage }) => stage)), new Set([0, 1, 2, 3, 4, 5]));
});

test("a whole run is played day by day where it would be long, and not at all where it is too long even so", () => {
  const whole = framesOf({ steps: 4, stages: 6 }, null) ?? [];
  assert.deepEqual(new Set(whole.map(({ step }) => step)), new Set([0, 1, 2, 3]));
  const thirty = framesOf({ steps: 30, stages: 6 }, null) ?? [];
  assert.equal(thirty.at(-1)?.step, 29);
  for (const frames of [whole, thirty]) assert.ok(frames.length > 50 && frames.length <= MOST);
  assert.equal(framesOf({ steps: 200, stages: 6 }, null), null);
  assert.ok(framesOf({ steps: 200, stages: 6 }, 199));
});

test("an answer is asked for once, and again where it failed", async () => {
  const asked = /** @type {string[]} */ ([]);
  const ask = memoized(async (key) => {
    asked.push(key);
    if (asked.length === 1) throw new Error("no");
    return key.length;
  });
  const { signal } = new AbortController();
  await assert.rejects(ask("vi", signal));
  assert.deepEqual(await Promise.all([ask("vi", signal), ask("vi", signal)]), [2, 2]);
  assert.deepEqual(asked, ["vi", "vi"]);
});
