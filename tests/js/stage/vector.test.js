import assert from "node:assert/strict";
import test from "node:test";
import { matrixOf, nameOf, valueOf } from "../../../app/stage/state/entries.js";
import { countOf, decimalsOf, seenFrom, stripAt, stripOf } from "../../../app/stage/state/strips.js";
import { cellAt, MOST, pitchOf, windowOf } from "../../../app/stage/vector/window.js";

/** Numbers as Python packs them. */
function packed(shape, ...numbers) {
  return { shape, data: Buffer.from(new Float32Array(numbers).buffer).toString("base64") };
}

const strips = {
  h: packed([2, 3], 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
  x: packed([2, 2], 1, 2, 3, 4),
  p: packed([2, 1], 7, 8),
};
const series = {
  key: "A",
  values: { h: [9, 9], a_f: [5, 5] },
  before: { h: [0, 9] },
  arithmetic: { h: {} },
  slopes: { h: [1, 1] },
  units: { count: 3, selected: 0, strips, before: { h: packed([2, 3], 0, 0, 0, 0.1, 0.2, 0.3) } },
};

test("a strip is read by step and by unit", () => {
  const strip = stripOf(strips.h);
  assert.deepEqual([strip.steps, strip.length], [2, 3]);
  assert.deepEqual(
    [...strip.at(1)].map((v) => v.toFixed(1)),
    ["0.4", "0.5", "0.6"],
  );
  assert.deepEqual(
    strip.of(2).map((v) => v.toFixed(1)),
    ["0.3", "0.6"],
  );
  assert.equal(stripOf(strips.h), strip, "and unpacked once");
});

test("seen from its own unit a scene stays as Python sent it", () => {
  const scene = { series: [series] };
  assert.equal(seenFrom(scene, 0), scene);
  const single = { series: [{ key: "A" }] };
  assert.equal(seenFrom(single, 4), single);
});

test("seen from another unit its values are looked up, and its arithmetic is not known yet", () => {
  const [seen] = seenFrom({ series: [series] }, 2).series;
  assert.deepEqual(
    seen.values.h.map((v) => v.toFixed(1)),
    ["0.3", "0.6"],
  );
  assert.deepEqual(
    seen.before.h.map((v) => v.toFixed(1)),
    ["0.0", "0.3"],
  );
  assert.deepEqual(seen.values.x, [1, 3], "an input belongs to no unit");
  assert.deepEqual(seen.values.p, [7, 8], "a shorter state has its last");
  assert.deepEqual([seen.arithmetic, seen.slopes], [{}, {}]);
  assert.ok(!("a_f" in seen.values), "what has no strip is not known yet either");
});

test("only a value longer than one is a strip", () => {
  assert.deepEqual([...stripAt(series, { name: "x" }, 1)], [3, 4]);
  assert.equal(stripAt(series, { name: "p" }, 0), null);
  assert.equal(stripAt(series, { name: "nothing" }, 0), null);
  assert.equal(stripAt({}, { name: "h" }, 0), null);
  assert.equal(stripAt(series, { name: "h", before: true }, 1)[1].toFixed(1), "0.2");
  assert.deepEqual([countOf(series), countOf({})], [3, 1]);
  assert.deepEqual([decimalsOf(series), decimalsOf({})], [2, 3]);
});

test("up to sixteen units are all drawn; of more, sixteen around the selected one", () => {
  assert.deepEqual(windowOf(8, 3), [0, 8]);
  assert.deepEqual(windowOf(16, 15), [0, 16]);
  for (let unit = 0; unit < 64; unit += 1) {
    const [first, last] = windowOf(64, unit);
    assert.equal(last - first, MOST);
    assert.ok(first >= 0 && last <= 64 && first <= unit && unit < last);
  }
  assert.deepEqual(windowOf(64, 30), [22, 38]);
});

test("a pointer finds the cell it is over, in a window too", () => {
  assert.equal(cellAt(0, 8, 3, false), 0);
  assert.equal(cellAt(9.5 * 4 + 1, 8, 3, false), 4);
  assert.equal(cellAt(-1, 8, 3, false), null);
  assert.equal(cellAt(9.5 * 8, 8, 3, false), null);
  assert.equal(cellAt(pitchOf(64, false) * 3 + 1, 64, 30, false), 25);
});

test("an entry is called by its row and column from 1, and is what the reader made of it", () => {
  const parameters = { U_f: packed([2, 2], 1, 2, 3, 4), b_f: packed([2], 5, 6) };
  assert.equal(nameOf({ parameter: "U_f", row: 3, column: 5 }), "U_f.4.6");
  assert.equal(nameOf({ parameter: "b_f", row: 3, column: null }), "b_f.4");
  assert.deepEqual(
    [matrixOf(parameters.U_f).rows, matrixOf(parameters.U_f).columns, matrixOf(parameters.U_f).vector],
    [2, 2, false],
  );
  assert.deepEqual(
    [matrixOf(parameters.b_f).rows, matrixOf(parameters.b_f).columns, matrixOf(parameters.b_f).vector],
    [2, 1, true],
  );
  assert.equal(valueOf(parameters, {}, { parameter: "U_f", row: 1, column: 0 }), 3);
  assert.equal(valueOf(parameters, { "U_f.2.1": -7 }, { parameter: "U_f", row: 1, column: 0 }), -7);
  assert.equal(valueOf(parameters, {}, { parameter: "b_f", row: 1, column: null }), 6);
});
