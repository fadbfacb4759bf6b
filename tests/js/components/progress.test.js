import assert from "node:assert/strict";
import { test } from "node:test";
import { noteDone, readDone } from "../../../app/components/progress/storage.js";

/** @param {Record<string, string>} kept */
const storage = (kept = {}) =>
  /** @type {any} */ ({
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => {
      kept[key] = value;
    },
  });

test("what is done is kept once", () => {
  const place = storage();
  for (const task of ["rnn.goal", "rnn.heard", "rnn.goal"]) noteDone(place, task);
  assert.deepEqual(readDone(place), ["rnn.goal", "rnn.heard"]);
});

test("a storage with something else in it is as good as empty", () => {
  for (const text of ["{", "5", "{}", '[1, null, "a.b"]']) {
    assert.deepEqual(readDone(storage({ "gatewalk.progress": text })), text.startsWith("[") ? ["a.b"] : []);
  }
});
