/** Numbers and sentences as the stage prints them. Pure. */

/** @typedef {{text: string, bold: boolean}} Part */

/** What stands in the place of a covered number (NaN, see mask.js). */
export const COVERED = "?";

/** A number with so many decimals and a true minus; never "−0.000". @param {number} value @param {number} digits */
export const fixed = (value, digits) =>
  Number.isNaN(value)
    ? COVERED
    : value
        .toFixed(digits)
        .replace(/^-(?=0\.?0*$)/, "")
        .replace("-", "−");

/** The same with its sign always shown. @param {number} value @param {number} digits */
export function signed(value, digits) {
  const text = fixed(value, digits);
  return Number.isNaN(value) || text.startsWith("−") || Number(text) === 0 ? text : `+${text}`;
}

/** A number somebody chose: two decimals, up to four where it has them. @param {number} value */
export const chosen = (value) => fixed(value, 4).replace(/0{1,2}$/, "");

/** A number as it is typed: all its decimals, none for show. @param {number} value */
export const typed = (value) => String(value + 0).replace("-", "−");

/**
 * A number in full, as Python's `repr` writes it: the shortest text that reads back as the same float64.
 * @param {number} value
 */
export function repr(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const [, sign, first, rest = "", power] = /** @type {RegExpExecArray} */ (
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential())
  );
  const digits = first + rest,
    at = Number(power),
    minus = sign || (Object.is(value, -0) ? "-" : "");
  if (at < -4 || at >= 16)
    return `${minus}${first}${rest && `.${rest}`}e${at < 0 ? "-" : "+"}${String(Math.abs(at)).padStart(2, "0")}`;
  if (at < 0) return `${minus}0.${"0".repeat(-at - 1)}${digits}`;
  const whole = digits.padEnd(at + 1, "0");
  return `${minus}${whole.slice(0, at + 1)}.${whole.slice(at + 1) || "0"}`;
}

/** In a product a negative factor stands in brackets. @param {string} text */
export const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);

/** @param {number} value */
export const percent = (value) => fixed(100 * value, 0);

/** @param {string} text */
export const sentence = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/**
 * A template with its {placeholders} filled. A placeholder nobody can fill is a mistake in the words.
 * @param {string} template @param {(key: string) => string|undefined} lookup
 */
export function filled(template, lookup) {
  return template.replace(/\{([^{}]+)\}/g, (_, /** @type {string} */ key) => {
    const text = lookup(key);
    if (text === undefined) throw new Error(`Nothing to put for {${key}} in “${template}”`);
    return text;
  });
}

/** A text cut at its **bold** marks. @param {string} text @returns {Part[]} */
export function parts(text) {
  return text
    .split("**")
    .map((piece, k) => ({ text: piece, bold: k % 2 === 1 }))
    .filter(({ text: piece }) => piece);
}
