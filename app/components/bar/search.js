/** What a query finds among places. Pure. */

/** @typedef {import("./data.js").Place} Place */

const MOST = 9; // results that are shown
const KINDS = ["lesson", "place", "term", "part"];

/** Small letters without their marks: "Cổng quên" as "cong quen". @param {string} text */
export const folded = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll(/[’']/g, "'");

/** @param {string} text */
const wordsIn = (text) => folded(text).match(/[\p{L}\p{N}]+|[\p{S}]/gu) ?? [];

/** How well a text answers: 0 is the text itself, 1 its beginning, 2 words in it; null is no answer.
 * @param {string} text @param {string[]} asked */
function rank(text, asked) {
  const words = wordsIn(text);
  if (!asked.every((word) => words.some((other) => other.startsWith(word)))) return null;
  const whole = words.join(" "),
    query = asked.join(" ");
  if (whole === query) return 0;
  return whole.startsWith(query) ? 1 : 2;
}

/** The places of which each word of a query begins a word, the best first.
 * @param {Place[]} places @param {string} query */
export function found(places, query) {
  const asked = wordsIn(query);
  if (!asked.length) return [];
  const ranked = places.flatMap((place) => {
    const own = rank(place.name, asked),
      others = place.also.map((name) => rank(name, asked)).filter((one) => one !== null);
    const best = Math.min(own ?? Infinity, ...others.map((one) => one + 0.5));
    return best < Infinity ? [{ place, best }] : [];
  });
  ranked.sort((a, b) => a.best - b.best || KINDS.indexOf(a.place.kind) - KINDS.indexOf(b.place.kind));
  return ranked.slice(0, MOST).map(({ place }) => place);
}
