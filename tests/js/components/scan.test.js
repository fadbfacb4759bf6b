import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coneOf,
  endsOf,
  frameOf,
  inputsOf,
  linesOf,
  LOOP,
  next,
  tickOf,
} from "../../../app/components/scan/geometry.js";

/** A scan of so many timesteps, with no numbers. @param {number} steps @param {number} [lines] @returns {any} */
function data(steps, lines = 1) {
  const node = { first: 0, factor: [], state: Array(lines).fill("0"), said: "" };
  const row = { name: "", note: "", nodes: Array(steps).fill(node) };
  return { rows: Array(1 + Math.ceil(Math.log2(steps))).fill(row), loop: row };
}

test("a node joins itself and the one 1, 2, 4, … before, as far as there is one", () => {
  assert.deepEqual(inputsOf({ round: 0, step: 5 }), []);
  assert.deepEqual(inputsOf({ round: 3, step: 6 }), [
    { round: 2, step: 6 },
    { round: 2, step: 2 },
  ]);
  assert.deepEqual(inputsOf({ round: 3, step: 3 }), [{ round: 2, step: 3 }]);
  assert.deepEqual(inputsOf({ round: LOOP, step: 0 }), []);
  assert.deepEqual(inputsOf({ round: LOOP, step: 4 }), [{ round: LOOP, step: 3 }]);
});

test("the last node comes from every timestep, and each exactly once", () => {
  for (const steps of [2, 3, 8, 13, 16]) {
    const last = { round: data(steps).rows.length - 1, step: steps - 1 };
    const edges = coneOf(last);
    const first = edges.filter(({ from }) => from.round === 0).map(({ from }) => from.step);
    assert.deepEqual(
      first.sort((a, b) => a - b),
      [...Array(steps).keys()],
    );
    assert.equal(coneOf({ round: LOOP, step: steps - 1 }).length, steps - 1);
  }
});

test("a round takes one tick, and so does a step of the loop", () => {
  assert.equal(tickOf({ round: 0, step: 7 }), 0);
  assert.equal(tickOf({ round: 3, step: 0 }), 3);
  assert.equal(tickOf({ round: LOOP, step: 0 }), 1);
  assert.equal(tickOf({ round: LOOP, step: 7 }), 8);
});

test("no node lies on another or outside, on any screen", () => {
  for (const width of [300, 340, 640, 1000, 1208])
    for (const steps of [2, 7, 8, 16])
      for (const lines of [1, 2, 4]) {
        const sent = data(steps, lines),
          frame = frameOf(width, sent);
        const places = [...sent.rows.keys(), LOOP].flatMap((round) =>
          [...Array(steps).keys()].map((step) => ({ round, step })),
        );
        const corners = places.map(frame.corner);
        assert.ok(frame.box.width > 34 && frame.box.height >= 17 * linesOf(sent));
        for (const [k, one] of corners.entries()) {
          assert.ok(one.x >= 0 && one.x + frame.box.width <= width + 1e-9);
          assert.ok(one.y >= 0 && one.y + frame.box.height <= frame.height + 1e-9);
          for (const other of corners.slice(k + 1)) {
            const aside = Math.abs(one.x - other.x) >= frame.box.width + 8;
            assert.ok(aside || Math.abs(one.y - other.y) >= frame.box.height + 8);
          }
        }
      }
});

test("arrows go on: to the right or down", () => {
  for (const width of [340, 1208]) {
    const frame = frameOf(width, data(8));
    for (const { from, to } of [...coneOf({ round: 3, step: 7 }), ...coneOf({ round: LOOP, step: 7 })]) {
      const [a, b] = endsOf(frame, { from, to });
      assert.ok(b.x > a.x || b.y > a.y);
      if (from.step === to.step) assert.ok(Math.abs(b.x - a.x) < 1e-9 || Math.abs(b.y - a.y) < 1e-9);
    }
  }
});

test("arrow keys lead to what is there, and no further", () => {
  const sent = data(8),
    wide = frameOf(1208, sent),
    narrow = frameOf(340, sent);
  const from = { round: 1, step: 3 };
  assert.deepEqual(next(from, "ArrowRight", wide, sent, 2), { round: 1, step: 4 });
  assert.deepEqual(next(from, "ArrowDown", wide, sent, 2), { round: 2, step: 3 });
  assert.deepEqual(next(from, "ArrowRight", narrow, sent, 2), { round: 2, step: 3 });
  assert.deepEqual(next(from, "ArrowDown", narrow, sent, 2), { round: 1, step: 4 });
  assert.deepEqual(next({ round: 2, step: 3 }, "ArrowDown", wide, sent, 2), { round: LOOP, step: 1 }); // the last
  assert.deepEqual(next({ round: 0, step: 0 }, "ArrowUp", wide, sent, 0), { round: 0, step: 0 });
  assert.deepEqual(next({ round: 0, step: 7 }, "ArrowDown", wide, sent, 0), { round: 0, step: 7 });
  assert.deepEqual(next(from, "End", wide, sent, 2), { round: 1, step: 7 });
  assert.deepEqual(next({ round: LOOP, step: 0 }, "End", wide, sent, 5), { round: LOOP, step: 4 });
  assert.equal(next(from, "a", wide, sent, 2), null);
});
