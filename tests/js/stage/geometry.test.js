import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arrowhead,
  beside,
  bus,
  inside,
  lengthOf,
  pathData,
  roundedShare,
  route,
  shared,
  shareAt,
  shortened,
  strands,
  taps,
} from "../../../app/stage/diagram/geometry.js";

const RIBBON = [
  [150, 381],
  [300, 381],
  [300, 326],
];

test("a ribbon is two concentric strands, five to each side of its route", () => {
  const [left, right] = strands(RIBBON);
  assert.deepEqual(left, {
    points: [
      [150, 376],
      [295, 376],
      [295, 326],
    ],
    radii: [9],
  });
  assert.deepEqual(right, {
    points: [
      [150, 386],
      [305, 386],
      [305, 326],
    ],
    radii: [19],
  });
});

test("a strand on the outside of one corner is inside the next", () => {
  const { radii } = beside(
    [
      [24, 405],
      [24, 366],
      [60, 366],
      [60, 312],
    ],
    5,
  );
  assert.deepEqual(radii, [19, 9]);
});

test("corners are arcs that start and end a radius away", () => {
  assert.equal(
    pathData(
      route([
        [0, 0],
        [100, 0],
        [100, 80],
      ]),
    ),
    "M0 0L86 0A14 14 0 0 1 100 14L100 80",
  );
  assert.equal(
    pathData(
      route([
        [0, 0],
        [100, 0],
        [100, -80],
      ]),
    ),
    "M0 0L86 0A14 14 0 0 0 100 -14L100 -80",
  );
});

test("an arrowhead's tip touches the end of its route", () => {
  assert.equal(
    arrowhead(
      [
        [188, 270],
        [188, 79],
      ],
      [9.5, 10],
    ),
    "M188 79L183 88.5L193 88.5Z",
  );
});

test("a wire is trimmed to the edge of the value it starts at, and only there", () => {
  const box = { at: [44, 64], width: 82, height: 24 };
  assert.equal(inside([44, 64], [173, 64], box), 41);
  assert.equal(inside([44, 64], [44, 20], box), 12);
  assert.equal(inside([173, 64], [44, 64], box), 0);
  assert.deepEqual(
    shortened(
      route([
        [44, 64],
        [173, 64],
      ]),
      41,
      10,
    ).points,
    [
      [85, 64],
      [163, 64],
    ],
  );
});

test("the longest ribbon is the bus; the others tap it", () => {
  const ribbons = [
    { id: "near", points: RIBBON },
    {
      id: "far",
      points: [
        [150, 381],
        [524, 381],
        [524, 326],
      ],
    },
  ];
  const { trunk, taps: branches } = bus(ribbons);
  assert.equal(trunk.id, "far");
  assert.deepEqual(
    branches.map(({ id }) => id),
    ["near"],
  );
  assert.equal(bus([]), null);
});

test("a tap stands on its strand, and the right one passes over the left strand's bus", () => {
  const { left, right, gap } = taps(RIBBON);
  assert.deepEqual(left, [
    [295, 376],
    [295, 326],
  ]);
  assert.deepEqual(right, [
    [305, 386],
    [305, 326],
  ]);
  assert.deepEqual(gap, [
    [305, 381],
    [305, 371],
  ]);
  assert.deepEqual(shared(RIBBON)[0], {
    points: [
      [150, 376],
      [295, 376],
    ],
    radii: [],
  });
});

test("a place on a route is a share of its length", () => {
  const points = [
    [300, 270],
    [300, 192],
    [397, 192],
  ];
  assert.equal(lengthOf(points), 175);
  assert.ok(Math.abs(shareAt(points, [300, 237]) - 33 / 175) < 1e-9);
  assert.equal(shareAt(points, [0, 0]), 0);
  assert.ok(Math.abs(roundedShare(points, 0) - 0) < 1e-9);
  assert.ok(Math.abs(roundedShare(points, 1) - 1) < 1e-9);
});
