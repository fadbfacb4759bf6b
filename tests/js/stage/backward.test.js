import assert from "node:assert/strict";
import { test } from "node:test";
import { chainText } from "../../../app/stage/backward/text.js";
import { createCovers } from "../../../app/stage/state/covers.js";
import { masked } from "../../../app/stage/state/mask.js";
import { known, partState, shown } from "../../../app/stage/state/visibility.js";
import { facetsOf, ownView } from "../../../app/stage/state/facets.js";
import { GRADIENTS, strokeScale, short } from "../../../app/stage/state/notation.js";

const VIEW = /** @type {any} */ ({
  step: 2,
  stage: 3,
  stages: 6,
  progress: 1,
  backward: true,
  everything: false,
  reached: [2, 3],
  handover: null,
});

test("a tiny number is written by its power of ten", () => {
  assert.deepEqual(
    [0, 0.0123, -0.0005, 0.00049, -1.2e-7, 1234, Infinity, -Infinity].map((v) => short(v)),
    ["0.000", "0.012", "−0.001", "4.9×10⁻⁴", "−1.2×10⁻⁷", "1.2×10³", "∞", "−∞"],
  );
});

test("colour and width follow the power of ten between a millionth and ten", () => {
  assert.deepEqual([0, 1e-9, 10, 1e5].map(strokeScale), [0, 0.04, 1, 1]);
  assert.ok(Math.abs(strokeScale(10 ** -2.5) - 0.5) < 1e-12);
  assert.equal(GRADIENTS.tone(-10), -1);
});

test("backward a day is revealed from its last stage to its first, and then what it was given", () => {
  assert.deepEqual(
    [6, 5, 4, 3, 1, 0].map((stage) => known(stage, VIEW)),
    [true, true, true, false, false, false],
  );
  assert.deepEqual(
    [6, 4, 1, 0].map((stage) => known(stage, { ...VIEW, progress: 0 })),
    [true, false, false, false],
  );
  assert.equal(known(0, { ...VIEW, stage: 0 }), true);
  assert.deepEqual(
    [
      [0, 3],
      [5, 2],
      [3, 2],
      [2, 2],
      [-1, 2],
      [5, 1],
    ].map(([stage, step]) => shown(stage, step, VIEW)),
    [true, true, true, false, false, false],
  );
  assert.equal(shown(-1, 2, { ...VIEW, reached: [2, 0] }), true);
  const state = partState(
    /** @type {any} */ ({ stages: Array.from({ length: 6 }, () => ({ own: [], relit: [] })) }),
    VIEW,
  );
  assert.deepEqual(
    [6, 2].map((stage) => state({ id: "", stage })),
    ["done", "later"],
  );
});

test("backward a cell with fewer stages starts its day with the others and rests at its first", () => {
  const facet = /** @type {any} */ ({ layout: { stages: [0, 1] }, series: [{ values: { h: [0, 0, 0] } }] });
  assert.deepEqual(
    [5, 4, 3].map((stage) => ownView(facet, 0, { ...VIEW, stage }).stage),
    [1, 0, 0],
  );
});

test("a facet of a run played backward has the gradients for values", () => {
  const series = {
    cell: "rnn",
    parameters: {},
    values: { h: [1] },
    before: { h: [0] },
    units: {},
    gradients: { values: { h: [7] }, before: { h: [8] } },
  };
  const scene = /** @type {any} */ ({
    series: [series],
    controls: { weights: {} },
    cells: { rnn: { layout: { cell: "rnn" }, words: {}, sizes: { D: 1, H: 1 }, parameters: {} } },
  });
  const [forth] = facetsOf(scene, false),
    [back] = facetsOf(scene, true);
  assert.deepEqual([forth.series[0].values.h, back.series[0].values.h, back.series[0].before.h], [[1], [7], [8]]);
  assert.equal(back.series[0].units, undefined);
});

test("a tip tells the chain rule in letters and in numbers", () => {
  const local = (/** @type {object} */ of) => ({ before: false, function: null, inner: null, kind: "value", ...of });
  const links = [
    {
      to: "h",
      later: false,
      upstream: [0.5, 1],
      local: [
        local({ name: "o", numbers: [0.25, 0.5] }),
        local({ kind: "slope", name: "", function: "tanh", inner: "c", numbers: [1, 0.5] }),
      ],
      matrix: null,
      product: [0.125, 0.25],
    },
    {
      to: "c",
      later: true,
      upstream: [-0.5, 0],
      local: [local({ name: "f", numbers: [-0.5, 0] })],
      matrix: null,
      product: [0.25, 0],
    },
  ];
  const series = /** @type {any} */ ({ gradients: { loss: [0, 0], chain: { c: links } } });
  assert.deepEqual(chainText(series, "c", 0, "loss"), [
    "∂L/∂c₁ = ∂L/∂h₁ · o₁ · (1 − tanh² c₁) + ∂L/∂c₂ · f₂",
    "= 0.5000 · 0.2500 · 1.0000 + (−0.5000) · (−0.5000)",
  ]);
  assert.deepEqual(chainText(series, "c", 1, "loss"), [
    "∂L/∂c₂ = ∂L/∂h₂ · o₂ · (1 − tanh² c₂)",
    "= 1.0000 · 0.5000 · 0.5000",
  ]);
  assert.deepEqual(chainText(series, "q", 0, "loss"), []);
});

