/**
 * The places of a slider, and what each is called. Pure.
 */

import { fixed, typed } from "../base/format.js";

/**
 * Between places and texts: of the address (`textAt`, `placeOf`), and for the reader (`shown`).
 * @param {import("./data.js").Places} places
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
