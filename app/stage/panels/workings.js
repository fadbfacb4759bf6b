/** The pieces of one value's arithmetic at one step: letters, numbers put in, products. */

import { el, put } from "../../components/base/element.js";
import { bracketed, chosen, fixed } from "../../components/base/format.js";
import { valueName, letter } from "./maths.js";
import { FUNCTION } from "../state/notation.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Factor} Factor
 * @typedef {{negative: boolean, role: string, letters: Node, numbers: Node, steps: Node, product: number,
 *   plain: string, label: Node|null, names: string[], factors: {label: Node, role: string, number: number}[],
 *   dot?: import("../types.js").Dot}} Piece
 *   `dot`: a row of weights times all it reads; `plain` is the product as the last line prints it, without its sign;
 *   `label` is null for a bias; `factors` are the values read
 * @typedef {{value: string, role: string, function: string|null, how?: "maximum"|"total", pieces: Piece[],
 *   total: number, result: number}} Workings
 *   `how`: what is done with the pieces, where they are not added
 */

/** @param {Node[]} nodes @param {string} between */
function joined(nodes, between) {
  const row = el("span", { class: "gw-product" });
  nodes.forEach((node, k) => row.append(...(k ? [between, node] : [node])));
  return row;
}

/** A factor behind its function. @param {Factor} factor @param {Element} argument @param {string} role */
function through({ function: name }, argument, role) {
  if (!name) return argument;
  if (name === "complement") return el("span", { class: `role-${role}` }, "(1 − ", argument, ")");
  const sign = FUNCTION[name] ?? name;
  return sign ? el("span", {}, el("span", { class: "gw-maths upright" }, sign), "(", argument, ")") : argument;
}

/**
 * A factor without its step, as the chart names it; a product by its factors.
 * @param {Layout} layout @param {Factor} factor @param {string} role
 */
function nameOf({ wide }, { function: name, value = "", before }, role) {
  const label = wide.values.find((one) => one.name === value && !one.before)?.label ?? [];
  if (!name && !before && label.length > 1)
    return el("span", {}, ...label.map(({ text, role: hue }) => (hue ? letter(text, hue) : text.trim())));
  if (name === "complement") return el("span", { class: `role-${role}` }, "(1−", letter(value, role), ")");
  const sign = name ? (FUNCTION[name] ?? name) : "";
  return el("span", {}, sign ? el("span", { class: "gw-maths upright" }, `${sign} `) : null, letter(value, role));
}

/**
 * The named value that is just this factor through its function: `1 − z` has a name and a hue of its own.
 * @param {Facet} facet @param {Factor} factor
 */
const twin = ({ formulas }, factor) =>
  Object.keys(formulas).find((name) => {
    const {
      function: outer,
      terms: [only, ...more],
    } = formulas[name];
    const [one, ...rest] = only?.factors ?? [];
    const through = outer ?? one?.function;
    return (
      one &&
      !more.length &&
      !rest.length &&
      through === factor.function &&
      one.value === factor.value &&
      Boolean(one.before) === Boolean(factor.before)
    );
  });

/** A number as a factor, in its own hue. @param {string} text @param {string} role @param {boolean} bare */
const number = (text, role, bare) => el("span", { class: `role-${role}` }, bare ? text : bracketed(text));

/**
 * A row of weights times all it reads, or all entries that are added up, as one piece.
 * @param {Layout} layout @param {import("../types.js").Dot} dot @param {number} step @param {number} place in the sum
 * @param {string} value that it is part of
 * @returns {Piece}
 */
function whole(layout, dot, step, place, value) {
  const { reads, row, sum } = dot,
    name = reads.at(-1)?.name ?? value,
    role = layout.roles[name] ?? "h";
  const factors = reads.map((read) => valueName(layout, read.name, step, read.before));
  const weighted = row ? ["Σ ", el("span", { class: "gw-maths" }, el("i", {}, "w")), " · "] : [];
  const letters = el("span", { class: `role-${role}` }, ...weighted, joined(factors, " · "));
  const exact = number(fixed(sum[step], 4), role, place === 0),
    plain = fixed(Math.abs(sum[step]), 4);
  return {
    negative: false,
    role,
    product: sum[step],
    names: reads.length ? reads.map((read) => read.name) : [value],
    letters,
    numbers: exact,
    steps: exact.cloneNode(true),
    plain,
    label: el("span", {}, "Σ ", letter(name, role)),
    factors: [{ label: letter(name, role), role, number: sum[step] }],
    dot,
  };
}

/** A part that can be pointed at says which value it is. @param {Element} node @param {Factor} factor */
function tagged(node, { value, before }) {
  put(node, { "data-value": value, "data-before": before });
  return node;
}

