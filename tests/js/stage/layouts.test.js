import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { bus, crossings } from "../../../app/stage/diagram/geometry.js";
import { journeys } from "../../../app/stage/diagram/motion.js";
import { keyOf } from "../../../app/stage/state/visibility.js";
import { groupsOf } from "../../../app/stage/state/weights.js";

/** @param {string} name */
const layoutOf = async (name) =>
  JSON.parse(await readFile(new URL(`../../../app/stage/layouts/${name}.json`, import.meta.url), "utf8"));
const [lstm, gru, rnn, sheet] = await Promise.all(["lstm", "gru", "rnn", "cheat_sheet"].map(layoutOf));

for (const size of ["wide", "narrow"]) {
  test(`in the ${size} GRU the strands run on past the gates, so every ribbon is a pair of taps`, () => {
    const ribbons = gru[size].wires.filter(({ kind }) => kind === "ribbon");
    const others = gru[size].wires.filter(({ kind }) => kind !== "ribbon");
    assert.equal(bus(ribbons, others).trunk, null);
    assert.equal(bus(ribbons, others).taps.length, 2);
    const gates = lstm[size].wires.filter(({ kind }) => kind === "ribbon");
    assert.equal(bus(gates, lstm[size].wires).trunk.id, "ro");
  });

  test(`in the ${size} cheat sheet the bus is used to the last gate that has read it, however long its riser`, () => {
    const ribbons = sheet[size].wires.filter(({ kind }) => kind === "ribbon");
    const done = ["rf", "ri", "rr", "ro"].map(
      (_, k, all) => bus(ribbons.filter(({ id }) => all.slice(0, k + 1).includes(id))).trunk.id,
    );
    assert.deepEqual(done, ["rf", "ri", "rr", "ro"]);
  });

  test(`in the ${size} GRU yesterday's state travels down from the belt`, () => {
    const keys = journeys(gru, gru[size], 0).map(({ value }) => keyOf(value));
    assert.deepEqual(keys.sort(), ["h-before", "x"]);
  });

  test(`no wire of the ${size} LSTM, GRU or RNN crosses another`, () => {
    for (const layout of [lstm, gru, rnn])
      for (const wire of layout[size].wires)
        assert.deepEqual(
          crossings(
            wire,
            layout[size].wires.filter(({ kind }) => kind !== "ribbon"),
          ),
          [],
        );
  });
}

test("a level wire passes over an upright one, and only there", () => {
  const level = {
      points: [
        [0, 10],
        [100, 10],
      ],
    },
    upright = {
      points: [
        [50, 0],
        [50, 40],
      ],
    };
  assert.deepEqual(crossings(level, [upright]), [
    [
      [45, 10],
      [55, 10],
    ],
  ]);
  assert.deepEqual(crossings(upright, [level]), []);
  assert.deepEqual(
    crossings(level, [
      {
        points: [
          [50, 10],
          [50, 40],
        ],
      },
    ]),
    [],
  );
});

/** A term of some factors. */
const term = (...factors) => ({ sign: 1, factors });

test("a weight has one slider, where it is first used, in the order U W b d", () => {
  const formulas = {
    r: { function: "sigmoid", terms: [term({ parameter: "U_r" }, { value: "h", before: true })] },
    z: { function: "sigmoid", terms: [term({ parameter: "b_z" })] },
    n: {
      function: "tanh",
      terms: [
        term({ parameter: "W_n" }, { value: "x" }),
        term({ parameter: "b_n" }),
        term({ value: "r" }, { value: "Uh" }),
      ],
    },
    Uh: {
      function: null,
      terms: [term({ parameter: "U_n" }, { value: "h", before: true }), term({ parameter: "d_n" })],
    },
    h: { function: null, terms: [term({ value: "z" }, { value: "h", before: true }), term({ value: "n" })] },
  };
  const groups = groupsOf(gru, { formulas });
  assert.deepEqual(
    groups.map(({ value, parameters }) => [value, parameters.map(({ name }) => name)]),
    [
      ["r", ["U_r"]],
      ["z", ["b_z"]],
      ["n", ["U_n", "W_n", "b_n", "d_n"]],
    ],
  );
  const sum = [term({ parameter: "U_h" }, { value: "h", before: true }), term({ parameter: "b_h" })];
  const mixed = groupsOf(rnn, { formulas: { a: { function: null, terms: sum }, h: { function: "tanh", terms: sum } } });
  assert.deepEqual(
    mixed.map(({ value }) => value),
    ["a"],
  );
});

test("weights of several layers that one value is made of are listed each with its own layer", () => {
  const sum = (/** @type {string} */ letter) => [
    term({ parameter: `U_${letter}` }, { value: "h", before: true }),
    term({ parameter: `b_${letter}` }),
  ];
  const formulas = {
    m: { function: null, terms: [term({ value: "a_f" }), term({ value: "a_i" })] },
    a_f: { function: null, terms: sum("f") },
    a_i: { function: null, terms: sum("i") },
    i: { function: "exp", terms: [term({ value: "a_i" }), term({ value: "m" })] },
    f: { function: "exp", terms: [term({ value: "a_f" }), term({ value: "m" })] },
  };
  const stages = ["m", "i", "f"].map((value) => ({ value, role: value }));
  assert.deepEqual(
    groupsOf({ stages }, { formulas }).map(({ value, parameters }) => [value, parameters.map(({ name }) => name)]),
    [
      ["i", ["U_i", "b_i"]],
      ["f", ["U_f", "b_f"]],
    ],
  );
});
