/** One value's arithmetic: three aligned lines and a running sum, or a receipt where there is little room. */

import { chainOf, lossOf } from "./backward/chain.js";
import { fill } from "./colour.js";
import { PHASES } from "./diagram/easing.js";
import { shown as revealed } from "./timeline.js";
import { button, el, put } from "./element.js";
import { fixed, numbersOf, parts } from "./format.js";
import { functionName, valueName } from "./maths.js";
import { blocksOf, dotTable, showOwn } from "./vector/dot.js";
import { countOf } from "./vector/strips.js";
import { waterfall } from "./waterfall.js";
import { workings } from "./workings.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("./types.js").Facet} Scene
 * @typedef {import("./types.js").View} View
 * @typedef {import("./workings.js").Workings} Workings
 * @typedef {import("./workings.js").Piece} Piece
 */

/** @param {Context} context */
export function createArithmetic(context) {
  const { layout, index } = context;
  const root = el("div", { class: "gw-arithmetic" });
  const spoken = el("p", { class: "gw-say" });
  let key = "", folded = false, tallest = 0, place = "";
  const fold = button("", () => {
    folded = !folded;
    context.actions.redraw();
  }, { class: "gw-link gw-fold" }, context.word("dot.fold"));
  const tables = el("div", { class: "gw-dot-tables" }), dots = el("div", { class: "gw-dot-blocks" }, fold, tables);
  /** The dot products of a unit, where there are any. @param {Scene} scene @param {Workings} told @param {View} view @returns {HTMLElement|null} */
  function dotsOf(scene, { value }, { step, unit }) {
    const blocks = blocksOf(scene, scene.series[index], value), reading = tables.querySelector(":focus") !== null;
    tables.replaceChildren(...(folded ? [] : blocks.map((block) => dotTable(context, scene, block, step, unit))));
    if (reading) /** @type {HTMLElement|null} */ (tables.querySelector("[tabindex]"))?.focus();
    put(fold, { "aria-expanded": String(!folded) });
    return blocks.length ? dots : null;
  }
  /** A stage without products is as tall as one with them: nothing beneath moves while it plays. @param {string} now what the height depends on */
  function stay(now) {
    if (now !== place) root.style.minHeight = "";
    tallest = now === place ? Math.max(tallest, root.offsetHeight) : root.offsetHeight;
    place = now;
    root.style.minHeight = `${tallest}px`;
  }
  /** Backward: the chain rule of the value whose stage is played. @param {View} view */
  function drawChain({ step, stage }) {
    const { value, role } = layout.stages[stage], { word, scene } = context, { series, notation } = scene();
    const last = step === series[index].values[value].length - 1 && stage === layout.stages.length - 1;
    root.replaceChildren(...(last ? [el("p", { class: "gw-loss" }, lossOf(context))] : []), ...chainOf(context, value, step));
    put(root, { class: `gw-arithmetic role-${role}`, "data-receipt": true, "data-dots": null });
    const said = word("say.back", { name: word(`value.${value}.name`), value: notation.print(series[index].values[value][step]) });
    spoken.replaceChildren(...parts(said).map(({ text: piece, bold }) => (bold ? el("strong", {}, piece) : document.createTextNode(piece))));
  }
  return {
    root, spoken,
    /** @param {Scene} scene @param {View} view @param {boolean} receipt */
    draw(scene, view, receipt) {
      const { step, stage, progress, unit } = view;
      const series = scene.series[index], waiting = !series.arithmetic[layout.stages[stage].value]; // for another unit's
      for (const part of [root, spoken]) put(part, { "data-waiting": waiting });
      if (waiting) return;
      const open = revealed(stage, step, view);
      const phase = open ? 3 : progress >= PHASES.curve[0] ? 2 : 1;
      for (const part of [root, spoken]) put(part, { "data-phase": phase });
      const now = [context.version(), step, stage, receipt, unit, folded, view.backward].join();
      if (now !== key && view.backward) {
        key = now;
        drawChain(view);
      } else if (now !== key) {
        key = now;
        const told = workings(layout, scene, series, stage, step), shown = dotsOf(scene, told, view);
        const beside = shown !== null && !folded && !receipt;
        const lines = receipt ? receiptOf(context, told, step) : beside ? [shortOf(context, told, step, unit)] : linesOf(context, told, step);
        for (const old of [...root.children]) if (old !== shown) old.remove();
        if (shown && shown.parentNode !== root) root.prepend(shown);
        root.append(...lines);
        put(root, { class: `gw-arithmetic role-${told.role}`, "data-receipt": receipt, "data-dots": shown && (folded ? "folded" : "open") });
        showOwn(root);
        if (series.units) stay(`${root.clientWidth}, ${folded}`);
        const text = context.word(sayKey(layout.stages[stage].key, told), numbersOf(scene, series, step));
        const count = countOf(series), title = context.word(`stage.${layout.stages[stage].key}.title`);
        const whose = count > 1 ? `${title}, ${context.word("unit.of", { n: unit + 1, total: count })}, ` : "";
        spoken.replaceChildren(whose, ...parts(text).map(({ text: piece, bold }) => (bold ? el("strong", {}, piece) : document.createTextNode(piece))));
        if (!receipt && !beside) fit(root);
      }
      for (const part of root.querySelectorAll("[data-names]")) {
        put(part, { "data-hover": view.hover !== null && (part.getAttribute("data-names") ?? "").split(" ").includes(view.hover) });
      }
    },
  };
}

