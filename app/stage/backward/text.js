/** The chain rule of one gradient in plain text, for a tip: letters, then numbers. Pure. */

import { bracketed } from "../format.js";
import { FUNCTION } from "../maths.js";
import { short } from "../notation.js";

/**
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Link} Link
 * @typedef {import("../types.js").Local} Local
 */

const FOUR = (/** @type {number} */ value) => short(value, 4);

/** A value with its step as low figures; a name of several letters has none. @param {string} name @param {number} step from 1 */
export const stepped = (name, step) => (name.length > 1 ? name.replace("one_minus_", "1−") : name + [...String(step)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join(""));

/** @param {Local} local @param {number} step from 1 */
function letters({ kind, name, before, function: outer, inner }, step) {
  if (kind === "minus") return "(−1)";
  if (kind === "parameter") return name;
  if (kind === "value" && !outer) return stepped(name, before ? step - 1 : step);
  const sign = FUNCTION[outer ?? ""] ?? outer ?? "";
  return `${sign}${kind === "slope" ? "′" : ""}(${stepped(inner ?? name, before ? step - 1 : step)})`;
}

/** @param {Link} link @param {number} step from 0 @param {string} loss */
function termOf(link, step, loss) {
  const at = link.later ? step + 2 : step + 1;
  if (!link.to) return { letters: loss, numbers: FOUR(link.product[step]) };
  const upstream = `∂L/∂${stepped(link.to, at)}`;
  if (link.upstream === null) return { letters: `Σ ${upstream}·${link.matrix ?? ""}`, numbers: FOUR(link.product[step]) };
  const numbers = [link.upstream[step], ...link.local.map((local) => local.numbers[step])].map(FOUR);
  return { letters: [upstream, ...link.local.map((local) => letters(local, at))].join("·"), numbers: numbers.map((text, k) => (k ? bracketed(text) : text)).join("·") };
}

/** Two lines: the terms, and the terms with their numbers. @param {Series} series @param {string} name @param {number} step from 0 @param {string} loss how the loss is called */
export function chainText({ gradients }, name, step, loss) {
  const links = gradients?.chain[name];
  if (!gradients || !links || step < 0) return [];
  const terms = links.filter((link) => !link.later || step < gradients.loss.length - 1).map((link) => termOf(link, step, loss));
  if (!terms.length) return [];
  return [`∂L/∂${stepped(name, step + 1)} = ${terms.map((term) => term.letters).join(" + ")}`, `= ${terms.map((term, k) => (k ? bracketed(term.numbers) : term.numbers)).join(" + ")}`];
}
