/** One value's arithmetic: three aligned lines and a running sum, or a receipt where there is little room. */

import { chainOf, lossOf, sayingOf } from "../backward/chain.js";
import { calledIn } from "./value_card.js";
import { fill } from "../colour.js";
import { PHASES } from "../state/easing.js";
import { button, el, put } from "../../components/base/element.js";
import { fixed, parts } from "../../components/base/format.js";
import { highlightOn } from "../input/highlight.js";
import { functionName, valueName } from "./maths.js";
import { blocksOf, dotTable, showOwn } from "../vector/dot.js";
import { countOf } from "../state/strips.js";
import { refOf } from "../state/value_ref.js";
import { waterfall } from "./waterfall.js";
import { sayKey, workings } from "./workings.js";
import { shown as revealed } from "../state/visibility.js";
import { numbersOf } from "../state/words.js";
import { highlightedValue } from "../state/weights.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").View} View
 * @typedef {import("./workings.js").Workings} Workings
 * @typedef {import("./workings.js").Piece} Piece
 * @typedef {{tight: boolean, more: boolean, fits: boolean}} Fit  how lines are set, and whether they have room so
 */

/** The letters of the first line, or of a receipt, and the result: what a keyboard meets. */
const READABLE = ".term[data-line='1'] [data-value], .gw-receipt-row .term [data-value], .gw-chip";

const SHAPES = 200; // of lines, whose fit is remembered
const FONT = "1em 'Source Sans'"; // the first of --gw-sans: until it is here lines are as long as another makes them

/** @param {Context} context @param {HTMLElement} part @param {number} step */
function readable({ word, facet }, part, step) {
  const { value = "", before } = part.dataset;
  const day =
    before && !step
      ? word("card.before", { step: word("step.one", { n: 1 }) })
      : word("step.one", { n: step + (before ? 0 : 1) });
  put(part, {
    role: "button",
    tabindex: 0,
    "aria-haspopup": "dialog",
    "aria-label": `${calledIn(facet(), value)}, ${day}`,
  });
}

