import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "../../../app/stage/colour.js";
import { createCovers } from "../../../app/stage/state/covers.js";
import { fixed, repr, signed } from "../../../app/components/base/format.js";
import { masked } from "../../../app/stage/state/mask.js";
import { createPins } from "../../../app/stage/state/pins.js";
import { numberAt, refKey, refOf } from "../../../app/stage/state/value_ref.js";

const factor = (value, more = {}) => ({ value, ...more }),
  weight = (parameter) => ({ parameter });
const sum = (...terms) => terms.map((factors) => ({ sign: 1, factors }));
const keep = [factor("f"), factor("c", { before: true })],
  write = [factor("i"), factor("g")];
const layer = sum([weight("U_f"), factor("h", { before: true })], [weight("b_f")]);
const formulas = {
  a_f: { function: null, terms: layer },
  f: { function: "sigmoid", terms: layer },
  keep: { function: null, terms: sum(keep) },
  write: { function: null, terms: sum(write) },
  c: { function: null, terms: sum(keep, write) },
  squash: { function: "tanh", terms: sum([factor("c")]) },
  h: { function: null, terms: sum([factor("o"), factor("c", { function: "tanh" })]) },
};
const at = (name, step) => refOf("A", { name }, step);
const hidden = (covers, names, step) => names.filter((name) => covers.hides(formulas, at(name, step)));
const ALL = ["f", "i", "g", "keep", "write", "c", "squash", "h", "a_f"];

test("a state before a step is the step before's own", () => {
  assert.deepEqual(refOf("A", { name: "c", before: true }, 2), { series: "A", name: "c", before: false, step: 1 });
  assert.deepEqual(refOf("A", { name: "c", before: true }, 0), { series: "A", name: "c", before: true, step: 0 });
  assert.notEqual(refKey(at("c", 0)), refKey(refOf("A", { name: "c", before: true }, 0)));
  const series = { values: { c: [1, 2] }, before: { c: [9, 1] } };
  assert.equal(numberAt(series, refOf("A", { name: "c", before: true }, 0)), 9);
  assert.equal(numberAt(series, refOf("A", { name: "c", before: true }, 1)), 1);
  assert.equal(numberAt(series, at("c", 7)), undefined);
});

test("a cover hides what products and sums would give away, and no more", () => {
  const covers = createCovers();
  assert.equal(covers.any(), false);
  covers.cover(at("f", 1));
  assert.deepEqual(hidden(covers, ALL, 1), ["f", "keep", "c"]);
  assert.deepEqual([hidden(covers, ALL, 0), hidden(covers, ALL, 2)], [[], []]);
  covers.cover(at("c", 0));
  assert.deepEqual(hidden(covers, ALL, 0), ["c"]);
  covers.reveal(at("f", 1));
  assert.deepEqual(hidden(covers, ALL, 1), ["keep", "c"], "yesterday's c is still covered");
  covers.cover(at("h", 0));
  assert.ok(covers.hides(formulas, at("a_f", 1)), "a sum of what is covered, which no pill shows, is not told either");
  assert.equal(
    covers.hides(formulas, { series: "B", name: "c", before: false, step: 0 }),
    false,
    "a cover is of one series",
  );
});

test("a row is covered at every step; one step of it can be revealed, guessed, and covered again", () => {
  const covers = createCovers();
  covers.coverRows([{ series: "A", name: "o" }]);
  assert.ok([0, 1, 9].every((step) => covers.hides(formulas, at("o", step))));
  covers.reveal(at("o", 1), 0.6);
  assert.equal(covers.hides(formulas, at("o", 1)), false);
  assert.equal(covers.guess(at("o", 1)), 0.6);
  assert.equal(covers.guess(at("o", 2)), undefined);
  covers.cover(at("o", 1));
  assert.ok(covers.hides(formulas, at("o", 1)));
  assert.equal(covers.guess(at("o", 1)), undefined);
  const before = covers.version();
  covers.revealAll();
  assert.ok(covers.version() > before && !covers.any());
  assert.equal(covers.hides(formulas, at("o", 0)), false);
});

test("no covered number is left in what the panels see", () => {
  const column = (value) => [value, value];
  const values = {
    f: [0.9, 0.8],
    i: column(0.5),
    g: column(0.25),
    keep: [0, 0.125],
    write: column(0.125),
    c: [0.125, 0.75],
    squash: [0.12, 0.7],
    o: column(0.5),
    h: [0.06, 0.35],
    a_f: column(2),
  };
  const before = { c: [0, 0.125], h: [0, 0.06] };
  const arithmetic = {
    c: {
      terms: [
        { factors: [values.f, before.c], inner: [null, null], product: values.keep },
        { factors: [values.i, values.g], inner: [null, null], product: values.write },
      ],
      total: values.c,
      result: values.c,
    },
    h: {
      terms: [{ factors: [values.o, values.squash], inner: [null, values.c], product: values.h }],
      total: values.h,
      result: values.h,
    },
  };
  const facet = { formulas, series: [{ key: "A", values, before, arithmetic, slopes: {} }] };
  const covers = createCovers();
  assert.equal(masked(facet, 0, covers), facet);
  covers.cover(at("c", 0));
  const [seen] = masked(facet, 0, covers).series;
  assert.ok(Number.isNaN(seen.values.c[0]) && Number.isNaN(seen.before.c[1]) && Number.isNaN(seen.values.keep[1]));
  assert.ok(
    Number.isNaN(seen.arithmetic.c.terms[0].factors[1][1]) &&
      Number.isNaN(seen.arithmetic.c.terms[0].product[1]) &&
      Number.isNaN(seen.arithmetic.c.total[1]),
  );
  assert.ok(Number.isNaN(seen.arithmetic.h.terms[0].inner[1][0]), "tanh's argument");
  assert.equal(
    seen.arithmetic.h.terms[0].factors[1][0],
    0.12,
    "tanh's value has a name of its own, and is not covered",
  );
  assert.equal(seen.arithmetic.c.terms[1].product[1], 0.125);
  covers.revealAll();
  covers.cover(at("squash", 0));
  const [now] = masked(facet, 0, covers).series;
  assert.ok(Number.isNaN(now.arithmetic.h.terms[0].factors[1][0]) && Number.isNaN(now.arithmetic.h.total[0]));
  assert.equal(now.arithmetic.h.terms[0].inner[1][0], 0.125);
  assert.equal(values.c[0], 0.125, "what Python sent stays whole");
});

