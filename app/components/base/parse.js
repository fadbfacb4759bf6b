/** What a reader types: one number, or a list of them. Pure. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
const LONGEST = 25; // a float64 written in full takes 24 characters

/** @typedef {{key: string, values: Record<string, string|number>}} Mistake  a key of the words, and what it says */

/**
 * A finite number within its span. A decimal comma is understood.
 * @param {string} text @param {[number, number]} span @param {boolean} [whole] whether it must be a whole number
 * @returns {{number: number}|{mistake: Mistake}}
 */
export function readNumber(text, [low, high], whole = false) {
  const plain = text
    .trim()
    .replace(/[−–]/g, "-")
    .replace(/^([+-]?\d*),(\d+)$/, "$1.$2");
  if (plain.length > LONGEST || !NUMBER.test(plain))
    return { mistake: { key: "error.number", values: { text: shortened(text) } } };
  const number = Number(plain) + 0;
  if (whole && !Number.isInteger(number)) return { mistake: { key: "error.whole", values: { text: shortened(text) } } };
  if (number >= low && number <= high) return { number: number === 0 ? 0 : number };
  return { mistake: { key: "error.range", values: { value: shortened(text), low: minus(low), high: minus(high) } } };
}

/**
 * A list of numbers: "0, 0.5; 0.25 1", or with decimal commas "0,5; 0,25" and "0,5 0,25".
 * @param {string} text @param {[number, number]} count @param {[number, number]} span
 * @returns {{numbers: number[]}|{mistake: Mistake}}
 */
export function readNumbers(text, [few, many], span) {
  const pieces = split(text);
  if (!pieces) return { mistake: { key: "error.comma", values: {} } };
  if (pieces.length < few || pieces.length > many) {
    return {
      mistake: {
        key: pieces.length < few ? "error.few" : "error.many",
        values: { low: few, high: many, count: pieces.length },
      },
    };
  }
  const numbers = [];
  for (const piece of pieces) {
    const read = readNumber(piece, span);
    if ("mistake" in read) return read;
    numbers.push(read.number);
  }
  return { numbers };
}

/**
 * What a comma means depends on its company. Where points mark the decimals, or a space or sign follows it, it parts
 * values; where every word is one number with one comma ("0,5 0,25"), it marks decimals; a lone "1,2" could be
 * either: null.
 * @param {string} text
 */
function split(text) {
  const parted = text
    .trim()
    .split(/[\s;,]+/)
    .filter(Boolean);
  if (text.includes(".") || /,[\s+\-−–]/.test(text)) return parted;
  const words = text
    .trim()
    .split(/[\s;]+/)
    .filter(Boolean);
  if (!words.some((word) => word.includes(","))) return parted;
  if (words.every((word) => /^[+\-−–]?\d+(,\d+)?$/.test(word))) return words.length > 1 ? words : null;
  return words.length === 1 ? parted : null;
}

/** @param {string} text */
const shortened = (text) => (text.trim().length > 14 ? `${text.trim().slice(0, 13)}…` : text.trim());

/** @param {number} value */
const minus = (value) => String(value).replace("-", "−");
