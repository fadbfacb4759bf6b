import assert from "node:assert/strict";
import { test } from "node:test";
import {
  about,
  curveOf,
  mapsOf,
  path,
  pooled,
  ranksOf,
  rowHeight,
  ticks,
  unpacked,
} from "../../../app/components/overview/numbers.js";
import { forget, look, looked, onLook, onLooked, wanted } from "../../../app/components/overview/look.js";

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

test("float16 is read as it is written, to its smallest and its largest", () => {
  // 1, −2, 0.333…, 65504, the smallest, zero, infinity
  const words = [0x3c00, 0xc000, 0x3555, 0x7bff, 0x0001, 0x0000, 0x7c00];
  const bytes = words.flatMap((word) => [word & 255, word >> 8]);
  assert.deepEqual([...unpacked(base64(bytes))], [1, -2, Math.fround(0x555 / 4096), 65504, 2 ** -24, 0, Infinity]);
});

test("a unit's curve is its column, and a rank is its place in the order", () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6); // three steps of two units
  assert.deepEqual(curveOf(values, 2, 1), [2, 4, 6]);
  assert.deepEqual(ranksOf([2, 0, 1]), [1, 2, 0]);
});

test("rows are whole pixels, at least one and at most sixteen", () => {
  assert.deepEqual(
    [4, 16, 64, 100, 256, 1024].map((units) => rowHeight(units)),
    [16, 16, 4, 2, 1, 1],
  );
});

test("maps side by side have one scale, and their difference its own", () => {
  const values = Float32Array.of(1, -2),
    other = Float32Array.of(0.5, 2),
    gap = Float32Array.of(0.5, 4);
  const maps = mapsOf({ values, other, gap, high: 1.3, apart: 3 });
  assert.deepEqual(
    maps.map(({ end }) => end),
    [1.3, 1.3, 3],
  );
  assert.equal(maps[2].values, gap);
  assert.deepEqual(mapsOf({ values, other: null, gap: null, high: 1.3, apart: 0 }), [{ values, end: 1.3 }]);
});

test("a column of several steps has the largest of them, with its sign", () => {
  const values = Float32Array.of(1, 2, -3, 4, 0.5, -6); // three steps of two units
  assert.equal(pooled(values, 2, 0, 0, 3), -3);
  assert.equal(pooled(values, 2, 1, 0, 2), 4);
  assert.equal(pooled(values, 2, 1, 2, 3), -6);
});

test("a curve stays in its box, and is cut where there is no number", () => {
  const d = path([0, 2, NaN, -5, 1], [-1, 1], 21);
  assert.equal((d.match(/M/g) ?? []).length, 2);
  for (const [, y] of d.matchAll(/[ML][\d.]+ ([\d.]+)/g)) assert.ok(Number(y) >= 2 && Number(y) <= 19);
  assert.deepEqual(about([0.5, -3, NaN]), [-3, 3]);
});

test("the steps under the axis are the first and round ones", () => {
  const named = (steps, first) => ticks(steps, first).map((step) => first + step + 1);
  assert.deepEqual(named(200, 0), [1, 50, 100, 150, 200]);
  assert.deepEqual(named(200, 250), [251, 300, 350, 400, 450]);
  assert.deepEqual(named(3, 0), [1, 2, 3]);
});

test("overview and stage tell each other, and a stage that comes later asks", () => {
  globalThis.CustomEvent ??= class extends Event {
    constructor(name, { detail }) {
      super(name);
      this.detail = detail;
    }
  };
  const target = new EventTarget();
  Object.assign(globalThis, {
    dispatchEvent: target.dispatchEvent.bind(target),
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  });
  const heard = [];
  const deaf = onLook((place) => heard.push(["stage", place]));
  onLooked((place) => heard.push(["overview", place]));
  look({ unit: 3, step: 7 });
  looked({ unit: 4, step: 8 });
  assert.deepEqual(heard, [
    ["stage", { unit: 3, step: 7 }],
    ["overview", { unit: 4, step: 8 }],
  ]);
  assert.deepEqual(wanted(), { unit: 3, step: 7 });
  deaf();
  look({ unit: 5, step: 9 });
  assert.equal(heard.length, 2);
  forget();
  assert.equal(wanted(), null);
});
