/** The chain rule of one gradient at one step, with its numbers: where it comes back from. */

import { ground } from "../colour.js";
import { el } from "../../components/base/element.js";
import { bracketed } from "../../components/base/format.js";
import { letter, valueName } from "../panels/maths.js";
import { GRADIENTS } from "../state/notation.js";
import { waterfall } from "../panels/waterfall.js";
import { FOUR, multiplied, termsOf } from "./text.js";

/**
 * @typedef {import("../panels/panels.js").Context} Context
 * @typedef {import("./text.js").ChainTerm} ChainTerm
 * @typedef {import("./text.js").Token} Token
 */

/** More terms than these are written one per line. */
const IN_LINE = 3;

/** ∂L/∂name. @param {Context} context @param {string} name @param {number} step from 0 */
export function gradientName({ layout }, name, step) {
  return el(
    "span",
    { class: `gw-partial role-${layout.roles[name] ?? "b"}` },
    el("span", { class: "gw-maths quiet" }, "∂L/∂"),
    valueName(layout, name, step),
  );
}

/** @param {Context} context @param {Token} token @param {number} at */
function written(context, token, at) {
  const { layout } = context;
  if (typeof token === "string") return token;
  if ("gradient" in token) return gradientName(context, token.gradient, at);
  const name = "parameter" in token ? token.parameter : token.value;
  if ("parameter" in token || /^a_/.test(name)) return letter(name, layout.roles[name.slice(2)] ?? "b");
  return valueName(layout, name, at, token.before);
}

/** A term in letters. @param {Context} context @param {ChainTerm} term */
function lettersOf(context, { letters, at }) {
  const factors = letters.flatMap((tokens, k) => [
    ...(k ? [" · "] : []),
    ...tokens.map((token) => written(context, token, at)),
  ]);
  return el("span", { class: "gw-product" }, ...factors);
}

/** @param {Context} context @param {string} name @param {number} total */
function chipOf({ layout }, name, total) {
  const chip = el("span", { class: `gw-chip role-${layout.roles[name] ?? "b"}` }, FOUR(total));
  chip.style.background = ground(GRADIENTS.tone(total));
  return chip;
}

/** @param {Context} context @param {ChainTerm} term the hue of what it comes from */
const hueOf = ({ layout }, { to }) => layout.roles[to] ?? "b";

/**
 * Three aligned lines and the running sum, or, where there is little room or many terms, a receipt.
 * @param {Context} context @param {string} name @param {number} step @param {boolean} receipt @returns {HTMLElement[]}
 */
export function chainOf(context, name, step, receipt) {
  const { word, facet, index } = context,
    { series, targets } = facet(),
    one = series[index];
  if (!one.gradients) return [];
  const total = one.gradients.values[name][step],
    terms = termsOf(one, name, step, word("back.loss"), targets[one.key]);
  const chip = chipOf(context, name, total),
    left = gradientName(context, name, step);
  return receipt || !terms.length || terms.length > IN_LINE
    ? receiptOf(context, terms, left, chip)
    : linesOf(context, terms, left, chip, name, total);
}

/**
 * @param {Context} context @param {ChainTerm[]} terms @param {HTMLElement} left @param {HTMLElement} chip
 * @param {string} name @param {number} total
 */
function linesOf(context, terms, left, chip, name, total) {
  /** @type {HTMLElement[]} */
  const cells = [];
  /** @param {number} row @param {number} column @param {string} kind @param {...(Node|string)} content */
  const add = (row, column, kind, ...content) =>
    cells.push(
      el("span", { class: kind, style: `grid-row:${row};grid-column:${column}`, "data-line": row }, ...content),
    );
  const lone = terms.length === 1;
  add(1, 1, "lhs", left);
  for (const row of [1, 2, ...(lone ? [] : [3])]) {
    add(row, 2, "equals", "=");
    terms.forEach((term, k) => {
      const { numbers, product } = term,
        minus = row === 3 && k > 0 && product < 0;
      if (k) add(row, 2 + 2 * k, "sign", minus ? "−" : "+");
      add(
        row,
        3 + 2 * k,
        `term role-${hueOf(context, term)}`,
        row === 1 ? lettersOf(context, term) : row === 2 ? multiplied(numbers, !k) : FOUR(minus ? -product : product),
      );
    });
  }
  if (lone) add(3, 2, "equals", "=");
  add(3, lone ? 3 : 4 + 2 * terms.length, "tail outcome", ...(lone ? [] : ["= "]), chip);
  const { word, layout } = context,
    role = layout.roles[name] ?? "b";
  const pieces = terms.map((term) => ({
    role: hueOf(context, term),
    label: term.to ? letter(term.to, hueOf(context, term)) : el("span", {}, "L"),
    product: term.product,
  }));
  return [
    el("div", { class: "gw-lines" }, ...cells),
    ...(lone ? [] : [waterfall({ pieces, total, value: name, role }, word, FOUR)]),
  ];
}

/** @param {Context} context @param {ChainTerm[]} terms @param {HTMLElement} left @param {HTMLElement} chip */
function receiptOf(context, terms, left, chip) {
  const rows = terms.map((term) =>
    el(
      "div",
      { class: `gw-receipt-row role-${hueOf(context, term)}` },
      el("span", { class: "term" }, lettersOf(context, term)),
      el("span", { class: "put", "data-line": 2 }, term.numbers.length > 1 ? multiplied(term.numbers) : ""),
      el("span", { class: "worth", "data-line": 3 }, (term.product >= 0 ? "+" : "") + FOUR(term.product)),
    ),
  );
  const none = terms.length ? [] : [el("div", { class: "gw-receipt-row" }, context.word("back.none"))];
  return [
    ...rows,
    ...none,
    el("div", { class: "gw-receipt-result" }, left, " = ", el("span", { "data-line": 3 }, chip)),
  ];
}

/** The loss, where its gradient starts. @param {Context} context @returns {string} */
export function lossOf({ word, facet, index }) {
  const { series, targets, steps } = facet(),
    { key, gradients } = series[index];
  const end = gradients ? gradients.loss.length - 1 : steps - 1;
  return word(key in targets ? "back.square" : "back.state", {
    step: end + 1,
    target: targets[key] ?? 0,
    value: FOUR(gradients?.loss[end] ?? 0),
  });
}

/**
 * What a stage played backward does to the gradient, and of the memory's how much comes along it.
 * @param {Context} context @param {number} stage @param {number} step
 */
export function sayingOf({ word, facet, index, layout }, stage, step) {
  const { series, words, notation } = facet(),
    { gradients } = series[index],
    { key, value } = layout.stages[stage];
  const name = word(`value.${value}.name`),
    own = `say.back.${key}`;
  const sentence = word(own in words ? own : "say.back", {
    name,
    value: notation.print(series[index].values[value][step]),
  });
  const routes = gradients?.routes,
    back = gradients?.step;
  if (back && value === "a") {
    const [slope, weight, product] = [back.slope, back.weight, back.product].map((numbers) =>
      notation.print(numbers[step]),
    );
    return `${sentence} ${word("back.step", { slope, weight: bracketed(weight), product })}`;
  }
  if (!gradients || routes?.state !== value || step === gradients.loss.length - 1) return sentence;
  const [along, through] = [routes.along, routes.through].map((numbers) => notation.print(numbers[step]));
  return `${sentence} ${word("back.routes", { along, through })}`;
}
