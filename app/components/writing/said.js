/** What a unit does, in words that are computed. Pure. */

import { fixed, signed } from "../base/format.js";
import { KINDS, turnsAt } from "./watched.js";

/**
 * @typedef {import("../base/words.js").Word} Word
 * @typedef {import("./network.js").Reading} Reading
 * @typedef {import("./data.js").Watched} Watched
 */

/** The value by which a cell keeps its state, where one does. */
const KEEPS = /** @type {Record<string, string>} */ ({ c: "f", h: "z" });

/** One letter's step: kept so much of so much, added so much. @param {Word} word @param {Reading} reading
 * @param {string} state @param {string[]} names of the cell's values @param {number} unit @param {number} letter */
export function stepOf(word, reading, state, names, unit, letter) {
  const after = reading.valuesAt(state, letter)[unit],
    before = reading.beforeAt(state, letter)[unit];
  const keep = KEEPS[state];
  const numbers = { before: fixed(before, 3), after: fixed(after, 3) };
  if (!names.includes(keep)) return word("say.new", numbers);
  const share = reading.valuesAt(keep, letter)[unit];
  return word("say.step", { ...numbers, share: fixed(share, 3), added: signed(after - share * before, 3) });
}

/** What a watched unit does in the text so far. @param {Word} word @param {string[]} text @param {number[]} state
 * @param {Watched|undefined} watched */
export function habitOf(word, text, state, watched) {
  if (!watched) return "";
  const { name, r } = watched;
  const what = word(`feature.${name}`);
  if (!(name in KINDS)) return word(`say.with.${r < 0 ? "falls" : "rises"}`, { what, r: signed(r, 2) });
  const { falls, count, of } = turnsAt(state, text, KINDS[name]);
  return of ? word(`say.at.${falls ? "falls" : "rises"}`, { what, count, of }) : "";
}
