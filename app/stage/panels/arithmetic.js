/** One value's arithmetic: three aligned lines and a running sum, or a receipt where there is little room. */

import { chainOf, lossOf, sayingOf } from "../backward/chain.js";
import { linesOf, receiptOf, shortOf } from "./arithmetic_lines.js";
import { calledIn } from "./value_card.js";
import { PHASES } from "../state/easing.js";
import { button, el, put } from "../../components/base/element.js";
import { parts } from "../../components/base/format.js";
import { highlightOn } from "../input/highlight.js";
import { blocksOf, dotTable, showOwn } from "../vector/dot.js";
import { countOf } from "../state/strips.js";
import { refOf } from "../state/value_ref.js";
import { memo } from "../state/memo.js";
import { sayKey, workings } from "./workings.js";
import { shown as revealed } from "../state/visibility.js";
import { numbersOf } from "../state/words.js";
import { highlightedValue } from "../state/weights.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").View} View
 * @typedef {import("./workings.js").Workings} Workings
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

/** The dot products of a unit, where there are any, and the button that folds them. @param {Context} context */
function createDots(context) {
  let folded = false;
  const fold = button(
    "",
    () => {
      folded = !folded;
      context.actions.redraw();
    },
    { class: "gw-link gw-fold" },
    context.word("dot.fold"),
  );
  const tables = el("div", { class: "gw-dot-tables" });
  const root = el("div", { class: "gw-dot-blocks" }, fold, tables);
  return {
    folded: () => folded,
    /** @param {Facet} facet @param {Workings} calculation @param {View} view @returns {HTMLElement|null} */
    draw(facet, { value }, { step, unit }) {
      const blocks = blocksOf(facet, facet.series[context.index], value);
      const reading = tables.querySelector(":focus") !== null;
      tables.replaceChildren(...(folded ? [] : blocks.map((block) => dotTable(context, facet, block, step, unit))));
      if (reading) /** @type {HTMLElement|null} */ (tables.querySelector("[tabindex]"))?.focus();
      put(fold, { "aria-expanded": String(!folded) });
      return blocks.length ? root : null;
    },
  };
}

/**
 * A stage without products is as tall as one with them: nothing below moves while it plays.
 * @param {HTMLElement} root
 */
function createMinimum(root) {
  /** The stages whose height is known: to ask for it has the browser lay the page out. */
  const measured = new Set();
  let tallest = 0;
  let place = "";
  /** @param {string} now what the height depends on @param {number} stage */
  return (now, stage) => {
    if (now !== place) {
      measured.clear();
      root.style.minHeight = "";
      tallest = 0;
    }
    place = now;
    if (measured.has(stage)) return;
    measured.add(stage);
    tallest = Math.max(tallest, root.offsetHeight);
    root.style.minHeight = `${tallest}px`;
  };
}

/** Text with its bold parts. @param {string} text */
const written = (text) =>
  parts(text).map(({ text: piece, bold }) => (bold ? el("strong", {}, piece) : document.createTextNode(piece)));

/** The value under an event: a factor's own, else the first its term reads. @param {Event} event */
function partOf({ target }) {
  const part = /** @type {Element} */ (target);
  const term = part.closest("[data-names]");
  return /** @type {HTMLElement|null} */ (part.closest("[data-value]") ?? term?.querySelector("[data-value]") ?? null);
}

/**
 * Parts are highlighted, and open their value's card.
 * @param {Context} context @param {HTMLElement} root @param {() => number} step
 */
function listen(context, root, step) {
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
    const part = partOf(event);
    const { value: name, before } = part?.dataset ?? {};
    if (!part || !name) return;
    event.preventDefault();
    const series = context.facet().series[context.index];
    context.actions.card(refOf(series.key, { name, before: Boolean(before) }, step()), part);
  }
  root.addEventListener("click", open);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") open(event);
  });
}

/** @param {HTMLElement} root @param {Facet} facet @param {string|null} hover */
function highlight(root, facet, hover) {
  const lit = [hover, highlightedValue(facet, hover)];
  for (const part of root.querySelectorAll("[data-names]")) {
    const names = (part.getAttribute("data-names") ?? "").split(" ");
    put(part, { "data-hover": names.some((name) => lit.includes(name)) });
  }
}

/**
 * The sentence about a value under its title.
 * @param {Context} context @param {Facet} facet @param {Workings} calculation @param {View} view
 */
