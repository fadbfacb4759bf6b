/** What is too wide on a narrow screen: a table becomes a list of terms and values, a formula is moved by the keys. */

import { put } from "../components/base/element.js";

const NARROW = matchMedia("(max-width: 699px)");
const TABLES = ".stMarkdown table";
const FORMULAS = ".stMarkdown .katex-display";

/** Give each cell the head of its column, for a style to show. @param {HTMLTableElement} table */
function label(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? "");
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows]))
    [...row.cells].forEach((cell, k) => {
      if (cell.dataset.head !== heads[k]) cell.dataset.head = heads[k] ?? "";
    });
}

/** @param {HTMLTableElement} table */
function fit(table) {
  label(table);
  delete table.dataset.listed;
  if (NARROW.matches && table.scrollWidth > table.clientWidth + 1) table.dataset.listed = "";
}

let asked = 0;

function fitAll() {
  asked ||= requestAnimationFrame(() => {
    asked = 0;
    for (const table of document.querySelectorAll(TABLES)) fit(/** @type {HTMLTableElement} */ (table));
    for (const formula of document.querySelectorAll(FORMULAS))
      put(formula, { tabindex: formula.scrollWidth > formula.clientWidth + 1 ? 0 : null });
  });
}

/** Have the tables of every page follow the width of the screen. */
export function followTables() {
  const changes = new MutationObserver((records) => {
    const touched = records.some(({ target, addedNodes }) =>
      [target, ...addedNodes].some(
        (node) => node instanceof Element && (node.closest(TABLES) || node.querySelector(`:scope table, ${FORMULAS}`)),
      ),
    );
    if (touched) fitAll();
  });
  changes.observe(document.body, { childList: true, subtree: true });
  addEventListener("resize", fitAll);
  fitAll();
}
