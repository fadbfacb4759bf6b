import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { strength } from "../../../app/components/base/heat.js";
import { fill } from "../../../app/stage/colour.js";
import { cubicBezier, pointOn, through } from "../../../app/stage/state/easing.js";
import { feedsOf } from "../../../app/stage/diagram/gate_inputs.js";
import { carries, dotAt, journeys } from "../../../app/stage/diagram/motion.js";
import { known, keyOf, partState, valueState } from "../../../app/stage/state/visibility.js";
import { fixed } from "../../../app/components/base/format.js";

const layout = JSON.parse(await readFile(new URL("../../../app/stage/layouts/lstm.json", import.meta.url), "utf8"));
const view = {
  step: 2,
  stage: 1,
  progress: 1,
  handover: null,
  playing: false,
  still: false,
  everything: false,
  hover: null,
  reached: [-1, -1],
};

test("a stage lights what it draws and what it reads", () => {
  const stateOf = partState(layout, view);
  assert.equal(stateOf({ id: "ri", stage: 2 }), "active");
  assert.equal(stateOf({ id: "h", stage: 0 }), "active");
  assert.equal(stateOf({ id: "f", stage: 1 }), "done");
  assert.equal(stateOf({ id: "ro", stage: 5 }), "later");
});

test("a value is known once its stage has revealed it, or when it was reached before", () => {
  assert.equal(known(2, { ...view, progress: 0.6 }), false);
  assert.equal(known(2, { ...view, progress: 0.61 }), true);
  assert.equal(known(5, view), false);
  assert.equal(known(5, { ...view, everything: true }), true);
  assert.equal(known(5, { ...view, reached: [2, 4] }), true);
  assert.equal(known(6, { ...view, reached: [2, 4] }), false);
  assert.equal(known(6, { ...view, reached: [3, 0] }), true);
  assert.equal(known(0, { ...view, progress: 0 }), true);
  assert.deepEqual(
    [1, 2, 3].map((stage) => valueState({ stage }, view)),
    ["done", "active", "later"],
  );
});

for (const size of ["wide", "narrow"]) {
  test(`the ${size} layout hangs together`, () => {
    const geometry = layout[size];
    const ids = [...geometry.nodes, ...geometry.wires].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { own, relit, value, token } of layout.stages) {
      for (const id of [...own, ...relit]) assert.ok(ids.includes(id), id);
      assert.ok(
        geometry.values.some((one) => keyOf(one) === value),
        value,
      );
      if (token) assert.ok(ids.includes(token.wire), token.wire);
    }
    for (const { wire } of geometry.values) assert.ok(ids.includes(wire), wire);
    assert.deepEqual(
      geometry.badges.map(({ stage }) => stage),
      [1, 2, 3, 4, 5, 6],
    );
  });

  test(`in the ${size} layout a gate's inputs travel from their values to the gate`, () => {
    const routes = journeys(layout, layout[size], 0);
    assert.deepEqual(routes.map(({ value }) => keyOf(value)).sort(), ["h-before", "x"]);
    const gate = layout[size].nodes.find(({ id }) => id === "gate-f");
    for (const { line, value } of routes) {
      assert.deepEqual(line.points[0], value.at);
      assert.ok(Math.abs(line.points.at(-1)[0] - gate.x) === 5);
      assert.equal(line.radii.length, line.points.length - 2);
    }
  });
}

test("the cell state travels on to tanh in the last stage", () => {
  const names = journeys(layout, layout.wide, 5).map(({ value }) => value.name);
  assert.deepEqual(names.sort(), ["c", "o"]);
});

test("a short wire carries no token", () => {
  assert.equal(carries(layout.wide.wires.find(({ id }) => id === "c3")), true);
  assert.equal(carries(layout.narrow.wires.find(({ id }) => id === "c3")), false);
});

test("a gate's weights come from its formula", () => {
  const scene = {
    controls: { weights: { U: 2, W: -1.65, b: -0.5 } },
    formulas: {
      f: {
        terms: [
          { sign: 1, factors: [{ parameter: "U" }, { value: "h", before: true }] },
          { sign: -1, factors: [{ parameter: "W" }, { value: "x" }] },
          { sign: 1, factors: [{ parameter: "b" }] },
        ],
      },
    },
  };
  const { inputs, bias } = feedsOf(scene, layout, "f", { values: { x: [0.25] }, before: { h: [-0.1] } }, 0);
  assert.deepEqual(
    inputs.map(({ role, weight, number }) => [role, weight, number]),
    [
      ["h", 2, -0.1],
      ["x", 1.65, 0.25],
    ],
  );
  assert.equal(bias, -0.5);
});

test("numbers carry a true minus and no negative zero", () => {
  assert.equal(fixed(-0.0965, 3), "−0.097");
  assert.equal(fixed(-0.0001, 3), "0.000");
  assert.equal(fixed(-20, 3), "−20.000");
});

test("fills follow the diverging scale, clipped at one", () => {
  assert.equal(strength(0), 0);
  assert.equal(strength(-3), 1);
  assert.equal(fill(-1), "color-mix(in oklab, var(--gw-value-neg) 100.0%, var(--gw-value-zero))");
  assert.equal(fill(0.25), "color-mix(in oklab, var(--gw-value-pos) 30.8%, var(--gw-value-zero))");
});

test("easings start at 0, end at 1 and rise", () => {
  const ease = cubicBezier(0.45, 0, 0.25, 1);
  assert.equal(ease(0), 0);
  assert.equal(ease(1), 1);
  const steps = [0.1, 0.3, 0.5, 0.7, 0.9].map(ease);
  assert.deepEqual(
    steps,
    [...steps].sort((a, b) => a - b),
  );
  assert.ok(Math.abs(cubicBezier(0.25, 0.25, 0.75, 0.75)(0.3) - 0.3) < 1e-4);
  assert.equal(through(0.5, [0.39, 0.61]), 0.5);
});

test("the dot follows the curve and ends at today's point", () => {
  const curve = [
    [-6, 0],
    [0, 0.5],
    [6, 1],
  ];
  assert.deepEqual(pointOn(curve, 3), [3, 0.75]);
  assert.deepEqual(dotAt(curve, [3, 0.74], 1, false), [3, 0.74]);
  assert.deepEqual(dotAt(curve, [3, 0.74], 0.39, false), [0, 0.5]);
  assert.deepEqual(dotAt(curve, [3, 0.74], 0, true), [3, 0.74]);
});
