import assert from "node:assert/strict";
import { test } from "node:test";
import { chainText } from "../../app/stage/backward/text.js";
import { known, partState } from "../../app/stage/diagram/states.js";
import { facetsOf, ownView } from "../../app/stage/facets.js";
import { GRADIENTS, loudness, short } from "../../app/stage/notation.js";
import { shown } from "../../app/stage/timeline.js";

const VIEW = /** @type {any} */ ({ step: 2, stage: 3, stages: 6, progress: 1, backward: true, everything: false, reached: [2, 3], handover: null });

test("a tiny number is written by its power of ten", () => {
  assert.deepEqual([0, 0.0123, -0.0005, 0.00049, -1.2e-7, 1234, Infinity, -Infinity].map((v) => short(v)),
    ["0.000", "0.012", "−0.001", "4.9·10⁻⁴", "−1.2·10⁻⁷", "1.2·10³", "∞", "−∞"]);
});

test("colour and width follow the power of ten between a millionth and ten", () => {
  assert.deepEqual([0, 1e-9, 10, 1e5].map(loudness), [0, 0.04, 1, 1]);
  assert.ok(Math.abs(loudness(10 ** -2.5) - 0.5) < 1e-12);
  assert.equal(GRADIENTS.tone(-10), -1);
});

test("backward a day is revealed from its last stage to its first, and then what it was given", () => {
  assert.deepEqual([6, 5, 4, 3, 1, 0].map((stage) => known(stage, VIEW)), [true, true, true, false, false, false]);
  assert.deepEqual([6, 4, 1, 0].map((stage) => known(stage, { ...VIEW, progress: 0 })), [true, false, false, false]);
  assert.equal(known(0, { ...VIEW, stage: 0 }), true);
  assert.deepEqual([[0, 3], [5, 2], [3, 2], [2, 2], [-1, 2], [5, 1]].map(([stage, step]) => shown(stage, step, VIEW)), [true, true, true, false, false, false]);
  assert.equal(shown(-1, 2, { ...VIEW, reached: [2, 0] }), true);
  const state = partState(/** @type {any} */ ({ stages: Array.from({ length: 6 }, () => ({ own: [], relit: [] })) }), VIEW);
  assert.deepEqual([6, 2].map((stage) => state({ id: "", stage })), ["done", "later"]);
});

test("backward a cell with fewer stages starts its day with the others and rests at its first", () => {
  const facet = /** @type {any} */ ({ layout: { stages: [0, 1] }, series: [{ values: { h: [0, 0, 0] } }] });
  assert.deepEqual([5, 4, 3].map((stage) => ownView(facet, 0, { ...VIEW, stage }).stage), [1, 0, 0]);
});

test("a facet of a run played backward has the gradients for values", () => {
  const series = { cell: "rnn", values: { h: [1] }, before: { h: [0] }, units: {}, gradients: { values: { h: [7] }, before: { h: [8] } } };
  const scene = /** @type {any} */ ({ series: [series], controls: { weights: {} }, cells: { rnn: { layout: { cell: "rnn" }, words: {} } } });
  const [forth] = facetsOf(scene, false), [back] = facetsOf(scene, true);
  assert.deepEqual([forth.series[0].values.h, back.series[0].values.h, back.series[0].before.h], [[1], [7], [8]]);
  assert.equal(back.series[0].units, undefined);
});

test("a tip tells the chain rule in letters and in numbers", () => {
  const local = (/** @type {object} */ of) => ({ before: false, function: null, inner: null, kind: "value", ...of });
  const links = [
    { to: "h", later: false, upstream: [0.5, 1], local: [local({ name: "o", numbers: [0.25, 0.5] }), local({ kind: "slope", name: "", function: "tanh", inner: "c", numbers: [1, 0.5] })], matrix: null, product: [0.125, 0.25] },
    { to: "c", later: true, upstream: [-0.5, 0], local: [local({ name: "f", numbers: [-0.5, 0] })], matrix: null, product: [0.25, 0] },
  ];
  const series = /** @type {any} */ ({ gradients: { loss: [0, 0], chain: { c: links } } });
  assert.deepEqual(chainText(series, "c", 0, "loss"), ["∂L/∂c₁ = ∂L/∂h₁·o₁·tanh′(c₁) + ∂L/∂c₂·f₂", "= 0.5000·0.2500·1.0000 + (−0.5000·(−0.5000))"]);
  assert.deepEqual(chainText(series, "c", 1, "loss"), ["∂L/∂c₂ = ∂L/∂h₂·o₂·tanh′(c₂)", "= 1.0000·0.5000·0.5000"]);
  assert.deepEqual(chainText(series, "q", 0, "loss"), []);
});