function spokenOf({ layout, word, index }, facet, calculation, { step, stage, unit }) {
  const { key, value } = layout.stages[stage];
  const series = facet.series[index];
  const count = countOf(series, value);
  const title = word(`stage.${key}.title`);
  const of = count > 1 ? `, ${word("unit.of", { n: unit + 1, total: count })},` : "";
  const whose = countOf(series) > 1 ? `${title}${of} ` : "";
  return [whose, ...written(word(sayKey(key, calculation), numbersOf(facet, series, step)))];
}

/** @param {Context} context */
export function createArithmetic(context) {
  const { layout, index } = context;
  const root = el("div", { class: "gw-arithmetic" });
  const spoken = el("p", { class: "gw-say" });
  const known = /** @type {Map<string, Fit>} */ (new Map());
  const dots = createDots(context);
  const stay = createMinimum(root);
  let at = 0;
  listen(context, root, () => at);

  /**
   * Backward: the chain rule of the value whose stage is played.
   * @param {View} view @param {boolean} receipt @param {number} width
   */
  function drawChain({ step, stage }, receipt, width) {
    const { value, role } = layout.stages[stage];
    const { series } = context.facet();
    const last = step === series[index].values[value].length - 1 && stage === layout.stages.length - 1;
    const loss = last ? [el("p", { class: "gw-loss" }, lossOf(context))] : [];
    /** @param {boolean} short */
    const fillBlank = (short) => {
      const chain = chainOf(context, value, step, short);
      const lines = chain[0].className === "gw-lines";
      root.replaceChildren(...loss, ...chain);
      put(root, { class: `gw-arithmetic role-${role}`, "data-receipt": !lines, "data-dots": null });
      return lines;
    };
    if (fillBlank(receipt) && !fit(root, width, known)) fillBlank(true);
    spoken.replaceChildren(...written(sayingOf(context, stage, step)));
  }

  /** @param {Facet} facet @param {View} view @param {boolean} receipt @param {number} width */
  function drawSum(facet, view, receipt, width) {
    const { step, stage, unit } = view;
    const series = facet.series[index];
    at = step;
    const calculation = workings(layout, facet, series, stage, step);
    const shown = dots.draw(facet, calculation, view);
    const folded = dots.folded();
    const beside = shown !== null && !folded && !receipt;
    const sum = () => (beside ? [shortOf(context, calculation, step, unit)] : linesOf(context, calculation, step));
    /** @param {boolean} short */
    const fillBlank = (short) => {
      for (const old of [...root.children]) if (old !== shown) old.remove();
      if (shown && shown.parentNode !== root) root.prepend(shown);
      root.append(...(short ? receiptOf(context, calculation, step) : sum()));
      put(root, {
        class: `gw-arithmetic role-${calculation.role}`,
        "data-receipt": short,
        "data-dots": shown && (folded ? "folded" : "open"),
      });
    };
    fillBlank(receipt);
    if (!receipt && !beside && !fit(root, width, known)) fillBlank(true);
    showOwn(root);
    if (series.units) stay(`${width}, ${folded}, ${receipt}`, stage);
    spoken.replaceChildren(...spokenOf(context, facet, calculation, view));
    for (const part of root.querySelectorAll(READABLE)) readable(context, /** @type {HTMLElement} */ (part), step);
  }

  const drawing = memo(
    (
      /** @type {Facet} */ _,
      /** @type {View} */ view,
      /** @type {boolean} */ receipt,
      /** @type {number} */ _width,
    ) => [context.version(), view.step, view.stage, receipt, view.unit, dots.folded(), view.backward],
    (facet, view, receipt, width) =>
      view.backward ? drawChain(view, receipt, width) : drawSum(facet, view, receipt, width),
  );
  return {
    root,
    spoken,
    /** @param {Facet} facet @param {View} view @param {boolean} receipt @param {number} width of the card */
    draw(facet, view, receipt, width) {
      const { step, stage, progress } = view;
      const phase = revealed(stage, step, view) ? 3 : progress >= PHASES.curve[0] ? 2 : 1;
      for (const part of [root, spoken]) put(part, { "data-phase": phase });
      drawing.draw(facet, view, receipt, width);
      highlight(root, facet, view.hover);
    },
  };
}

/**
 * Long lines are set a size smaller, then in a line more: never over the chart. All digits are as wide as each other:
 * lines
 * that differ in them alone are measured once, for measuring has the browser lay the page out, during a drag too.
 * @param {HTMLElement} root @param {number} width of the card @param {Map<string, Fit>} known
 * @returns {boolean} whether they have room now
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
