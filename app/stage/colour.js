/** Colour: a value's fill on the diverging scale. Hues themselves live in tokens.css. */

/** How far along the scale a value's fill is, 0…1; the scale is clipped at ±1. @param {number} value */
export const strength = (value) => Math.min(1, Math.abs(value)) ** 0.85;

/** @param {number} value @returns {string} a CSS colour */
export function fill(value) {
  if (Number.isNaN(value)) return "var(--gw-card)"; // covered
  const end = value < 0 ? "neg" : "pos";
  return `color-mix(in oklab, var(--gw-value-${end}) ${(100 * strength(value)).toFixed(1)}%, var(--gw-value-zero))`;
}

/** The ground of a value's chip: what is covered is hatched. @param {number} value */
export const ground = (value) =>
  Number.isNaN(value)
    ? "repeating-linear-gradient(-45deg, var(--gw-line2) 0 1.2px, var(--gw-card) 1.2px 6px)"
    : fill(value);
