import assert from "node:assert/strict";
import test from "node:test";
import { matrixOf, nameOf, valueOf, withWeights } from "../../../app/stage/state/entries.js";
import { countOf, decimalsOf, pictured, stripAt, stripOf } from "../../../app/stage/state/strips.js";
import { blocksOf } from "../../../app/stage/vector/dot.js";
import { shadeOf } from "../../../app/components/base/heat.js";
import { cellAt, MOST, pitchOf, windowOf } from "../../../app/stage/vector/window.js";

const array = (shape, ...numbers) => ({ shape, numbers: Float64Array.from(numbers) });

const strips = {
  h: array([2, 3], 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
  x: array([2, 2], 1, 2, 3, 4),
  p: array([2, 1], 7, 8),
};
const series = {
  key: "A",
  units: { count: 3, strips, before: { h: array([2, 3], 0, 0, 0, 0.1, 0.2, 0.3) } },
};

test("a strip is read step by step", () => {
  const strip = stripOf(strips.h);
  assert.deepEqual([strip.steps, strip.length], [2, 3]);
  assert.deepEqual([...strip.at(1)], [0.4, 0.5, 0.6]);
});

test("only a value longer than one is a strip", () => {
  assert.deepEqual([...stripAt(series, { name: "x" }, 1)], [3, 4]);
  assert.equal(stripAt(series, { name: "p" }, 0), null);
  assert.equal(stripAt(series, { name: "nothing" }, 0), null);
  assert.equal(stripAt({}, { name: "h" }, 0), null);
  assert.equal(stripAt(series, { name: "h", before: true }, 1)[1].toFixed(1), "0.2");
  assert.deepEqual([countOf(series), countOf({}), countOf(series, "h"), countOf(series, "p")], [3, 1, 3, 1]);
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

test("an entry is called by its row and column from 1", () => {
  const parameters = { U_f: array([2, 2], 1, 2, 3, 4), b_f: array([2], 5, 6) };
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
  assert.equal(valueOf(parameters, { parameter: "U_f", row: 1, column: 0 }), 3);
  assert.equal(valueOf(parameters, { parameter: "b_f", row: 1, column: null }), 6);
});

test("chosen weights are put into the parameters, whole or by entry, and another cell's are left out", () => {
  const parameters = { U_f: array([2, 2], 1, 2, 3, 4), b_f: array([2], 5, 6), W_f: array([1, 1], 7) };
  const moved = withWeights(parameters, { "U_f.2.1": -3, "b_f.2": -6, W_f: -7, "U_q.1.1": 9, b_q: 9 });
  const numbers = Object.values(moved).map((one) => [...one.numbers]);
  assert.deepEqual(numbers, [[1, 2, -3, 4], [5, -6], [-7]]);
  assert.deepEqual([...parameters.U_f.numbers], [1, 2, 3, 4], "and the cell keeps its own");
});

test("the rows of weights of a value are its own and those of what no stage makes", () => {
  const dot = (name) => ({ sum: [1], row: [1, 2], reads: [{ name }], products: {} }),
    plain = { factors: [], inner: [], product: [7] };
  const facet = {
    layout: { stages: [{ value: "r" }, { value: "n" }] },
    formulas: {
      n: {
        terms: [{ factors: [{ parameter: "W_n" }, { value: "x" }] }, { factors: [{ value: "r" }, { value: "Uh" }] }],
      },
    },
  };
  const arithmetic = {
    r: { terms: [dot("h")], total: [0] },
    n: { terms: [plain, plain], total: [1] },
    Uh: { terms: [dot("h"), plain], total: [8] },
  };
  const blocks = blocksOf(facet, { arithmetic }, "n");
  assert.deepEqual(
    blocks.map(({ owner, rest, total }) => [owner, rest, total]),
    [["Uh", [[7]], [8]]],
  );
});

test("a map has as many shades either side of zero, clipped at one", () => {
  assert.deepEqual([-9, -1, 0, 1, 9].map(shadeOf), [0, 0, 128, 256, 256]);
  assert.ok(shadeOf(0.2) > 128 && shadeOf(-0.2) < 128);
});

test("a compact picture has the selected unit's numbers, and every input", () => {
  const strips = {
    x: { shape: [2, 3], numbers: new Float64Array(6) },
    f: { shape: [2, 4], numbers: new Float64Array(8) },
  };
  const facet = { compact: true, series: [{ key: "x", units: { count: 4, strips, before: strips } }] };
  const shown = pictured(facet);
  assert.deepEqual(shown.series[0].units, { count: 4, strips: { x: strips.x }, before: {} });
  assert.equal(stripAt(shown.series[0], { name: "f" }, 0), null);
  assert.equal(stripAt(shown.series[0], { name: "x" }, 0)?.length, 3);
  assert.equal(pictured(facet), shown); // the picture is drawn anew for another facet alone
  const plain = { series: facet.series };
  assert.equal(pictured(plain), plain);
});
