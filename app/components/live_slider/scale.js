/**
 * The places of a slider, and what each is called. Pure.
 *
 * @typedef {{low: number, high: number, step: number, options: string[]|null}} Places
 *   `options`: the values, where they are no range of numbers; then places are counted from 0
 */

import { fixed, typed } from "../base/format.js";

/**
 * Between places and texts: of the address (`textAt`, `placeOf`), and for the reader (`shown`).
 * @param {Places} places
 */
export function scaleOf({ low, high, step, options }) {
  if (options) {
    const textAt = (/** @type {number} */ place) => options[place];
    return {
      low,
      high,
      step,
      textAt,
      placeOf: (/** @type {string} */ text) => Math.max(0, options.indexOf(text)),
      shown: textAt,
    };
  }
  const digits = String(step).split(".")[1]?.length ?? 0;
  return {
    low,
    high,
    step,
    textAt: (/** @type {number} */ place) => String(place),
    placeOf: Number,
    shown(/** @type {number} */ place) {
      const rounded = fixed(place, digits);
      return Number(rounded.replace("−", "-")) === place ? rounded : typed(place);
    },
  };
}
