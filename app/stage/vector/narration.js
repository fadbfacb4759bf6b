/** The sentences about one unit among many, for any cell: its products are too many to be read out one by one. */

import { fixed, parts } from "../../components/base/format.js";
import { stripOf } from "../state/strips.js";
import { sayKey, workings } from "../panels/workings.js";

/**
 * A stage whose value is made with weights; null for any other, which has words of its own.
 * @param {import("../types.js").Layout} layout @param {import("../../components/base/words.js").Word} word
 * @param {import("../types.js").Facet} facet
 * @param {import("../types.js").Series} series @param {number} stage @param {number} step
 * @param {(name: string) => string|undefined} lookup
 */
export function tellUnit(layout, word, facet, series, stage, step, lookup) {
  const { key, value } = layout.stages[stage],
    { terms } = facet.formulas[value];
  if (!terms.some(({ factors }) => factors.some(({ parameter }) => parameter))) return null;
  const nameOf = (/** @type {string} */ name) => word(`value.${name}.name`);
  const products = terms.map(({ factors }, t) => {
    const numbers = series.arithmetic[value].terms[t];
    if ("products" in numbers)
      return word("narrate.dot", {
        n: stripOf(numbers.products).length,
        name: nameOf(numbers.reads[0]?.name ?? value),
        sum: fixed(numbers.sum[step], 3),
      });
    const one = factors.map(({ value: read }, k) => {
      const number = fixed(numbers.factors[k][step], read ? 3 : 2);
      return read ? `${nameOf(read)} ${number}` : factors.length > 1 ? number : word("narrate.bias", { number });
    });
    return one.reverse().join(` ${word("times")} `);
  });
  const sentence = parts(word(sayKey(key, workings(layout, facet, series, stage, step)), lookup))
    .map(({ text }) => text)
    .join("");
  return word(
    "narrate.unit",
    (name) =>
      lookup(name) ??
      {
        name: nameOf(value),
        terms: products.join("; "),
        total: fixed(series.arithmetic[value].total[step], 3),
        stage_title: word(`stage.${key}.title`),
        sentence,
      }[name],
  );
}