test("slopes are written by what they are, and the loss by its own", () => {
  const letters = (/** @type {object} */ local) => {
    const link = {
      to: "h",
      later: false,
      upstream: [1],
      local: [{ before: false, function: null, inner: null, kind: "value", name: "", numbers: [1], ...local }],
      matrix: null,
      product: [1],
    };
    return chainText(/** @type {any} */ ({ gradients: { loss: [0], chain: { c: [link] } } }), "c", 0, "loss")[0].split(
      " · ",
    )[1];
  };
  assert.equal(letters({ kind: "slope", name: "f", function: "sigmoid", inner: "a_f" }), "f₁(1 − f₁)");
  assert.equal(letters({ kind: "slope", name: "g", function: "tanh", inner: "a_g" }), "(1 − g₁²)");
  assert.equal(letters({ kind: "slope", name: "f", function: "hard_sigmoid", inner: "a_f" }), "hard_sigmoid′(a_f)");
  assert.equal(letters({ name: "one_minus_z", function: "complement", inner: "z" }), "(1 − z₁)");
  assert.equal(letters({ name: "squash", function: "linear", inner: "c" }), "c₁");
  assert.equal(letters({ name: "squash", function: "tanh", inner: "c" }), "tanh c₁");
  assert.equal(letters({ name: "c", before: true }), "c₀");
  const loss = /** @type {any} */ ({
    forward: { h: [0.25] },
    gradients: {
      loss: [0],
      chain: { h: [{ to: "", later: false, upstream: null, local: [], matrix: null, product: [-1.5] }] },
    },
  });
  assert.deepEqual(chainText(loss, "h", 0, "the loss", 1), ["∂L/∂h₁ = 2 · (h₁ − 1)", "= 2 · (0.2500 − 1)"]);
  assert.deepEqual(chainText(loss, "h", 0, "the loss"), ["∂L/∂h₁ = the loss", "= −1.5000"]);
});

test("a covered value hides its gradient, and its number in the chain rule of others", () => {
  const local = { before: false, function: null, inner: null, kind: "value" };
  const chain = {
    f: [
      {
        to: "c",
        later: false,
        upstream: [5, 6],
        local: [{ ...local, name: "c", before: true, numbers: [7, 8] }],
        matrix: null,
        product: [35, 48],
      },
    ],
    c: [
      {
        to: "c",
        later: true,
        upstream: [6, 0],
        local: [{ ...local, name: "f", numbers: [9, 0] }],
        matrix: null,
        product: [54, 0],
      },
    ],
  };
  const gradients = {
    loss: [1, 1],
    values: { f: [35, 48], c: [54, 0] },
    before: { c: [1, 2] },
    wires: { w: [35, 48], v: [1, 2] },
    chain,
    routes: { state: "c", along: [54, 0], through: [0, 0] },
  };
  const facet = /** @type {any} */ ({
    formulas: {},
    layout: { wide: { values: [{ wire: "w", name: "f" }] } },
    series: [
      {
        key: "A",
        values: gradients.values,
        before: gradients.before,
        arithmetic: {},
        slopes: {},
        gradients,
        forward: { f: [0.1, 0.2], c: [1, 1] },
      },
    ],
  });
  const covers = createCovers();
  covers.cover({ series: "A", name: "f", before: false, step: 1 });
  const [seen] = masked(facet, 0, covers).series,
    told = /** @type {any} */ (seen.gradients);
  assert.deepEqual(
    [seen.values.f, told.values.f, seen.forward?.f],
    [
      [35, NaN],
      [35, NaN],
      [0.1, NaN],
    ],
  );
  assert.deepEqual(told.chain.f[0].product, [35, NaN], "one term alone would tell");
  assert.deepEqual(
    [told.chain.c[0].local[0].numbers, told.chain.c[0].product],
    [
      [NaN, 0],
      [NaN, 0],
    ],
    "read from the day after",
  );
  assert.deepEqual(
    [told.wires.w, told.wires.v],
    [
      [35, NaN],
      [1, 2],
    ],
  );
  assert.deepEqual(chainText(seen, "c", 0, "loss"), ["∂L/∂c₁ = ∂L/∂c₂ · f₂", "= 6.0000 · ?"]);
});
