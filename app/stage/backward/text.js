/** How a term of the chain rule is written: tokens, for the page and for a tip in plain text. Pure. */

import { bracketed } from "../../components/base/format.js";
import { FUNCTION, short } from "../state/notation.js";

/**
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Link} Link
 * @typedef {import("../types.js").Local} Local
 * @typedef {string|{value: string, before: boolean}|{gradient: string}|{parameter: string}} Token
 *   what is not plain text has a hue
 * @typedef {{letters: Token[][], numbers: string[], at: number, to: string, product: number}} ChainTerm
 *   one term: its factors in letters and in numbers; `at` is the step, from 0, its letters are of
 */

export const FOUR = (/** @type {number} */ value) => short(value, 4);

/**
 * A local derivative in letters: slopes by what they are of σ and tanh, by a prime of other functions.
 * @param {Local} local @returns {Token[]}
 */
function lettersOf({ kind, name, before, function: outer, inner }) {
  const value = { value: name, before: false },
    read = { value: inner ?? name, before },
    sign = FUNCTION[outer ?? ""] ?? outer ?? "";
  if (kind === "minus") return ["(−1)"];
  if (kind === "parameter") return [{ parameter: name }];
  if (kind === "slope") {
    if (outer === "linear") return ["1"];
    if (outer === "sigmoid" && name) return [value, "(1 − ", value, ")"];
    if (outer === "tanh") return name ? ["(1 − ", value, "²)"] : ["(1 − tanh² ", read, ")"];
    return [`${sign}′(`, read, ")"];
  }
  if (!outer) return [{ value: name, before }];
  if (outer === "linear") return [read];
  return outer === "complement" ? ["(1 − ", read, ")"] : [`${sign} `, read];
}

/**
 * The loss's own share: of (h − target)² its slope, else the state itself.
 * @param {Series} series @param {string} name @param {number} step @param {number|undefined} target
 * @param {string} loss @returns {ChainTerm}
 */
function ownTerm({ gradients, forward }, name, step, target, loss) {
  const product = gradients?.chain[name].find(({ to }) => !to)?.product[step] ?? 0,
    goal = String(target).replace("-", "−");
  if (target === undefined) return { letters: [[loss]], numbers: [FOUR(product)], at: step, to: "", product };
  return {
    letters: [["2"], ["(", { value: name, before: false }, ` − ${bracketed(goal)})`]],
    numbers: ["2", `(${FOUR(forward?.[name][step] ?? NaN)} − ${bracketed(goal)})`],
    at: step,
    to: "",
    product,
  };
}

/**
 * Every term of a gradient at one step; none come from after the last.
 * @param {Series} series @param {string} name @param {number} step from 0 @param {string} loss how the loss is called
 * @param {number} [target] @returns {ChainTerm[]}
 */
export function termsOf(series, name, step, loss, target) {
  const { gradients } = series,
    last = (gradients?.loss.length ?? 0) - 1;
  const links = (gradients?.chain[name] ?? []).filter((link) => (link.to ? !link.later || step < last : step === last));
  return links.map((link) => {
    const { to, later, upstream, local, matrix } = link,
      product = link.product[step],
      at = later ? step + 1 : step;
    if (!to) return ownTerm(series, name, step, target, loss);
    if (!upstream)
      return {
        letters: [["Σ ", { gradient: to }], ...(matrix ? [[{ parameter: matrix }]] : [])],
        numbers: [FOUR(product)],
        at,
        to,
        product,
      };
    // A term of the next step reads that step's numbers; Python has shifted them to the step they come back to.
    return {
      letters: [[{ gradient: to }], ...local.map(lettersOf)],
      numbers: [upstream[step], ...local.map(({ numbers }) => numbers[step])].map(FOUR),
      at,
      to,
      product,
    };
  });
}

/**
 * Numbers as factors: a negative one is written in brackets, but where a sum begins.
 * @param {string[]} numbers @param {boolean} [begins]
 */
export const multiplied = (numbers, begins = true) =>
  numbers.map((text, k) => (begins && !k ? text : bracketed(text))).join(" · ");

/**
 * A value with its step as low figures; a name of several letters has none.
 * @param {string} name @param {number} step from 1
 */
export const stepped = (name, step) =>
  name.length > 1
    ? name.replace("one_minus_", "1−")
    : name + [...String(step)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");

/** @param {Token} token @param {number} at from 0 */
function plain(token, at) {
  if (typeof token === "string") return token;
  if ("parameter" in token) return token.parameter;
  return "gradient" in token
    ? `∂L/∂${stepped(token.gradient, at + 1)}`
    : stepped(token.value, at + (token.before ? 0 : 1));
}

/**
 * Two lines: the terms, and the terms with their numbers.
 * @param {Series} series @param {string} name @param {number} step from 0 @param {string} loss @param {number}
 *   [target]
 */
export function chainText(series, name, step, loss, target) {
  const terms = step < 0 ? [] : termsOf(series, name, step, loss, target);
  if (!terms.length) return [];
  const letters = terms.map(({ letters: factors, at }) =>
    factors.map((tokens) => tokens.map((token) => plain(token, at)).join("")).join(" · "),
  );
  return [
    `∂L/∂${stepped(name, step + 1)} = ${letters.join(" + ")}`,
    `= ${terms.map(({ numbers }, k) => multiplied(numbers, !k)).join(" + ")}`,
  ];
}
