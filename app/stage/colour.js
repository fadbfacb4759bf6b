/** Colour: a value's fill on the diverging scale. Hues themselves live in tokens.css. */

import { strength } from "../components/base/heat.js";

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