/** @param {Context} context */
export function createArithmetic(context) {
  const { layout, index } = context;
  const root = el("div", { class: "gw-arithmetic" });
  const spoken = el("p", { class: "gw-say" });
  let key = "",
    folded = false,
    tallest = 0,
    place = "";
  const known = /** @type {Map<string, Fit>} */ (new Map());
  const fold = button(
    "",
    () => {
      folded = !folded;
      context.actions.redraw();
    },
    { class: "gw-link gw-fold" },
    context.word("dot.fold"),
  );
  const tables = el("div", { class: "gw-dot-tables" }),
    dots = el("div", { class: "gw-dot-blocks" }, fold, tables);
  /** The dot products of a unit, where there are any. @param {Facet} facet @param {Workings} told @param {View} view @returns {HTMLElement|null} */
  function dotsOf(facet, { value }, { step, unit }) {
    const blocks = blocksOf(facet, facet.series[index], value),
      reading = tables.querySelector(":focus") !== null;
    tables.replaceChildren(...(folded ? [] : blocks.map((block) => dotTable(context, facet, block, step, unit))));
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
  /** Backward: the chain rule of the value whose stage is played. @param {View} view @param {boolean} receipt @param {number} width */
  function drawChain({ step, stage }, receipt, width) {
    const { value, role } = layout.stages[stage],
      { series } = context.facet();
    const last = step === series[index].values[value].length - 1 && stage === layout.stages.length - 1;
    const loss = last ? [el("p", { class: "gw-loss" }, lossOf(context))] : [];
    /** @param {boolean} short */
    const fill = (short) => {
      const chain = chainOf(context, value, step, short),
        lines = chain[0].className === "gw-lines";
      root.replaceChildren(...loss, ...chain);
      put(root, { class: `gw-arithmetic role-${role}`, "data-receipt": !lines, "data-dots": null });
      return lines;
    };
    if (fill(receipt) && !fit(root, width, known)) fill(true);
    spoken.replaceChildren(
      ...parts(sayingOf(context, stage, step)).map(({ text: piece, bold }) =>
        bold ? el("strong", {}, piece) : document.createTextNode(piece),
      ),
    );
  }
  let at = 0;
  /** The value under an event: a factor's own, else the first its term reads. @param {Event} event */
  const partOf = ({ target }) => {
    const part = /** @type {Element} */ (target),
      term = part.closest("[data-names]");
    return /** @type {HTMLElement|null} */ (
      part.closest("[data-value]") ?? term?.querySelector("[data-value]") ?? null
    );
  };
  highlightOn(
    root,
    (event) =>
      partOf(event)?.dataset.value ??
      /** @type {Element} */ (event.target).closest("[data-names]")?.getAttribute("data-names")?.split(" ")[0] ??
      null,
    context.actions.hover,
  );
  /** @param {Event} event */
  function open(event) {
    const part = partOf(event),
      { value: name, before } = part?.dataset ?? {};
    if (!part || !name) return;
    event.preventDefault();
    context.actions.card(refOf(context.facet().series[index].key, { name, before: Boolean(before) }, at), part);
  }
  root.addEventListener("click", open);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") open(event);
  });
  return {
    root,
    spoken,
    /** @param {Facet} facet @param {View} view @param {boolean} receipt @param {number} width of the card */
    draw(facet, view, receipt, width) {
      const { step, stage, progress, unit } = view;
      const series = facet.series[index],
        waiting = !series.arithmetic[layout.stages[stage].value]; // for another unit's
      for (const part of [root, spoken]) put(part, { "data-waiting": waiting });
      if (waiting) return;
      const open = revealed(stage, step, view);
      const phase = open ? 3 : progress >= PHASES.curve[0] ? 2 : 1;
      for (const part of [root, spoken]) put(part, { "data-phase": phase });
      const now = [context.version(), step, stage, receipt, unit, folded, view.backward].join();
      if (now !== key && view.backward) {
        key = now;
        drawChain(view, receipt, width);
      } else if (now !== key) {
        key = now;
        at = step;
        const told = workings(layout, facet, series, stage, step),
          shown = dotsOf(facet, told, view);
        const beside = shown !== null && !folded && !receipt;
        const lines = receipt
          ? receiptOf(context, told, step)
          : beside
            ? [shortOf(context, told, step, unit)]
            : linesOf(context, told, step);
        for (const old of [...root.children]) if (old !== shown) old.remove();
        if (shown && shown.parentNode !== root) root.prepend(shown);
        root.append(...lines);
        put(root, {
          class: `gw-arithmetic role-${told.role}`,
          "data-receipt": receipt,
          "data-dots": shown && (folded ? "folded" : "open"),
        });
        showOwn(root);
        if (series.units) stay(`${root.clientWidth}, ${folded}`);
        const text = context.word(sayKey(layout.stages[stage].key, told), numbersOf(facet, series, step));
        const count = countOf(series),
          title = context.word(`stage.${layout.stages[stage].key}.title`);
        const whose = count > 1 ? `${title}, ${context.word("unit.of", { n: unit + 1, total: count })}, ` : "";
        spoken.replaceChildren(
          whose,
          ...parts(text).map(({ text: piece, bold }) =>
            bold ? el("strong", {}, piece) : document.createTextNode(piece),
          ),
        );
        for (const part of root.querySelectorAll(READABLE)) readable(context, /** @type {HTMLElement} */ (part), step);
        if (!receipt && !beside) fit(root, width, known);
      }
      const lit = [view.hover, highlightedValue(facet, view.hover)];
      for (const part of root.querySelectorAll("[data-names]")) {
        put(part, {
          "data-hover": (part.getAttribute("data-names") ?? "").split(" ").some((name) => lit.includes(name)),
        });
      }
    },
  };
}

/**
 * Long lines are set a size smaller, then in a line more: never over the chart. All digits are as wide as each other: lines
 * that differ in them alone are measured once, for measuring has the browser lay the page out, under a moving hand too.
 * @param {HTMLElement} root @param {number} width of the card @param {Map<string, Fit>} known @returns {boolean} whether they have room now
 */
