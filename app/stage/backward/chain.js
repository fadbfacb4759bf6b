/** The chain rule of one gradient at one step, with its numbers: where it comes back from. */

import { fill } from "../colour.js";
import { el } from "../element.js";
import { bracketed } from "../format.js";
import { FUNCTION, letter, valueName } from "../maths.js";
import { GRADIENTS, short } from "../notation.js";

/**
 * @typedef {import("../panels.js").Context} Context
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Link} Link
 * @typedef {import("../types.js").Local} Local
 */

const FOUR = (/** @type {number} */ value) => short(value, 4);

/** ∂L/∂name. @param {Context} context @param {string} name @param {number} step from 0 */
export function gradientName({ layout }, name, step) {
  return el("span", { class: `gw-partial role-${layout.roles[name] ?? "b"}` }, el("span", { class: "gw-maths quiet" }, "∂L/∂"), valueName(layout, name, step));
}

/** A local derivative as it is written. @param {Context} context @param {Local} local @param {number} step the reader's */
function localName({ layout }, { kind, name, before, function: outer, inner }, step) {
  if (kind === "minus") return el("span", {}, "(−1)");
  if (kind === "parameter") return letter(name, layout.roles[name.slice(2)] ?? "b");
  if (kind === "value" && !outer) return valueName(layout, name, step, before);
  const sign = FUNCTION[outer ?? ""] ?? outer ?? "";
  const [argument, at] = name.length === 1 && !inner ? [name, step] : [inner ?? name, step];
  const of = el("span", {}, el("span", { class: "gw-maths upright" }, kind === "slope" ? `${sign}′` : sign), "(", /^a_/.test(argument) ? letter("a", layout.roles[argument.slice(2)] ?? "b") : valueName(layout, argument, at, before), ")");
  return of;
}

/** One term: letters, numbers, product. @param {Context} context @param {Link} link @param {number} step @param {number} total */
function termOf(context, link, step, total) {
  const { word, layout } = context, at = link.later ? step + 1 : step;
  if (!link.to) return { letters: [word("back.loss")], numbers: [], role: "b", product: link.product[step], total };
  const upstream = gradientName(context, link.to, at);
  if (link.upstream === null) {
    const sum = el("span", {}, "Σ ", upstream, link.matrix ? el("span", {}, " · ", letter(link.matrix, layout.roles[link.to] ?? "b")) : null);
    return { letters: [sum], numbers: [], role: layout.roles[link.to] ?? "b", product: link.product[step], total };
  }
  const letters = [upstream, ...link.local.map((local) => localName(context, local, at))];
  // A term of the next step reads that step's numbers; Python has shifted them to the step they come back to.
  const numbers = [link.upstream[step], ...link.local.map((local) => local.numbers[step])].map(FOUR);
  return { letters, numbers, role: layout.roles[link.to] ?? "b", product: link.product[step], total };
}

/** @param {(Node|string)[]} parts */
const joined = (parts) => parts.flatMap((part, k) => (k ? [" · ", part] : [part]));

/** @param {Context} context @param {string} name @param {number} step @returns {HTMLElement[]} */
export function chainOf(context, name, step) {
  const { word, scene, index, layout } = context, gradients = scene().series[index].gradients;
  if (!gradients) return [];
  const role = layout.roles[name] ?? "b", total = gradients.values[name][step];
  const terms = gradients.chain[name].filter((link) => !link.later || step < gradients.loss.length - 1).map((link) => termOf(context, link, step, total));
  const rows = terms.map(({ letters, numbers, role: hue, product }) => el("div", { class: `gw-receipt-row role-${hue}` },
    el("span", { class: "term" }, ...joined(letters)),
    el("span", { class: "put", "data-line": 2 }, ...joined(numbers.map((text, k) => (k ? bracketed(text) : text)))),
    el("span", { class: "worth", "data-line": 3 }, (product >= 0 ? "+" : "") + FOUR(product))));
  const chip = el("span", { class: `gw-chip role-${role}` }, FOUR(total));
  chip.style.background = fill(GRADIENTS.tone(total));
  const none = terms.length ? [] : [el("div", { class: "gw-receipt-row" }, word("back.none"))];
  return [...rows, ...none, el("div", { class: "gw-receipt-result" }, gradientName(context, name, step), " = ", el("span", { "data-line": 3 }, chip))];
}

/** The loss, where its gradient starts. @param {Context} context @returns {string} */
export function lossOf({ word, scene, index }) {
  const { series, targets, steps } = scene(), { key, gradients } = series[index];
  const end = gradients ? gradients.loss.length - 1 : steps - 1;
  return word(key in targets ? "back.square" : "back.state", { step: end + 1, target: targets[key] ?? 0, value: FOUR(gradients?.loss[end] ?? 0) });
}
