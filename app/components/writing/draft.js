/** The text on the page: what was given, what the network has written, and how it goes on. Pure. */

import { createReading } from "./network.js";
import { drawn, oddsOf } from "./odds.js";
import { numbersFrom } from "./random.js";

/**
 * @typedef {import("./network.js").Network} Network
 * @typedef {{begin: string, kept: string, count: number, draw: number, temperature: number}} Asked
 *   the text that was given; what was written before anything else was chosen; how many letters were written since;
 *   which draw it is; the temperature
 * @typedef {{typed: string, read: number}} Letter  as it was typed, and as the network reads it
 */

export const MOST = 600; // letters of a text
const START = "\n"; // what a network reads where nothing is given
const SHORTEST = 12; // letters of a loop, all its repetitions taken together
const LONG = 40, // letters of what makes one if it comes twice; what is shorter comes three times
  LONGEST = 240;

const MARKS = /\p{M}+/gu;
/** A letter as a reader sees it: with marks that compose with nothing, and with what is joined to it. */
const SEEN = /[^](?:[\p{M}\p{Cf}\p{Emoji_Modifier}]|(?<=\u200d)[^])*/gu;

/**
 * A letter that a network never met is read as another: without its case, without its marks, or as a space.
 * @param {Network["places"]} places @param {string} letter
 */
export function readAs(places, letter) {
  const bare = letter.normalize("NFD").replace(MARKS, "");
  const known = [letter, letter.toLowerCase(), letter.toUpperCase(), bare, bare.toLowerCase(), " "];
  return places.get(known.find((each) => places.has(each)) ?? "") ?? 0;
}

/** A text as a network reads it. @param {Network} network @param {string} text @returns {Letter[]} */
export function lettersOf({ places }, text) {
  const composed = text.normalize("NFC").replace(/\r\n?/g, "\n") || START;
  return (composed.match(SEEN) ?? []).map((typed) => ({ typed, read: readAs(places, [...typed][0]) }));
}

/**
 * What is read as another letter: each once, with that.
 * @param {Network} network @param {Letter[]} text @returns {[string, string][]}
 */
export const othersOf = ({ letters }, text) => [
  ...new Map(text.flatMap(({ typed, read }) => (letters[read] === typed ? [] : [[typed, letters[read]]]))),
];

/**
 * What repeats itself at the end of a text: how long it is, and how often it came; null where nothing does.
 * @param {number[]} text
 */
export function loopOf(text) {
  const far = Math.min(LONGEST, Math.floor(text.length / 2));
  for (let period = 1; period <= far; period += 1) {
    let same = 0;
    while (same + period < text.length && text.at(-1 - same) === text.at(-1 - same - period)) same += 1;
    const times = Math.floor(same / period) + 1;
    if (times >= (period < LONG ? 3 : 2) && times * period >= SHORTEST) return { period, times };
  }
  return null;
}

/** @param {Network} network @param {Asked} asked */
export function createDraft(network, asked) {
  const reading = createReading(network, MOST);
  const now = { ...asked, count: 0 };
  /** @type {Letter[]} */
  let given = [];
  let kept = /** @type {number[]} */ ([]);
  let next = numbersFrom(now.draw);

  /** Read anew what is no longer the same. @param {number[]} text */
  function readAnew(text) {
    let same = 0;
    while (same < text.length && text[same] === reading.text[same]) same += 1;
    reading.cut(same);
    for (const letter of text.slice(same)) reading.add(letter);
  }
  /** Nothing is written with what is chosen now. */
  function begin() {
    now.count = 0;
    next = numbersFrom(now.draw);
    readAnew([...given.map(({ read }) => read), ...kept]);
  }
  const textOf = (/** @type {number[]} */ places) => places.map((place) => network.letters[place]).join("");
  /** What is written stays, whatever is chosen now. @param {number} [end] letters that stay */
  function keep(end = reading.text.length) {
    kept = reading.text.slice(given.length, Math.max(given.length, end));
    now.kept = textOf(kept);
    begin();
  }
  /** @param {number} count @returns {number} letters that were written */
  function write(count) {
    let written = 0;
    for (; written < count && reading.text.length < MOST; written += 1) {
      const odds = oddsOf(reading.scores(reading.text.length - 1), now.temperature);
      reading.add(drawn(odds, next()));
      now.count += 1;
    }
    return written;
  }
  /** @param {Asked} to */
  function open(to) {
    Object.assign(now, to);
    given = lettersOf(network, to.begin).slice(0, MOST);
    kept = to.kept ? lettersOf(network, to.kept).map(({ read }) => read) : [];
    kept.length = Math.min(kept.length, MOST - given.length);
    begin();
    write(to.count);
  }
  open(asked);

  return {
    reading,
    now,
    open,
    write,
    given: () => given,
    /** The letter at a place, as the page shows it. @param {number} at */
    letterAt: (at) => given[at]?.typed ?? network.letters[reading.text[at]],
    /** A letter that the network reads as another one: that; else null. @param {number} at */
    otherAt(at) {
      const one = given[at];
      return one && network.letters[one.read] !== one.typed ? network.letters[one.read] : null;
    },
    /** Go on after a letter: what is behind it goes. @param {number} at */
    fork(at) {
      const written = at + 1 - given.length - kept.length;
      if (at + 1 >= reading.text.length) return;
      if (written < 0 || at + 1 < given.length) return keep(at + 1);
      now.count = written;
      next = numbersFrom(now.draw);
      for (let k = 0; k < written; k += 1) next();
      reading.cut(at + 1);
    },
    /** @param {number} temperature */
    warm(temperature) {
      if (temperature === now.temperature) return;
      if (now.count) keep();
      now.temperature = temperature;
    },
    /** The same beginning, drawn otherwise. @param {number} draw */
    redraw(draw) {
      const count = now.count + kept.length;
      open({ ...now, kept: "", draw, count });
    },
    fromStart: () => open({ ...now, kept: "", count: 0 }),
  };
}

/** @typedef {ReturnType<typeof createDraft>} Draft */
