/** A value's arithmetic on one line, with its numbers: `= σ(2.00 · (−0.0965) + 1.65 · 0.25 + 0.62)`. */

import { el } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { stripOf } from "../state/strips.js";
import { functionName } from "./maths.js";
import { workingsOf } from "./workings.js";

/**
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Arithmetic} Arithmetic
 */

/**
 * The numbers of a value's sum: as Python worked them out, or, for a lone product of known values, just
 * read.
 * @param {Facet} facet @param {Series} series @param {string} name @returns {Arithmetic|null}
 */
export function sumsOf({ formulas, controls }, series, name) {
  if (series.arithmetic[name]) return series.arithmetic[name];
  const {
    function: outer,
    terms: [term, ...more],
  } = formulas[name] ?? { terms: [] };
  if (!term || more.length || term.factors.some((factor) => factor.function) || (outer && term.factors.length > 1))
    return null;
  const result = series.values[name];
  const factors = term.factors.map(({ parameter, value = "", before }) =>
    parameter ? result.map(() => controls.weights[parameter]) : (before ? series.before : series.values)[value],
  );
  const total = outer ? factors[0] : result;
  return { terms: [{ factors, inner: factors.map(() => null), product: total }], total, result };
}

/** All that a total adds up. @param {import("../types.js").Dot} dot @param {number} step */
const entriesOf = ({ products }, step) =>
  Array.from(stripOf(products).at(step), (entry, k) =>
    el("span", { class: "gw-line-term" }, k ? (entry < 0 ? " − " : " + ") : "", fixed(k ? Math.abs(entry) : entry, 4)),
  );

/**
 * @param {Facet} facet @param {Series} series @param {import("../types.js").Ref} ref
 * @returns {HTMLElement|null} null where nothing is worked out
 */
export function lineOf(facet, series, { name, before, step }) {
  const sums = before ? null : sumsOf(facet, series, name);
  if (!sums) return null;
  const {
    function: outer,
    how,
    pieces,
  } = workingsOf(facet.layout, facet, sums, name, facet.layout.roles[name] ?? "h", step);
  const [{ dot }] = pieces;
  if (how === "total" && dot) return el("p", { class: "gw-line" }, "= ", ...entriesOf(dot, step));
  const terms = pieces.map(({ negative, numbers }, k) =>
    el(
      "span",
      { class: "gw-line-term" },
      k ? (how === "maximum" ? ", " : negative ? " − " : " + ") : negative ? "−" : "",
      numbers,
    ),
  );
  return el(
    "p",
    { class: "gw-line" },
    "= ",
    ...((outer ?? how) ? [functionName(outer ?? how ?? ""), "("] : []),
    ...terms,
    (outer ?? how) ? ")" : null,
  );
}
