/** The numbers in a step's text. Pure. */

import { fixed, percent } from "../../components/base/format.js";
import { numbersOf } from "../state/words.js";

/**
 * What a placeholder stands for: as in a sentence of the stage (words.js), on one day; and `{h B 4}` for a value of one
 * series on another. Of a series that is not on the stage nothing is known.
 * @param {import("../types.js").Facet[]} facets @param {number} day from 0
 */
export function numbersAt(facets, day) {
  const [facet] = facets;
  const own = numbersOf(facet, facet.series[0], day);
  return (/** @type {string} */ key) => {
    const [name, series, at] = key.split(" ");
    if (!series) return own(key) ?? "…";
    // What is covered is masked in a series' own facet alone.
    const one = facets.map(({ series: all }, k) => all[k]).find((each) => each.key === series);
    const value = one?.values[name.replace("%", "")]?.[Number(at) - 1];
    if (value === undefined) return "…";
    return name.endsWith("%") ? percent(value) : fixed(value, 3);
  };
}
