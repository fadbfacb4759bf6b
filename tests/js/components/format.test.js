import assert from "node:assert/strict";
import { test } from "node:test";
import { withView } from "../../../app/stage/state/address.js";
import { createControls } from "../../../app/stage/state/controls.js";
import {
  bracketed,
  chosen,
  filled,
  fixed,
  parts,
  percent,
  sentence,
  signed,
} from "../../../app/components/base/format.js";
import { wordsOf } from "../../../app/components/base/words.js";
import { numbersOf } from "../../../app/stage/state/words.js";

test("numbers: a true minus, no minus zero", () => {
  assert.equal(fixed(-0.202, 3), "−0.202");
  assert.equal(fixed(-0.0004, 3), "0.000");
  assert.equal(fixed(-0, 2), "0.00");
  assert.equal(fixed(12.5, 2), "12.50");
  assert.equal(signed(0.4125, 4), "+0.4125");
  assert.equal(signed(-0.193, 4), "−0.1930");
  assert.equal(signed(-0.00001, 4), "0.0000");
  assert.equal(bracketed("−0.0965"), "(−0.0965)");
  assert.equal(bracketed("0.5"), "0.5");
  assert.equal(percent(0.698), "70");
});

test("chosen numbers: two decimals, up to four where they have them", () => {
  assert.deepEqual([2, 0.25, 2.704272985, -0.1943, 1.625].map(chosen), ["2.00", "0.25", "2.7043", "−0.1943", "1.625"]);
});

test("templates", () => {
  const scene = { controls: { weights: { U_f: 2.7 } } };
  const series = { values: { f: [0.1, 0.854], h: [0, 0] }, before: { h: [0, -0.0965] } };
  const lookup = numbersOf(/** @type {any} */ (scene), /** @type {any} */ (series), 1);
  assert.equal(filled("{f} {f%}% {h-} {U_f}", lookup), "0.854 85% −0.097 2.70");
  assert.throws(() => filled("{q}", lookup), /\{q\}/);
  assert.deepEqual(parts("opens to **70%**: more"), [
    { text: "opens to ", bold: false },
    { text: "70%", bold: true },
    { text: ": more", bold: false },
  ]);
  assert.equal(sentence("ngày 3"), "Ngày 3");
});

test("a missing word is an error", () => {
  const word = wordsOf({ "step.one": "day {n}" });
  assert.equal(word("step.one", { n: 3 }), "day 3");
  assert.throws(() => word("nowhere"), /nowhere/);
});

test("the address keeps what others wrote", () => {
  const there = { at: { step: 2, stage: 1 }, unit: 0, backward: false },
    start = { ...there, at: null };
  assert.equal(withView("?f=1,2,3&at=1.1&show=B", there), "?f=1,2,3&show=B&at=3.2");
  assert.equal(withView("?at=3.2&unit=4&way=back", start), "");
  assert.equal(withView("", there), "?at=3.2");
  assert.equal(withView("?step=keep&at=3.2", start), "?step=keep", "the step is a story's beside the stage");
  assert.equal(withView("?step=keep", { ...there, step: null }), "?at=3.2");
  assert.equal(withView("?attic=1&unity=2", start), "?attic=1&unity=2");
  assert.equal(withView("?show=B", { ...there, unit: 3, backward: true }), "?show=B&at=3.2&unit=4&way=back");
});

test("a scene that does not know of the last commit changes no control, and brings it about once more", () => {
  const sent = [];
  const first = { weights: { a: 1, b: 2 }, days: {}, show: ["A"] };
  const controls = createControls(first, (value) => sent.push(value));
  controls.receive({ ...first, weights: { a: 0, b: 2 } }, 0);
  assert.deepEqual(controls.now().weights, { a: 0, b: 2 }, "before any commit the scene's are taken");
  controls.commit({ weights: { a: 3 } });
  controls.commit({ weights: { b: 4 } });
  controls.receive(first, sent[0].n);
  assert.deepEqual(controls.now().weights, { a: 3, b: 4 });
  assert.deepEqual([sent.length, sent[2].weights], [3, { a: 3, b: 4 }]);
  controls.receive({ ...first, weights: { a: 3, b: 2 } }, sent[2].n); // refused, or changed elsewhere since
  assert.deepEqual(controls.now().weights, { a: 3, b: 2 });
  assert.ok(sent[0].n < sent[1].n && sent[1].n < sent[2].n);
});

test("a scene that has the last commit brings about none, and one of another address is taken", () => {
  const sent = [];
  const first = { weights: { a: 1 }, days: { x: [0] }, show: ["A"] };
  const controls = createControls(first, (value) => sent.push(value));
  controls.commit({ weights: { a: 3 }, days: { x: [0, 1] } });
  controls.receive({ ...first, weights: { a: 3 }, days: { x: [0, 1] } }, 0);
  assert.equal(sent.length, 1);
  for (const other of [first, { ...first, weights: { a: 3 } }, { ...first, days: { x: [0, 1] } }])
    controls.receive(other, 0);
  assert.deepEqual([controls.now().weights, sent.length], [{ a: 3 }, 4]);
  controls.moved();
  controls.receive(first, 0);
  assert.deepEqual([controls.now(), sent.length], [first, 4]);
});

test("what the hand holds is shown, and goes where it is not let go of", () => {
  const controls = createControls({ weights: { a: 1, b: 2 }, days: { x: [0] }, show: ["x"] }, () => {});
  controls.preview({ weights: { a: 5 }, days: { x: [1, 2] } });
  assert.deepEqual(controls.now(), { weights: { a: 5, b: 2 }, days: { x: [1, 2] }, show: ["x"] });
  controls.preview({});
  assert.deepEqual(controls.now(), { weights: { a: 1, b: 2 }, days: { x: [0] }, show: ["x"] });
});

test("a weight that is null is again what it was", () => {
  const sent = [];
  const controls = createControls({ weights: { "U_f.1.1": 2, b: 1 }, days: {}, show: [] }, (one) => sent.push(one));
  controls.commit({ weights: { "U_f.1.1": null, "U_f.1.2": 3 } });
  assert.deepEqual(controls.now().weights, { b: 1, "U_f.1.2": 3 });
  assert.deepEqual(sent[0].weights, { b: 1, "U_f.1.2": 3 });
});
