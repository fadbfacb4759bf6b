/** Every unit at every step as a picture, a row for each unit; one tab stop, whose keys go from cell to cell. */

import { el, put } from "../base/element.js";
import { paint } from "../base/heat.js";
import { pooled, rowHeight } from "./numbers.js";
import { createRows } from "./rows.js";

export const COLUMNS = 400; // px that a map is wide at most: of a longer run, several steps share one

/**
 * @typedef {{units: number, steps: number, label: string, room: number}} Size  `room`: px that it is high
 * @typedef {{unit: number, step: number}} Place
 * @typedef {{order: () => number[], rank: (unit: number) => number, at: () => Place,
 *   go: (place: Partial<Place>) => void, rest: () => void}} Host
 *   `rest`: the reader has let go
 */

/** Steps and units that a key goes. @type {Record<string, [number, number]>} */
const WAYS = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
  PageDown: [0, 10],
  PageUp: [0, -10],
};

/** @param {number} value @param {number} count */
const within = (value, count) => Math.max(0, Math.min(count - 1, value));

/**
 * Calls `drag` where the pointer is pressed and goes, as shares of an element's width and height; `drop` once it is let
 * go.
 * @param {HTMLElement} element @param {(x: number, y: number, first: boolean) => void} drag @param {() => void} drop
 */
export function dragged(element, drag, drop) {
  /** @param {PointerEvent} event @param {boolean} first */
  const at = ({ clientX, clientY }, first) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    drag((clientX - left) / width, (clientY - top) / height, first);
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    at(event, true);
  });
  element.addEventListener("pointermove", (event) => {
    if (element.hasPointerCapture(event.pointerId)) at(event, false);
  });
  element.addEventListener("lostpointercapture", drop);
}

/** @param {Size} size @param {Host} host */
export function createMap({ units, steps, label, room }, host) {
  const height = rowHeight(units, room),
    columns = Math.min(steps, COLUMNS),
    rows = createRows(units, columns, height);
  const canvas = rows.canvas,
    row = el("i", { class: "gw-unit-row" }),
    tag = el("span", { class: "gw-unit-tag", "aria-hidden": "true" });
  const cell = el("div", { role: "gridcell", tabindex: 0 }),
    line = el("div", { role: "row" }, cell);
  const sheet = el("div", { class: "gw-map-sheet", style: `height:${height * units}px` }, canvas, row, tag);
  const root = el(
    "div",
    {
      class: "gw-map-window",
      style: `max-height:${room}px`,
      role: "grid",
      "aria-label": label,
      "aria-rowcount": units,
      "aria-colcount": steps,
    },
    rows.store,
    sheet,
    line,
  );

  dragged(
    sheet,
    (x, y, first) => {
      host.go({ step: within(Math.floor(x * steps), steps), unit: host.order()[within(Math.floor(y * units), units)] });
      if (first) cell.focus({ preventScroll: true });
    },
    host.rest,
  );
  cell.addEventListener("keydown", (event) => {
    const { unit, step } = host.at(),
      way = WAYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (way)
      host.go({ step: within(step + way[0], steps), unit: host.order()[within(host.rank(unit) + way[1], units)] });
    else if (event.key === "Home" || event.key === "End") host.go({ step: event.key === "Home" ? 0 : steps - 1 });
    else return;
    event.preventDefault();
    show();
    host.rest();
  });
  /** The unit's row in sight, where the map is higher than its window. */
  function show() {
    const top = host.rank(host.at().unit) * height;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top + height > root.scrollTop + root.clientHeight) root.scrollTop = top + height - root.clientHeight;
  }
  return {
    root,
    show,
    /** @param {Float32Array} values steps by units @param {number} end what full colour stands for */
    paint(values, end) {
      const edge = (/** @type {number} */ column) => Math.round((column * steps) / columns);
      paint(
        rows.store,
        columns,
        units,
        (unit, column) => pooled(values, units, unit, edge(column), edge(column + 1)) / end,
      );
      rows.place(host.rank);
    },
    /** The rows go to where they are in the order now. */
    sort() {
      rows.move(host.rank, (moves) => put(sheet, { "data-moving": moves }));
    },
    /** @param {string} name what the cell is called @param {string} told beside the unit's row */
    draw(name, told) {
      const { unit, step } = host.at(),
        rank = host.rank(unit);
      Object.assign(row.style, { top: `${rank * height - 1}px`, height: `${Math.max(3, height)}px` });
      tag.textContent = told;
      tag.style.top = `${rank * height + (rank > units / 2 ? -26 : Math.max(3, height) + 4)}px`;
      tag.dataset.side = step < steps / 2 ? "right" : "left";
      put(line, { "aria-rowindex": rank + 1 });
      put(cell, { "aria-colindex": step + 1, "aria-label": name, "aria-selected": "true" });
    },
  };
}
