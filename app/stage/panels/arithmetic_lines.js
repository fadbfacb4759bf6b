/** One value's arithmetic as it is set: three aligned lines, the short form beside dot products, or a receipt. */

import { ground } from "../colour.js";
import { el, put } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { countOf } from "../state/strips.js";
import { functionName, valueName } from "./maths.js";
import { waterfall } from "./waterfall.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("./workings.js").Workings} Workings
 */

/** @param {string[]} names @param {HTMLElement} element @returns {HTMLElement} */
function linked(names, element) {
  put(element, { "data-names": names.join(" ") });
  return element;
}

/** @param {Workings} calculation */
function chip({ value, role, result }) {
  const box = el("span", { class: `gw-chip role-${role}`, "data-value": value }, fixed(result, 4));
  box.style.background = ground(result);
  return linked([value], box);
}

/** @param {boolean} negative @param {number} place */
const sign = (negative, place) => (place ? (negative ? "−" : "+") : negative ? "−" : "");

/**
 * Before a term: its sign, or a comma where the larger is taken.
 * @param {Workings} workings @param {boolean} negative @param {number} k
 */
const between = ({ how }, negative, k) => (how === "maximum" ? (negative ? ", −" : ",") : sign(negative, k));

/**
 * Beside the dot products: what is left to add, and the result.
 * @param {Context} context @param {Workings} calculation @param {number} step @param {number} unit
 */
export function shortOf(context, calculation, step, unit) {
  const { layout, word, index, facet } = context,
    total = countOf(facet().series[index], calculation.value);
  const around = (/** @type {(string|Node)[]} */ ...inner) =>
    calculation.function ? [functionName(calculation.function), "\u2009( ", ...inner, " )"] : inner;
  const terms = calculation.pieces.flatMap((piece, k) => [
    sign(piece.negative, k),
    k ? " " : "",
    linked(piece.names.slice().reverse(), el("span", { class: `term role-${piece.role}` }, piece.numbers)),
    " ",
  ]);
  return el(
    "div",
    { class: "gw-short" },
    el(
      "p",
      { class: "gw-short-note" },
      total > 1 ? `${word("unit.of", { n: unit + 1, total })}: ` : "",
      word(calculation.function ? "dot.squash" : "dot.add"),
    ),
    el(
      "p",
      { "data-line": 2 },
      linked([calculation.value], valueName(layout, calculation.value, step)),
      " = ",
      ...around(...terms),
    ),
    el(
      "p",
      { "data-line": 3 },
      "= ",
      ...(calculation.function
        ? [functionName(calculation.function), `\u2009(${fixed(calculation.total, 4)}) = `]
        : []),
      chip(calculation),
    ),
  );
}

/** @param {Context} context @param {Workings} calculation @param {number} step */
export function linesOf(context, calculation, step) {
  const { layout } = context;
  const single = calculation.pieces.length === 1;
  /** @param {number} row @param {string} kind @param {...(string|Node)} content */
  const at = (row, kind, ...content) =>
    el("span", { class: kind, style: `grid-row:${row}`, "data-line": row }, ...content);
  /** @type {HTMLElement[]} */
  const cells = [linked([calculation.value], at(1, "lhs", valueName(layout, calculation.value, step)))];
  for (const row of [1, 2, 3]) {
    /** @param {string} kind @param {number} column @param {...(string|Node)} content */
    const put1 = (kind, column, ...content) => {
      const cell = at(row, kind, ...content);
      cell.style.gridColumn = String(column);
      cells.push(cell);
      return cell;
    };
    put1("equals", 2, "=");
    const before = calculation.function ?? calculation.how;
    if (before) put1("open", 3, functionName(before), "(");
    calculation.pieces.forEach((piece, k) => {
      const negative = row === 3 && !single ? piece.product < 0 : piece.negative;
      const text = row === 1 ? piece.letters : row === 2 ? piece.numbers : single ? piece.steps : piece.plain;
      if (k) put1("sign", 4 + 2 * k, between(calculation, negative, k));
      const term = put1(`term role-${piece.role}`, 5 + 2 * k, ...(k ? [] : [sign(negative, 0)]), text);
      linked(piece.names.slice().reverse(), term);
    });
    const column = 5 + 2 * calculation.pieces.length;
    if (before) put1("tail", column, ")");
    if (row === 3)
      put1(
        "tail outcome",
        column + 1,
        "= ",
        ...(calculation.function ? [functionName(calculation.function), `(${fixed(calculation.total, 4)}) = `] : []),
        chip(calculation),
      );
  }
  return [
    el("div", { class: "gw-lines" }, ...cells),
    ...(calculation.how ? [] : [waterfall(calculation, context.word)]),
  ];
}

/** @param {Context} context @param {Workings} calculation @param {number} step */
export function receiptOf(context, calculation, step) {
  const single = calculation.pieces.length === 1;
  const rows = calculation.pieces.map((piece) =>
    linked(
      piece.names.slice().reverse(),
      el(
        "div",
        { class: `gw-receipt-row role-${piece.role}` },
        el(
          "span",
          { class: "term" },
          ...(piece.label ? [piece.negative ? "−" : "", piece.letters] : [context.word("bias")]),
        ),
        el(
          "span",
          { class: "put", "data-line": 2 },
          ...(piece.label && !piece.dot ? [piece.negative ? "−" : "", single ? piece.steps : piece.numbers] : []),
        ),
        el(
          "span",
          { class: "worth", "data-line": 3 },
          (piece.product >= 0 && !single ? "+" : "") + fixed(piece.product, 4),
        ),
      ),
    ),
  );
  const sum = el(
    "div",
    { class: "gw-receipt-sum" },
    el("span", {}, context.word("sum")),
    el("b", { "data-line": 3 }, fixed(calculation.total, 4)),
  );
  const result = el(
    "div",
    { class: "gw-receipt-result" },
    valueName(context.layout, calculation.value, step),
    " = ",
    el(
      "span",
      { "data-line": 3 },
      ...(calculation.function ? [functionName(calculation.function), ` (${fixed(calculation.total, 4)}) = `] : []),
      chip(calculation),
    ),
  );
  const told = single || Boolean(calculation.how) || !calculation.function; // the result says it
  return [...rows, told ? el("div", { class: "gw-receipt-rule" }) : sum, result];
}
