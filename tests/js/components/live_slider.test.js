import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createQueue } from "../../../app/components/live_slider/queue.js";
import { scaleOf } from "../../../app/components/live_slider/scale.js";

const moving = (text) => ({ text, rest: false });
const resting = (text) => ({ text, rest: true });

/** A queue, and what it has sent. */
function queueOf(patience) {
  const sent = [];
  const queue = createQueue((request) => sent.push(request), patience);
  return { queue, sent, texts: () => sent.map(({ text, rest }) => (rest ? `${text}.` : text)) };
}

test("one request at a time, and of what is chosen meanwhile the newest alone", () => {
  const { queue, sent, texts } = queueOf();
  for (const text of ["1", "2", "3", "4"]) queue.offer(moving(text));
  assert.deepEqual(texts(), ["1"]);
  queue.answer(sent[0].n);
  assert.deepEqual(texts(), ["1", "4"]);
  queue.answer(sent[1].n);
  assert.deepEqual(texts(), ["1", "4"]);
  assert.equal(queue.busy(), false);
  queue.offer(moving("5"));
  assert.deepEqual(texts(), ["1", "4", "5"]);
  queue.destroy();
});

test("a value that is answered already is not sent again, unless it now rests", () => {
  const { queue, sent, texts } = queueOf();
  for (const choice of [moving("1"), moving("2"), moving("1")]) queue.offer(choice);
  queue.answer(sent[0].n);
  assert.deepEqual(texts(), ["1"]);
  queue.offer(moving("3"));
  queue.offer(resting("3"));
  queue.answer(sent[1].n);
  assert.deepEqual(texts(), ["1", "3", "3."]);
  queue.destroy();
});

test("the last value is drawn before the control rests", () => {
  const { queue, sent, texts } = queueOf();
  for (const choice of [moving("1"), moving("2"), moving("3"), resting("3")]) queue.offer(choice);
  for (let k = 0; k < 3; k += 1) queue.answer(sent[k].n);
  assert.deepEqual(texts(), ["1", "3", "3."]);
  assert.equal(queue.busy(), false);
});

test("another answer than the one that is waited for changes nothing", () => {
  const { queue, sent } = queueOf();
  queue.offer(moving("1"));
  queue.offer(moving("2"));
  for (const n of [null, 0, sent[0].n - 1]) queue.answer(n);
  assert.equal(sent.length, 1);
  assert.equal(queue.busy(), true);
  queue.destroy();
});

test("without an answer the newest is sent again, with a number of its own, ever more rarely", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { queue, sent, texts } = queueOf(100);
  for (const choice of [moving("1"), moving("2"), resting("2")]) queue.offer(choice);
  mock.timers.tick(100);
  assert.deepEqual(texts(), ["1", "2."]);
  assert.ok(sent[1].n > sent[0].n);
  mock.timers.tick(100);
  assert.equal(sent.length, 2);
  mock.timers.tick(100);
  assert.deepEqual(texts(), ["1", "2.", "2."]);
  queue.answer(sent[2].n);
  mock.timers.tick(10_000);
  assert.equal(sent.length, 3);
  mock.timers.reset();
});

test("a range of numbers: its texts are those of the address, and show as many digits as the step has", () => {
  const scale = scaleOf({ low: -5, high: 5, step: 0.25, options: null });
  assert.deepEqual(
    [scale.textAt(2), scale.placeOf("2.5"), scale.shown(2), scale.shown(-0.25)],
    ["2", 2.5, "2.00", "−0.25"],
  );
  assert.equal(scale.shown(0.125), "0.125"); // typed, between two places
  assert.equal(scaleOf({ low: 1, high: 64, step: 1, options: null }).shown(16), "16");
});

test("options are places in their order", () => {
  const scale = scaleOf({ low: 0, high: 2, step: 1, options: ["0.1", "1.0", "10.0"] });
  assert.deepEqual([scale.textAt(2), scale.placeOf("1.0"), scale.shown(0)], ["10.0", 1, "0.1"]);
  assert.equal(scale.placeOf("7"), 0);
});