/**
 * @param {Layout} layout @param {Facet} facet @param {Series} series @param {number} stage @param {number} step
 * @returns {Workings}
 */
export function workings(layout, facet, series, stage, step) {
  const { value, role } = layout.stages[stage];
  return workingsOf(layout, facet, series.arithmetic[value], value, role, step);
}

/**
 * @param {Layout} layout @param {Facet} facet @param {import("../types.js").Arithmetic} sums @param {string} value
 * @param {string} role @param {number} step @returns {Workings}
 */
export function workingsOf(layout, facet, sums, value, role, step) {
  const formula = facet.formulas[value];
  const chips = layout.wide.nodes.filter(({ kind }) => kind === "chip");
  const hueOf = (/** @type {Factor} */ factor) =>
    layout.roles[(factor.function && twin(facet, factor)) || (factor.value ?? "")] ?? role;
  /** A factor's letter: within `1 − z` in the hue of the whole. @param {Factor} factor @param {number} at */
  const nameIn = (factor, at) =>
    factor.function === "complement"
      ? letter(factor.value ?? "", hueOf(factor), at + (factor.before ? 0 : 1))
      : valueName(layout, factor.value ?? "", at, factor.before);
  /**
   * What a reader chose is printed as chosen, what was computed with four decimals.
   * @param {Factor} factor @param {number} v
   */
  const printed = ({ parameter, value: name }, v) =>
    parameter || (name && !(name in facet.formulas)) ? chosen(v) : fixed(v, 4);

  const pieces = formula.terms.map(({ sign, factors }, t) => {
    const term = sums.terms[t];
    if ("products" in term) return whole(layout, term, step, t, value);
    const { factors: found, inner } = term;
    const product = sign < 0 ? term.product.map((each) => -each) : term.product;
    const values = factors.map((_, k) => found[k][step]);
    const bias = factors.length === 1 && Boolean(factors[0].parameter);
    const leads = Boolean(factors[0].parameter); // a weight's sign is the term's sign
    const negative = sign < 0 !== (leads && values[0] < 0);
    const shown = values.map((v, k) => printed(factors[k], leads && k === 0 ? Math.abs(v) : v));
    const first = factors.find((factor) => factor.value);
    const parameter = factors.find((factor) => factor.parameter);
    const termRole = first
      ? hueOf(first)
      : (chips.find((chip) => chip.parameter === parameter?.parameter)?.role ?? role);
    const hue = (/** @type {Factor} */ factor) => (factor.parameter || parameter ? termRole : hueOf(factor));
    const letters = factors.map((factor, k) =>
      factor.value
        ? tagged(through(factor, nameIn(factor, step), hueOf(factor)), factor)
        : number(shown[k], termRole, true),
    );
    const numbers = factors.map((factor, k) => {
      const into = inner[k];
      return tagged(
        into && factor.function !== "complement"
          ? through(factor, number(fixed(into[step], 4), hue(factor), true), hue(factor))
          : number(shown[k], hue(factor), k === 0),
        factor,
      );
    });
    const steps = factors.map((factor, k) => tagged(number(shown[k], hue(factor), k === 0), factor));
    const read = factors.flatMap((factor, k) =>
      factor.value ? [{ label: nameOf(layout, factor, hueOf(factor)), role: hueOf(factor), number: values[k] }] : [],
    );
    return {
      negative,
      role: termRole,
      product: product[step],
      names: factors.flatMap((factor) => [factor.parameter ?? factor.value ?? ""]),
      letters: joined(letters, " · "),
      numbers: joined(numbers, " · "),
      steps: joined(steps, " · "),
      plain: bias ? chosen(Math.abs(product[step])) : fixed(Math.abs(product[step]), 4),
      label: read.length
        ? joined(
            read.map(({ label }) => label.cloneNode(true)),
            "·",
          )
        : null,
      factors: read,
    };
  });
  const [total, result] = [sums.total[step], sums.result[step]];
  return { value, role, function: formula.function, how: formula.how, pieces, total, result };
}

/** Functions whose result is a share, or a weight that is 1 at most. */
const SHARES = new Set(["sigmoid", "hard_sigmoid", "hard_sigmoid_fifth", "exp"]);

/**
 * A gate is shut, partly or wide open; anything else is below, near or above zero.
 * @param {string} stage @param {Workings} calculation
 */
export function sayKey(stage, { function: name, result }) {
  if (Number.isNaN(result)) return "say.covered";
  const [low, high] = SHARES.has(name?.split("(")[0] ?? "") ? [0.1, 0.9] : [-0.05, 0.05];
  return `say.${stage}.${result < low ? "low" : result >= high ? "high" : "mid"}`;
}