test("a covered number prints as a question mark, without sign or colour", () => {
  assert.deepEqual([fixed(NaN, 3), signed(NaN, 4), fill(NaN)], ["?", "?", "var(--gw-card)"]);
});

test("pins stand in their order, each once", () => {
  const pins = createPins();
  pins.add(at("c", 1));
  pins.add(at("f", 0));
  pins.add(at("c", 1));
  assert.deepEqual(pins.all().map(refKey), ["A/c/1", "A/f/0"]);
  pins.remove(at("c", 1));
  assert.ok(!pins.has(at("c", 1)) && pins.has(at("f", 0)));
  pins.clear();
  assert.deepEqual(pins.all(), []);
});

test("a number in full is written as Python's repr writes it", () => {
  const written = {
    "0.0": 0,
    "-0.0": -0,
    "1.0": 1,
    "-20.0": -20,
    0.1: 0.1,
    0.30000000000000004: 0.1 + 0.2,
    0.0001: 1e-4,
    "1e-05": 1e-5,
    "1.5e-07": 1.5e-7,
    123456.789: 123456.789,
    "1000000000000000.0": 1e15,
    "1e+16": 1e16,
    "1.2345e+22": 1.2345e22,
    "5e-324": 5e-324,
    "-0.09653": -0.09653,
    nan: NaN,
    inf: Infinity,
    "-inf": -Infinity,
  };
  for (const [text, number] of Object.entries(written)) assert.equal(repr(number), text);
});

test("of many units a cover hides the strips and what is read of them, but no sum over them", () => {
  const pack = (...rows) => ({ shape: [rows.length, rows[0].length], numbers: Float64Array.from(rows.flat()) });
  const column = (value) => [value, value];
  const dot = { sum: [0, 0.5], row: [1, 2], reads: [{ name: "h", before: true }], products: pack([0, 0], [0.1, 0.4]) };
  const values = { a_f: [0.25, 0.75], f: [0.5, 0.6], h: [0.1, 0.3] },
    before = { h: [0, 0.1] };
  const sums = (result) => ({
    terms: [dot, { factors: [column(0.25)], inner: [null], product: column(0.25) }],
    total: values.a_f,
    result,
  });
  const units = {
    count: 2,
    strips: { f: pack([0.5, 0.7], [0.6, 0.8]), h: pack([0.1, 0.2], [0.3, 0.4]) },
    before: { h: pack([0, 0], [0.1, 0.2]) },
  };
  const parameters = { U_f: pack([1, 2], [3, 4]), b_f: { shape: [2], numbers: Float64Array.of(0.25, 0.25) } };
  const facet = {
    formulas,
    parameters,
    series: [{ key: "A", values, before, arithmetic: { f: sums(values.f) }, slopes: {}, units }],
  };
  const covers = createCovers();
  covers.cover(at("h", 0));
  const [seen] = masked(facet, 0, covers).series,
    [told] = seen.arithmetic.f.terms;
  assert.deepEqual([...seen.units.strips.h.numbers].map(Number.isNaN), [true, true, false, false]);
  assert.deepEqual([...seen.units.before.h.numbers].map(Number.isNaN), [false, false, true, true]);
  assert.deepEqual(seen.units.strips.f.numbers, units.strips.f.numbers);
  assert.deepEqual([...told.products.numbers].map(Number.isNaN), [false, false, true, true]);
  assert.deepEqual([told.sum, seen.arithmetic.f.total, seen.values.a_f], [dot.sum, values.a_f, values.a_f]);
  const lone = { ...dot, row: [1], products: pack([0], [0.1]) };
  const [only] = masked(
    {
      ...facet,
      parameters: {},
      series: [{ ...facet.series[0], arithmetic: { f: { ...sums(values.f), terms: [lone] } } }],
    },
    0,
    covers,
  ).series;
  assert.ok(
    Number.isNaN(only.arithmetic.f.terms[0].sum[1]) &&
      Number.isNaN(only.arithmetic.f.total[1]) &&
      Number.isNaN(only.values.a_f[1]),
  );
});

test("a guess is of the unit that was looked at", () => {
  const covers = createCovers();
  covers.cover(at("h", 0));
  covers.reveal(at("h", 0), 0.5, 3);
  assert.deepEqual(
    [covers.guess(at("h", 0), 3), covers.guess(at("h", 0), 2), covers.guess(at("h", 0))],
    [0.5, undefined, undefined],
  );
});
