/**
 * One matrix as a map of its weights: the selected unit's row is framed, and each entry can be picked, by pointer and
 * by key.
 */

import { el, put } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { letter } from "../panels/maths.js";
import { paint } from "../../components/base/heat.js";
import { unitOf } from "../state/strips.js";

/**
 * @typedef {import("../state/entries.js").Entry} Entry
 * @typedef {{name: string, group: import("../state/weights.js").Group, reads: string|null,
 *   word: import("../../components/base/words.js").Word, calledOf: (entry: Entry) => string,
 *   matrix: () => ReturnType<typeof import("../state/entries.js").matrixOf>, value: (entry: Entry) => number,
 *   onPick: (entry: Entry) => void, onHover: (over: boolean) => void}} Plan
 */

/** Px of one cell: of a small matrix, of a large one, and the narrowest a whole map may be. */
const LARGE = 14,
  ROOM = 150,
  LEAST = 10;

/** @param {Pick<Plan, "group"|"reads"|"word">} plan @param {number} rows @param {number} columns */
function labelOf({ group: { value }, reads, word }, rows, columns) {
  const group = word(`group.${value}`);
  const weight = reads
    ? word("weight.on", { group, value: word(`value.${reads}.name`) })
    : word("weight.bias", { group });
  return word("map", { weight, rows, columns });
}

/** @param {HTMLElement} grid @param {number} rows @param {number} columns */
function measure(grid, rows, columns) {
  const size = Math.min(LARGE, ROOM / rows);
  put(grid, { "data-fine": size < 6 });
  grid.style.setProperty("--rows", String(rows));
  grid.style.setProperty("--columns", String(columns));
  grid.style.setProperty("--width", `${Math.max(LEAST, columns * size)}px`);
  grid.style.setProperty("--height", `${rows * size}px`);
}

/**
 * @param {() => {row: number, column: number}} at @param {(row: number, column: number) => void} go
 * @param {number} columns @returns {Record<string, () => void>}
 */
const keysOf = (at, go, columns) => ({
  ArrowUp: () => go(at().row - 1, at().column),
  ArrowDown: () => go(at().row + 1, at().column),
  ArrowLeft: () => go(at().row, at().column - 1),
  ArrowRight: () => go(at().row, at().column + 1),
  Home: () => go(at().row, 0),
  End: () => go(at().row, columns - 1),
  Enter: () => go(at().row, at().column),
  " ": () => go(at().row, at().column),
});

/** @param {Plan} plan */
export function createMap({ name, group, reads, word, calledOf, matrix, value, onPick, onHover }) {
  const { rows, columns, vector } = matrix();
  const canvas = el("canvas", { "aria-hidden": "true" }),
    frame = el("i", { class: "gw-map-row" });
  const cell = el("div", { class: "gw-map-cell", role: "gridcell", tabindex: 0 });
  // Of the grid only the cell that has the focus is there: 64 × 64 would be too many to walk through.
  const line = el("div", { role: "row" }, cell);
  const label = labelOf({ group, reads, word }, rows, columns);
  const grid = el(
    "div",
    { class: "gw-map", role: "grid", "aria-label": label, "aria-rowcount": rows, "aria-colcount": columns },
    canvas,
    frame,
    line,
  );
  measure(grid, rows, columns);
  const root = el(
    "figure",
    { class: "gw-map-figure", onpointerenter: () => onHover(true), onpointerleave: () => onHover(false) },
    el("figcaption", { "aria-hidden": "true" }, letter(name.split("_")[0], "b")),
    grid,
  );
  let at = { row: 0, column: 0 };

  const entryAt = () => ({ parameter: name, row: at.row, column: vector ? null : at.column });
  /** @param {number} row @param {number} column */
  function go(row, column) {
    at = { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) };
    settle();
    cell.focus({ preventScroll: true });
    onPick(entryAt());
  }
  function settle() {
    Object.assign(cell.style, { left: `${(100 * at.column) / columns}%`, top: `${(100 * at.row) / rows}%` });
    put(line, { "aria-rowindex": at.row + 1 });
    put(cell, {
      "aria-colindex": at.column + 1,
      "aria-label": `${calledOf(entryAt())}: ${fixed(value(entryAt()), 2)}`,
    });
  }
  grid.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const { left, top, width, height } = grid.getBoundingClientRect();
    event.preventDefault(); // the cell takes the focus, not what lies under the pointer
    go(Math.floor(((event.clientY - top) / height) * rows), Math.floor(((event.clientX - left) / width) * columns));
  });
  const keys = keysOf(() => at, go, columns);
  cell.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  return {
    root,
    group,
    update() {
      const { row: rowOf } = matrix();
      paint(canvas, columns, rows, (row, column) =>
        row === at.row && column === at.column ? value(entryAt()) : rowOf(row)[column],
      );
      settle();
    },
    /** @param {number} unit */
    draw(unit) {
      const own = unitOf(rows, unit);
      frame.style.top = `${(100 * own) / rows}%`;
      put(grid, { "data-row": own + 1 });
      if (!grid.contains(/** @type {ShadowRoot} */ (grid.getRootNode()).activeElement))
        at = { row: own, column: Math.min(at.column, columns - 1) };
      settle();
    },
    /** The entry that is moved now, in this matrix or another. @param {Entry} entry */
    pick({ parameter, row, column }) {
      const mine = parameter === name;
      if (mine) at = { row, column: column ?? 0 };
      settle();
      put(cell, { "aria-selected": String(mine), "data-picked": mine });
    },
  };
}
