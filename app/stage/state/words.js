/** The numbers that the reader's words name. */

import { fixed, percent } from "../../components/base/format.js";

/**
 * What a placeholder stands for at one step of one series: {f} a value, {h-} a state before the step, {f%} a value in
 * percent, {h'} the slope of its function, {h()} the function's name, {U_f} a parameter.
 * @param {import("../types.js").Facet} facet @param {import("../types.js").Series} series @param {number} step
 * @returns {(key: string) => string|undefined}
 */
export function numbersOf(facet, series, step) {
  return (key) => {
    const name = key.replace(/([-%']|\(\))$/, "");
    if (key.endsWith("()"))
      return name in facet.formulas
        ? facet.words[`function.${(facet.formulas[name].function ?? "linear").split("(")[0]}`]
        : undefined;
    if (key.endsWith("-")) return name in series.before ? fixed(series.before[name][step], 3) : undefined;
    if (key.endsWith("'")) return name in series.slopes ? fixed(series.slopes[name][step], 2) : undefined;
    if (name in series.values)
      return (key.endsWith("%") ? percent : (/** @type {number} */ v) => fixed(v, 3))(series.values[name][step]);
    return name in facet.controls.weights ? fixed(facet.controls.weights[name], 2) : undefined;
  };
}
