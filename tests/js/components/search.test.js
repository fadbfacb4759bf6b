import assert from "node:assert/strict";
import { test } from "node:test";
import { folded, found } from "../../../app/components/bar/search.js";

/** @param {string} name @param {"lesson"|"part"|"term"} kind @param {string[]} also */
const place = (name, kind = "term", also = []) => ({ name, kind, also, href: "", within: "" });

/** @param {string} query @param {ReturnType<typeof place>[]} places */
const names = (query, places) => found(places, query).map(({ name }) => name);

test("marks and case are no difference, nor is đ", () => {
  assert.equal(folded("Cổng Đặt lại"), "cong dat lai");
  assert.deepEqual(names("cong quen", [place("cổng quên"), place("cổng ra")]), ["cổng quên"]);
  assert.deepEqual(names("dat", [place("cổng đặt lại")]), ["cổng đặt lại"]);
  assert.deepEqual(names("naive", [place("naïve forecast")]), ["naïve forecast"]);
});

test("each word of a query begins a word: letters within one are no answer", () => {
  const places = [
    place("Every argument of keras.layers.LSTM", "part"),
    place("epoch"),
    place("What they answer", "part"),
  ];
  assert.deepEqual(names("epoch", places), ["epoch"]);
  assert.deepEqual(names("tanh", places), []);
  assert.deepEqual(names("argument lstm", places), ["Every argument of keras.layers.LSTM"]);
});

test("the name itself comes first, then what begins so, then other names", () => {
  const places = [
    place("hard sigmoid"),
    place("Sigmoid and tanh", "lesson"),
    place("sigmoid", "term", ["σ"]),
    place("squash", "term", ["sigmoid curve"]),
  ];
  assert.deepEqual(names("sigmoid", places), ["sigmoid", "Sigmoid and tanh", "squash", "hard sigmoid"]);
  assert.deepEqual(names("σ", places), ["sigmoid"]);
});

test("nothing is asked, nothing is found", () => {
  assert.deepEqual(names("  ", [place("gate")]), []);
});