/** Long lines are set a size smaller, then in a line more: never over the chart. @param {HTMLElement} root */
function fit(root) {
  const lines = /** @type {HTMLElement} */ (root.querySelector(".gw-lines"));
  const tooLong = () => lines.scrollWidth > lines.clientWidth + 1;
  put(lines, { "data-tight": null, "data-more": null });
  if (tooLong()) put(lines, { "data-tight": true });
  if (tooLong()) put(lines, { "data-more": true });
}

/** A gate is shut, partly or wide open; anything else is below, near or above zero. @param {string} stage @param {Workings} told */
export function sayKey(stage, { function: name, result }) {
  const [low, high] = name?.includes("sigmoid") ? [0.1, 0.9] : [-0.05, 0.05];
  return `say.${stage}.${result < low ? "low" : result >= high ? "high" : "mid"}`;
}

/** @param {Context} context @param {string[]} names @param {HTMLElement} element @returns {HTMLElement} */
function linked({ actions }, names, element) {
  put(element, { "data-names": names.join(" ") });
  element.addEventListener("pointerenter", () => actions.hover(names[0]));
  element.addEventListener("pointerleave", () => actions.hover(null));
  return element;
}

/** @param {Context} context @param {Workings} told */
function chip(context, { value, role, result }) {
  const box = el("span", { class: `gw-chip role-${role}` }, fixed(result, 4));
  box.style.background = fill(result);
  return linked(context, [value], box);
}

/** @param {boolean} negative @param {number} place */
const sign = (negative, place) => (place ? (negative ? "−" : "+") : negative ? "−" : "");

/** Beside the dot products: what is left to add, and the result. @param {Context} context @param {Workings} told @param {number} step @param {number} unit */
function shortOf(context, told, step, unit) {
  const { layout, word, index, scene } = context, total = countOf(scene().series[index]);
  const around = (/** @type {(string|Node)[]} */ ...inner) => (told.function ? [functionName(told.function), "\u2009( ", ...inner, " )"] : inner);
  const terms = told.pieces.flatMap((piece, k) => [sign(piece.negative, k), k ? " " : "",
    linked(context, piece.names.slice().reverse(), el("span", { class: `term role-${piece.role}` }, piece.numbers)), " "]);
  return el("div", { class: "gw-short" },
    el("p", { class: "gw-short-note" }, total > 1 ? `${word("unit.of", { n: unit + 1, total })}: ` : "", word(told.function ? "dot.squash" : "dot.add")),
    el("p", { "data-line": 2 }, linked(context, [told.value], valueName(layout, told.value, step)), " = ", ...around(...terms)),
    el("p", { "data-line": 3 }, "= ", ...(told.function ? [functionName(told.function), `\u2009(${fixed(told.total, 4)}) = `] : []), chip(context, told)));
}

/** @param {Context} context @param {Workings} told @param {number} step */
function linesOf(context, told, step) {
  const { layout } = context;
  const single = told.pieces.length === 1;
  /** @param {number} row @param {string} kind @param {...(string|Node)} content */
  const at = (row, kind, ...content) => el("span", { class: kind, style: `grid-row:${row}`, "data-line": row }, ...content);
  /** @type {HTMLElement[]} */
  const cells = [linked(context, [told.value], at(1, "lhs", valueName(layout, told.value, step)))];
  for (const row of [1, 2, 3]) {
    /** @param {string} kind @param {number} column @param {...(string|Node)} content */
    const put1 = (kind, column, ...content) => {
      const cell = at(row, kind, ...content);
      cell.style.gridColumn = String(column);
      cells.push(cell);
      return cell;
    };
    put1("equals", 2, "=");
    if (told.function) put1("open", 3, functionName(told.function), "(");
    told.pieces.forEach((piece, k) => {
      const negative = row === 3 && !single ? piece.product < 0 : piece.negative;
      const text = row === 1 ? piece.letters : row === 2 ? piece.numbers : single ? piece.steps : piece.plain;
      if (k) put1("sign", 4 + 2 * k, sign(negative, k));
      const term = put1(`term role-${piece.role}`, 5 + 2 * k, ...(k ? [] : [sign(negative, 0)]), text);
      linked(context, piece.names.slice().reverse(), term);
    });
    const column = 5 + 2 * told.pieces.length;
    if (told.function) put1("tail", column, ")");
    if (row === 3) put1("tail outcome", column + 1, "= ", ...(told.function ? [functionName(told.function), `(${fixed(told.total, 4)}) = `] : []), chip(context, told));
  }
  return [el("div", { class: "gw-lines" }, ...cells), waterfall(told, context.word)];
}

/** @param {Context} context @param {Workings} told @param {number} step */
function receiptOf(context, told, step) {
  const single = told.pieces.length === 1;
  const rows = told.pieces.map((piece) => linked(context, piece.names.slice().reverse(), el("div", { class: `gw-receipt-row role-${piece.role}` },
    el("span", { class: "term" }, ...(piece.label ? [piece.negative ? "−" : "", piece.letters] : [context.word("bias")])),
    el("span", { class: "put", "data-line": 2 }, ...(piece.label && !piece.dot ? [piece.negative ? "−" : "", single ? piece.steps : piece.numbers] : [])),
    el("span", { class: "worth", "data-line": 3 }, (piece.product >= 0 && !single ? "+" : "") + fixed(piece.product, 4)))));
  const sum = el("div", { class: "gw-receipt-sum" }, el("span", {}, context.word("sum")), el("b", { "data-line": 3 }, fixed(told.total, 4)));
  const result = el("div", { class: "gw-receipt-result" }, valueName(context.layout, told.value, step), " = ",
    el("span", { "data-line": 3 }, ...(told.function ? [functionName(told.function), ` (${fixed(told.total, 4)}) = `] : []), chip(context, told)));
  return [...rows, single ? el("div", { class: "gw-receipt-rule" }) : sum, result];
}
