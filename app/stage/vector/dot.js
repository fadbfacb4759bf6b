/**
 * What one unit adds up, column by column, with the products and their sum: its row of weights and what it reads, or
 * the entries of values.
 */

import { fill } from "../colour.js";
import { el } from "../../components/base/element.js";
import { fixed, signed } from "../../components/base/format.js";
import { letter, valueName } from "../panels/maths.js";
import { stripAt, stripOf } from "../state/strips.js";

/**
 * @typedef {import("../panels/panels.js").Context} Context
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Dot} Dot
 * @typedef {{owner: string, dot: Dot, rest: number[][], total: number[]}} Block
 *   the value that the products belong to; what else is added to it where the lines below do not say so
 */

/**
 * Every row of weights that a value is made with: its own, and those of what it reads that no stage makes.
 * @param {Facet} facet @param {Series} series @param {string} value @returns {Block[]}
 */
export function blocksOf({ formulas, layout: { stages } }, { arithmetic }, value) {
  const inner = formulas[value].terms.flatMap(({ factors }) =>
    factors.flatMap((factor) => (factor.value && !factor.before ? [factor.value] : [])),
  );
  const owners = [
    value,
    ...inner.filter(
      (name) =>
        !stages.some((stage) => stage.value === name) && arithmetic[name]?.terms.some((term) => "products" in term),
    ),
  ];
  return owners.flatMap((owner) =>
    arithmetic[owner].terms.flatMap((dot) =>
      "products" in dot
        ? [
            {
              owner,
              dot,
              total: arithmetic[owner].total,
              rest:
                owner === value
                  ? []
                  : arithmetic[owner].terms.flatMap((term) =>
                      term === dot ? [] : ["products" in term ? term.sum : term.product],
                    ),
            },
          ]
        : [],
    ),
  );
}

/** @param {number} value @param {string} role */
function cell(value, role) {
  const box = el("td", { class: `role-${role}` }, el("span", {}, fixed(value, 2)));
  /** @type {HTMLElement} */ (box.firstElementChild).style.background = fill(value);
  return box;
}

/** @param {Context} context @param {Facet} facet @param {Block} block @param {number} step @param {number} unit */
export function dotTable({ layout, word, index }, facet, { owner, dot, rest, total }, step, unit) {
  const { row, reads, sum } = dot,
    series = facet.series[index],
    products = stripOf(dot.products).at(step),
    columns = [...products.keys()];
  const { name } = reads.at(-1) ?? { name: owner };
  const own = layout.roles[owner] ?? "b",
    hue = layout.roles[name] ?? "b",
    whose = name === "x" ? -1 : unit;
  const count = word(name === "x" ? "inputs.count" : "units.count", { n: columns.length });
  const called = (/** @type {number} */ k) => (name === "x" && facet.columns?.[k]) || String(k + 1);
  const label = (/** @type {(string|Node)[]} */ ...content) => el("th", { scope: "row" }, ...content);
  /** A number in each column. @param {HTMLElement} head @param {(k: number) => number} number @param {string} role */
  const line = (head, number, role) => el("tr", {}, head, ...columns.map((k) => cell(number(k), role)));
  const weights = row
    ? [line(label(`${word("dot.weights")} `, valueName(layout, owner, step)), (k) => row[k], own)]
    : [];
  const factors = reads.map((read, place) => {
    const strip = stripAt(series, read, step);
    const whole = read.before ? series.before : series.values; // of a value of one number, the same in each column
    const times = row || place ? "× " : "";
    const many = place === reads.length - 1 ? ` (${count})` : "";
    const head = label(times, valueName(layout, read.name, step, read.before), many);
    return line(head, (k) => (strip ? strip[k] : whole[read.name][step]), layout.roles[read.name] ?? "b");
  });
  const table = el(
    "table",
    { class: "gw-dot-table" },
    el(
      "thead",
      {},
      el("tr", {}, el("td"), ...columns.map((k) => el("th", { scope: "col", "data-own": k === whose }, called(k)))),
    ),
    el(
      "tbody",
      {},
      ...weights,
      ...factors,
      el(
        "tr",
        { class: "gw-dot-products", "data-line": 2 },
        label(word("dot.products")),
        ...columns.map((k) => cell(products[k], "b")),
      ),
    ),
  );
  const scroller = el(
    "div",
    {
      class: "gw-dot-scroller",
      role: "region",
      tabindex: 0,
      "aria-label": word(row ? "dot.table" : "dot.entries", { n: columns.length }),
      onkeydown: scrolls,
    },
    table,
  );
  const more = rest.map((part) => ` ${signed(part[step], 4).replace(/^([+−])/, "$1 ")}`).join("");
  const outcome = el(
    "p",
    { class: `gw-dot-sum role-${hue}`, "data-line": 2 },
    "= ",
    el("b", {}, fixed(sum[step], 4)),
    ...(rest.length
      ? [el("span", { class: "gw-dot-more" }, `${more} = `, letter(owner, own), ` ${fixed(total[step], 4)}`)]
      : []),
  );
  return el("div", { class: "gw-dots" }, scroller, outcome);
}

/**
 * Left and right move along a table that is too wide for its place: elsewhere they go to another stage.
 * @param {KeyboardEvent} event
 */
function scrolls(event) {
  const { scrollWidth, clientWidth } = /** @type {Element} */ (event.currentTarget);
  if (/^Arrow(Left|Right)$/.test(event.key) && scrollWidth > clientWidth) event.stopPropagation();
}

/** The selected unit's column in sight. @param {Element} root */
export function showOwn(root) {
  for (const scroller of root.querySelectorAll(".gw-dot-scroller")) {
    const head = scroller.querySelector("[data-own]");
    if (!(head instanceof HTMLElement) || scroller.scrollWidth <= scroller.clientWidth) continue;
    scroller.scrollLeft = head.offsetLeft - scroller.clientWidth / 2;
  }
}
