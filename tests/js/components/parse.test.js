import assert from "node:assert/strict";
import { test } from "node:test";
import { readNumber, readNumbers } from "../../../app/components/base/parse.js";

const number = (text) => readNumber(text, [-20, 20]);
const list = (text) => {
  const answer = readNumbers(text, [2, 30], [-10, 10]);
  return "numbers" in answer ? answer.numbers : answer.mistake.key;
};

test("one number", () => {
  for (const [text, value] of [
    ["2", 2],
    ["−0.32", -0.32],
    [" +1.5 ", 1.5],
    [".5", 0.5],
    ["0,5", 0.5],
    ["1e1", 10],
    ["-0", 0],
  ]) {
    assert.deepEqual(number(text), { number: value });
  }
  for (const text of ["", "abc", "NaN", "Infinity", "1.2.3", "0x10", "1 2", "--1", "1".repeat(40)]) {
    assert.equal(number(text).mistake?.key, "error.number", text);
  }
  assert.deepEqual(number("21").mistake, { key: "error.range", values: { value: "21", low: "−20", high: "20" } });
});

test("a list, however it is parted", () => {
  const four = [0, 0.5, 0.25, 1];
  for (const text of [
    "0, 0.5; 0.25 1",
    "0,0.5,0.25,1",
    "0 0.5 0.25 1",
    "0\t0.5\t0.25\t1",
    "0\n0.5\n0.25\n1\n",
    "0;0.5;0.25;1",
    "0, 0.5, 0.25, 1,",
  ]) {
    assert.deepEqual(list(text), four, text);
  }
  assert.deepEqual(list("0,1,1,0"), [0, 1, 1, 0]);
  assert.deepEqual(list("1, 0"), [1, 0]);
});

test("decimal commas, when nothing else they could be", () => {
  assert.deepEqual(list("0,5 0,25"), [0.5, 0.25]);
  assert.deepEqual(list("0; 0,5; 0,25; 1"), [0, 0.5, 0.25, 1]);
  assert.deepEqual(list("−0,5\t1"), [-0.5, 1]);
  assert.equal(list("1,2"), "error.comma");
});

test("lists that cannot be used say why", () => {
  assert.equal(list("1"), "error.few");
  assert.equal(list(""), "error.few");
  assert.equal(list(Array(31).fill("1").join(" ")), "error.many");
  assert.equal(list("1 two 3"), "error.number");
  assert.equal(list("1 11"), "error.range");
});
