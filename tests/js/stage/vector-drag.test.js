import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";
import { createControls } from "../../../app/stage/state/pending_controls.js";
import { inflated } from "../../../app/stage/state/drag_frames.js";
import { blocksOf } from "../../../app/stage/vector/dot.js";
import { shadeOf } from "../../../app/stage/vector/heat.js";
import { stripOf } from "../../../app/stage/state/strips.js";

const base64 = (bytes) =>
  Buffer.from(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength).toString("base64");
const packed = (numbers) => base64(deflateSync(Buffer.from(numbers.buffer)));

// Two places, two steps, two units: h moves, x stays; the state enters one step late.
const sent = {
  parameter: "U_h.1.2",
  values: [-1, 1],
  series: [
    {
      steps: 2,
      still: [[0.5, 0.25]],
      moving: base64(new Float32Array([0.1, 0.2, 0.3, 0.4])),
      strips: [
        { in: "fills", shape: [2, 2], first: 0, each: 4 },
        { in: "prints", shape: [2, 1], first: 0, each: 0 },
        { in: "prints", shape: [1, 2], first: 2, each: 2 },
      ],
      fills: packed(new Int8Array([10, -20, 30, -40, 50, -60, 70, -80])),
      prints: packed(new Int16Array([50, 300, -100, 150, 100, 150])),
      pattern: {
        values: { h: 0, x: -1 },
        before: { h: { lag: 0, start: 0 } },
        arithmetic: {
          h: {
            terms: [
              { sum: 0, row: { list: { strip: 2 } }, inputs: { name: "h", before: true }, products: { strip: 0 } },
            ],
            total: 0,
            result: 0,
          },
        },
        units: { strips: { h: { strip: 0 }, x: { strip: 1 } }, before: { h: { lag: { strip: 0 }, start: [0, 0.07] } } },
      },
    },
  ],
};
const scene = {
  controls: { weights: { "U_h.1.2": 0.3 } },
  series: [{ key: "A", name: "a", cell: "rnn", units: { count: 2, selected: 1, strips: {}, before: {} } }],
};
const about = (numbers) => [...numbers].map((one) => one.toFixed(2));

test("a frame's strips are those of its place, and a state's are one step behind", async () => {
  const frames = await inflated(sent);
  const low = frames.scene(scene, 0).series[0],
    high = frames.scene(scene, 1).series[0];
  assert.deepEqual(about(stripOf(low.units.strips.h).at(1)), ["0.30", "-0.40"]);
  assert.deepEqual(about(stripOf(high.units.strips.h).at(1)), ["0.70", "-0.80"]);
  assert.deepEqual(about(stripOf(high.units.before.h).at(0)), ["0.00", "0.07"]);
  assert.deepEqual(about(stripOf(high.units.before.h).at(1)), ["0.50", "-0.60"]);
  assert.deepEqual(about(stripOf(high.units.strips.x).of(0)), ["0.50", "3.00"], "what does not move is sent once");
  assert.deepEqual(stripOf(high.units.strips.x), stripOf(high.units.strips.x));
});

test("a frame keeps which unit it is of, and its weights are those of its place", async () => {
  const frames = await inflated(sent);
  const [one] = frames.scene(scene, 1).series;
  assert.deepEqual([one.key, one.units.count, one.units.selected], ["A", 2, 1]);
  assert.deepEqual(frames.scene(scene, 1).controls.weights, { "U_h.1.2": 1 });
  assert.deepEqual(frames.scene(scene, 0).series[0].arithmetic.h.terms[0].row, [-1, 1.5]);
  assert.deepEqual(one.arithmetic.h.terms[0].row, [1, 1.5]);
  assert.deepEqual(one.arithmetic.h.terms[0].inputs, { name: "h", before: true });
});

test("the rows of weights of a value are its own and those of what no stage makes", () => {
  const dot = (name) => ({ sum: [1], row: [1, 2], inputs: { name }, products: {} }),
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

test("a weight that is null is again what it was", () => {
  const sendings = [];
  const controls = createControls({ weights: { "U_f.1.1": 2, b: 1 }, days: {}, show: [] }, (value) =>
    sendings.push(value),
  );
  controls.commit({ weights: { "U_f.1.1": null, "U_f.1.2": 3 } });
  assert.deepEqual(controls.now().weights, { b: 1, "U_f.1.2": 3 });
  assert.deepEqual(sendings[0].weights, { b: 1, "U_f.1.2": 3 });
  controls.destroy();
});

test("a map has as many shades either side of zero, clipped at one", () => {
  assert.deepEqual([-9, -1, 0, 1, 9].map(shadeOf), [0, 0, 128, 256, 256]);
  assert.ok(shadeOf(0.2) > 128 && shadeOf(-0.2) < 128);
});
