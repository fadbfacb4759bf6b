import assert from "node:assert/strict";
import { test } from "node:test";
import { lettersOf, loopOf, othersOf } from "../../../app/components/writing/draft.js";
import { oddsOf, tenthsOf } from "../../../app/components/writing/odds.js";

const letters = ["\n", " ", ..."abehikt"];
const network = /** @type {any} */ ({ letters, places: new Map(letters.map((letter, k) => [letter, k])) });
const codes = (/** @type {string} */ text) => [...text].map((letter) => letter.charCodeAt(0));

test("printed tenths of a percent sum to a thousand, none a tenth from its share", () => {
  for (const temperature of [0, 0.2, 0.5, 1, 2]) {
    for (let n = 2; n < 40; n += 1) {
      const shares = [
        ...oddsOf(
          Float64Array.from({ length: n }, (_, k) => 3 * Math.sin(5 * k + n)),
          temperature,
        ),
      ];
      const tenths = tenthsOf(shares);
      assert.equal(
        tenths.reduce((sum, one) => sum + one, 0),
        1000,
      );
      assert.ok(tenths.every((one, k) => Math.abs(one - 1000 * shares[k]) < 1));
    }
  }
});

test("a text as it is seen: composed, with one line end for each kind, and with a letter what belongs to it", () => {
  const typed = (/** @type {string} */ text) => lettersOf(network, text).map((letter) => letter.typed);
  assert.deepEqual(typed("e\u0302\u0301"), ["\u1ebf"]);
  assert.deepEqual(typed("a\r\nb\rc\n"), ["a", "\n", "b", "\n", "c", "\n"]);
  assert.deepEqual(typed("\u{1f469}\u200d\u{1f467}\u{1f44d}\u{1f3fd}!"), [
    "\u{1f469}\u200d\u{1f467}",
    "\u{1f44d}\u{1f3fd}",
    "!",
  ]);
  assert.deepEqual(typed("\u05e9\u05c1\u05dc"), ["\u05e9\u05c1", "\u05dc"]);
  assert.deepEqual(typed("\u0301a"), ["\u0301", "a"]);
  assert.deepEqual(typed(""), ["\n"]);
});

test("what is read as another letter is told once", () => {
  assert.deepEqual(othersOf(network, lettersOf(network, "\u1ebf!a!\u1ebfA")), [
    ["\u1ebf", "e"],
    ["!", " "],
    ["A", "a"],
  ]);
});

test("a loop is what came three times in a row, or twice where it is long", () => {
  assert.deepEqual(loopOf(codes("the bite it ate it ate it ate it ate")), { period: 7, times: 4 });
  assert.equal(loopOf(codes("it ate it ate")), null);
  const long = "the quick brown fox jumps over a lazy dog, again; ";
  assert.deepEqual(loopOf(codes(long + long)), { period: long.length, times: 2 });
  assert.equal(loopOf(codes(long + "and " + long)), null);
});
