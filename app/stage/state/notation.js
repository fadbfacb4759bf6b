/** How numbers are written and coloured: a run's values as they are, gradients by their power of ten. Pure. */

import { fixed } from "../../components/base/format.js";

/** @typedef {import("../types.js").Notation} Notation */

/** A gradient runs over many powers of ten: from here on it has colour and width, and there it has all of both. */
export const FAINT = -6,
  STRONG = 1;

/** The sign of a function, as written before its argument. */
export const FUNCTION = /** @type {Record<string, string>} */ ({
  sigmoid: "σ",
  tanh: "tanh",
  linear: "",
  log_sigmoid: "log σ",
  linear_sigmoid: "g",
  reciprocal: "1/",
  negative: "−",
  maximum: "max",
  total: "Σ",
});

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number with `digits` decimals, and a tiny one by its power of ten: 1.2×10⁻⁷.
 * @param {number} value @param {number} [digits]
 */
export function short(value, digits = 3) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "?" : value < 0 ? "−∞" : "∞";
  if (value === 0 || (size >= 0.5 * 10 ** -digits && size < 1000)) return fixed(value, digits);
  const [mantissa, power] = value.toExponential(1).split("e");
  const raised = [...power.replace("+", "")].map((letter) => (letter === "-" ? "⁻" : RAISED[Number(letter)])).join("");
  return `${mantissa.replace("-", "−")}×10${raised}`;
}

/** A gradient's place between faint and strong, 0…1; 0 has none. @param {number} value */
export function strokeScale(value) {
  if (value === 0 || Number.isNaN(value)) return 0;
  return Math.min(1, Math.max(0.04, (Math.log10(Math.abs(value)) - FAINT) / (STRONG - FAINT)));
}

/**
 * The values of a run, or their gradients, with so many decimals.
 * @param {boolean} backward @param {number} digits @returns {Notation}
 */
export const notationOf = (backward, digits) => ({
  ...(backward
    ? {
        print: (value) => short(value, digits),
        exact: (value) => short(value, Math.max(digits, 4)),
        of: "back.of",
        tone: (value) => Math.sign(value) * strokeScale(value),
        ends: /** @type {[string, string]} */ (["−10", "+10"]),
        scale: "legend.log",
      }
    : {
        print: (value) => (Math.abs(value) < 1e4 ? fixed(value, digits) : short(value).replace("1.0×", "")),
        exact: (value) => fixed(value, Math.max(digits, 4)),
        of: "value.of",
        tone: (value) => value,
        ends: /** @type {[string, string]} */ (["−1", "+1"]),
        scale: "legend.clipped",
      }),
  backward,
});

export const VALUES = notationOf(false, 3),
  GRADIENTS = notationOf(true, 3);
