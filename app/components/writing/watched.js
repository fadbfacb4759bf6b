/** How a unit's memory turns at letters of one kind, as `app/lessons/writing/units.py` knows them. Pure. */

const MARKS = /\p{M}+/gu;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/;
const VOWEL = /^[aeiouy]/i;
const CAPITAL = /^\p{Lu}/u;

/** Whether a letter is of a kind. @type {Record<string, (letter: string) => boolean>} */
export const KINDS = {
  spaces: (letter) => letter === " " || letter === "\n",
  vowels: (letter) => VOWEL.test(letter.normalize("NFD").replace(MARKS, "")),
  capitals: (letter) => CAPITAL.test(letter),
  tones: (letter) => TONES.test(letter.normalize("NFD")),
};

/**
 * How often a state falls at the letters of a kind, or rises if it does that more often.
 * @param {number[]} state @param {string[]} text @param {(letter: string) => boolean} kind
 */
export function turnsAt(state, text, kind) {
  const places = text.flatMap((letter, at) => (at && kind(letter) ? [at] : []));
  const falls = places.filter((at) => state[at] < state[at - 1]).length;
  return { falls: 2 * falls >= places.length, count: Math.max(falls, places.length - falls), of: places.length };
}
