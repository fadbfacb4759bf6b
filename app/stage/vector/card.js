/** Value cards: every unit's value as a cell of a strip, above the letter and the selected unit's number. */

import { fill } from "../colour.js";
import { legible, mathsWidth, numberWidth, set, svg, writeMaths } from "../../components/base/svg.js";
import { fixed } from "../../components/base/format.js";
import { cellAt, MOST, pitchOf, windowOf } from "./window.js";

/**
 * @typedef {import("../types.js").LayoutValue} LayoutValue
 * @typedef {import("../diagram/values.js").Fonts} Fonts
 * @typedef {import("../diagram/values.js").PillNow} PillNow
 * @typedef {{height: number, strip: number, letter: number, number: number, least: number}} Sizes
 *   of the card, its cells, its type
 */

/** @type {Sizes} */
const WIDE = { height: 37, strip: 13, letter: 15, number: 13.5, least: 62 };
/** @type {Sizes} */
const NARROW = { height: 33, strip: 11, letter: 13.5, number: 12, least: 52 };

/** A cell below this carries a minus mark, where there is room for one. */
const NEGATIVE = -0.05,
  MARKED = 6;

/**
 * A strip of cells, centred on its group: the selected unit's framed in ink.
 * @param {Element} parent @param {{pitch: number, height: number, framed: boolean}} shape
 */
export function createStrip(parent, { pitch, height, framed }) {
  const group = svg("g", { class: "strip" }, parent);
  const minus = svg("path", { class: "minus" });
  const frame = svg("rect", { class: "unit-frame", y: -1.5, width: pitch + 2, height: height + 3, rx: 2.5 });
  /** @type {SVGRectElement[]} */
  let cells = [];
  let before = "";
  return {
    group,
    /** @param {ArrayLike<number>} values @param {number} selected */
    draw(values, selected) {
      const [first, last] = windowOf(values.length, framed ? selected : 0);
      if (cells.length !== last - first) {
        cells = Array.from({ length: last - first }, (_, k) =>
          svg("rect", { x: k * pitch + 0.4, width: pitch - 0.8, height, rx: Math.min(1.5, pitch / 5) }),
        );
        group.replaceChildren(...cells, minus, ...(framed ? [frame] : []));
      }
      const left = -((last - first) * pitch) / 2;
      set(group, { transform: `translate(${left} 0)` });
      const now = [first, ...Array.from({ length: last - first }, (_, k) => values[first + k])].join();
      if (now !== before) {
        before = now;
        cells.forEach((cell, k) => {
          cell.style.fill = fill(values[first + k]);
        });
        const marks = cells.flatMap((_, k) =>
          pitch > MARKED && values[first + k] < NEGATIVE ? [`M${(k + 0.5) * pitch - 2} ${height / 2}h4`] : [],
        );
        set(minus, { d: marks.join("") });
      }
      set(frame, { x: (selected - first) * pitch - 1 });
    },
  };
}

/**
 * @param {SVGGElement} layer @param {LayoutValue} value @param {number} length @param {boolean} narrow
 * @param {Fonts} fonts
 */
export function createCard(layer, value, length, narrow, fonts) {
  const sizes = narrow ? NARROW : WIDE,
    { height } = sizes;
  const pitch = pitchOf(length, narrow),
    top = -height / 2;
  const framed = value.name !== "x"; // an input belongs to no unit
  const stem = value.hangsFrom ? svg("path", { class: "stem" }, layer) : null;
  const group = svg("g", { transform: `translate(${value.at})` }, layer);
  const halo = svg("rect", { class: "halo" }, group);
  const body = svg("g", { class: "body" }, group);
  const ground = svg("rect", { class: "ground" }, body);
  const holder = svg("g", { class: "cells", transform: `translate(0 ${top + 4})` }, body);
  const strip = createStrip(holder, { pitch, height: sizes.strip, framed });
  const outline = svg("rect", { class: "outline" }, body);
  const letter = svg("text", { class: "maths", style: legible(sizes.letter), y: height / 2 - 5.5 }, body);
  const digits = svg("text", { class: "number", style: legible(sizes.number), y: height / 2 - 5.5 }, body);
  let width = 0,
    selected = 0;
  return {
    group,
    halo,
    body,
    height,
    /** The unit whose cell is at a share of the card's width. @param {number} share */
    unitAt(share) {
      const drawn = Math.min(length, MOST) * pitch;
      return framed ? cellAt((share - 0.5) * width + drawn / 2, length, selected, narrow) : null;
    },
    /** @param {PillNow} now @returns {number} the card's width */
    update({ state, step, number, marked, strip: values, unit }) {
      selected = unit;
      const text = framed ? fixed(number, 2) : "";
      const side = mathsWidth(value.label, step, sizes.letter, fonts),
        room = text ? numberWidth(text, sizes.number, fonts) + 5 : 0;
      width = Math.max(Math.min(length, MOST) * pitch + 8, side + room + 10, sizes.least);
      const name = `value card role-${value.role} ${state}${marked ? " marked" : ""}`;
      group.setAttribute("class", name);
      set(halo, { x: -width / 2 - 3.5, y: top - 3.5, width: width + 7, height: height + 7, rx: 9.5 });
      for (const rect of [ground, outline]) set(rect, { x: -width / 2, y: top, width, height, rx: 6 });
      strip.draw(values ?? [], unit);
      writeMaths(letter, value.label, step);
      const later = state === "later";
      set(letter, { x: later ? 0 : -room / 2 });
      digits.textContent = text;
      set(digits, { x: (side + room) / 2 - room / 2 + 2.5 });
      if (stem && value.hangsFrom) {
        const [x, y] = value.hangsFrom;
        stem.setAttribute("class", `stem ${name}`);
        set(stem, { d: `M${x} ${y}V${value.at[1] + (Math.sign(y - value.at[1]) * height) / 2}` });
      }
      return width;
    },
  };
}