function fit(root, width, known) {
  const lines = /** @type {HTMLElement} */ (root.querySelector(".gw-lines"));
  const shape = [width, document.fonts.check(FONT), lines.textContent?.replace(/\d/g, "0")].join();
  const found = known.get(shape) ?? measured(lines);
  if (known.size > SHAPES) known.clear();
  known.set(shape, found);
  put(lines, { "data-tight": found.tight, "data-more": found.more });
  return found.fits;
}

/** @param {HTMLElement} lines @returns {Fit} */
function measured(lines) {
  const tooLong = () => lines.scrollWidth > lines.clientWidth + 1;
  const tight = tooLong();
  put(lines, { "data-tight": tight });
  const more = tight && tooLong();
  put(lines, { "data-more": more });
  return { tight, more, fits: !more || !tooLong() };
}

/** @param {string[]} names @param {HTMLElement} element @returns {HTMLElement} */
function linked(names, element) {
  put(element, { "data-names": names.join(" ") });
  return element;
}

/** @param {Workings} told */
function chip({ value, role, result }) {
  const box = el("span", { class: `gw-chip role-${role}`, "data-value": value }, fixed(result, 4));
  box.style.background = fill(result);
  return linked([value], box);
}

/** @param {boolean} negative @param {number} place */
const sign = (negative, place) => (place ? (negative ? "−" : "+") : negative ? "−" : "");

/** Beside the dot products: what is left to add, and the result. @param {Context} context @param {Workings} told @param {number} step @param {number} unit */
function shortOf(context, told, step, unit) {
  const { layout, word, index, facet } = context,
    total = countOf(facet().series[index]);
  const around = (/** @type {(string|Node)[]} */ ...inner) =>
    told.function ? [functionName(told.function), "\u2009( ", ...inner, " )"] : inner;
  const terms = told.pieces.flatMap((piece, k) => [
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
      word(told.function ? "dot.squash" : "dot.add"),
    ),
    el("p", { "data-line": 2 }, linked([told.value], valueName(layout, told.value, step)), " = ", ...around(...terms)),
    el(
      "p",
      { "data-line": 3 },
      "= ",
      ...(told.function ? [functionName(told.function), `\u2009(${fixed(told.total, 4)}) = `] : []),
      chip(told),
    ),
  );
}

/** @param {Context} context @param {Workings} told @param {number} step */
function linesOf(context, told, step) {
  const { layout } = context;
  const single = told.pieces.length === 1;
  /** @param {number} row @param {string} kind @param {...(string|Node)} content */
  const at = (row, kind, ...content) =>
    el("span", { class: kind, style: `grid-row:${row}`, "data-line": row }, ...content);
  /** @type {HTMLElement[]} */
  const cells = [linked([told.value], at(1, "lhs", valueName(layout, told.value, step)))];
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
      linked(piece.names.slice().reverse(), term);
    });
    const column = 5 + 2 * told.pieces.length;
    if (told.function) put1("tail", column, ")");
    if (row === 3)
      put1(
        "tail outcome",
        column + 1,
        "= ",
        ...(told.function ? [functionName(told.function), `(${fixed(told.total, 4)}) = `] : []),
        chip(told),
      );
  }
  return [el("div", { class: "gw-lines" }, ...cells), waterfall(told, context.word)];
}

/** @param {Context} context @param {Workings} told @param {number} step */
function receiptOf(context, told, step) {
  const single = told.pieces.length === 1;
  const rows = told.pieces.map((piece) =>
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
    el("b", { "data-line": 3 }, fixed(told.total, 4)),
  );
  const result = el(
    "div",
    { class: "gw-receipt-result" },
    valueName(context.layout, told.value, step),
    " = ",
    el(
      "span",
      { "data-line": 3 },
      ...(told.function ? [functionName(told.function), ` (${fixed(told.total, 4)}) = `] : []),
      chip(told),
    ),
  );
  return [...rows, single ? el("div", { class: "gw-receipt-rule" }) : sum, result];
}
