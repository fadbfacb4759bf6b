/** Value pills: a letter box and a number box filled by the value. */

import { VALUES } from "../state/notation.js";
import { fill } from "../colour.js";
import { legible, mathsWidth, numberWidth, set, svg, writeMaths } from "../../components/base/svg.js";

/**
 * @typedef {import("../types.js").LayoutValue} LayoutValue
 * @typedef {import("../state/visibility.js").State} State
 * @typedef {{letter: number, number: number, pad: number, box: number}} Sizes  type sizes, letter padding, number box
 * @typedef {{sans: string, maths: string}} Fonts
 * @typedef {{state: State, step: number, number: number, marked: boolean, strip: ArrayLike<number>|null, unit: number,
 *   notation: import("../types.js").Notation}} PillNow
 *   `strip`: every unit's value where there are several (vector/card.js), `unit` the selected one
 */

export const PILL_HEIGHT = 24;
/** @type {Sizes} */
export const WIDE = { letter: 15, number: 13.5, pad: 15, box: 55 };
/** @type {Sizes} */
export const NARROW = { letter: 14, number: 12.5, pad: 9.3, box: 46 };

/** A gradient's, which is called ∂L/∂f. @type {Sizes} */
export const WIDE_BACK = { letter: 12.5, number: 12.5, pad: 10, box: 53 };
/** @type {Sizes} */
export const NARROW_BACK = { letter: 13, number: 12, pad: 7, box: 44 };

/** The pattern of what is covered. */
const HATCH = "gw-hatch";

/** @param {Element} canvas whose covered values are hatched */
export function defineHatch(canvas) {
  const size = { width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const pattern = svg("pattern", { id: HATCH, ...size }, svg("defs", {}, canvas));
  svg("rect", { width: 6, height: 6, class: "hatch-ground" }, pattern);
  svg("path", { d: "M0 0V6", class: "hatch" }, pattern);
}

const HALF = PILL_HEIGHT / 2;

/**
 * The widths of a pill's two boxes.
 * @param {LayoutValue} value @param {number} step @param {number} number @param {Sizes} sizes @param {Fonts} fonts
 * @param {(value: number) => string} [print]
 */
export function pillWidths(value, step, number, sizes, fonts, print = VALUES.print) {
  const letter = mathsWidth(value.label, step, sizes.letter, fonts) + sizes.pad;
  const box = Math.max(sizes.box, numberWidth(print(number), sizes.number, fonts) + 8);
  return { letter, box, whole: letter + box };
}

/** The number box: square on the left, round on the right. @param {number} from @param {number} to */
const numberBox = (from, to) => `M${from} ${-HALF}H${to - HALF}A${HALF} ${HALF} 0 0 1 ${to - HALF} ${HALF}H${from}Z`;

/** A stadium of the pill's height, grown by `grow` all round. @param {number} width @param {number} grow */
const stadium = (width, grow = 0) => ({
  x: -width / 2 - grow,
  y: -HALF - grow,
  width: width + 2 * grow,
  height: PILL_HEIGHT + 2 * grow,
  rx: HALF + grow,
});

/**
 * @param {SVGGElement} layer @param {LayoutValue} value @param {Sizes} sizes @param {Fonts} fonts
 */
export function createPill(layer, value, sizes, fonts) {
  const stem = value.hangsFrom ? svg("path", { class: "stem" }, layer) : null;
  const group = svg("g", { transform: `translate(${value.at})` }, layer);
  const halo = svg("rect", { class: "halo" }, group);
  const body = svg("g", { class: "body" }, group);
  const ground = svg("rect", { class: "ground" }, body);
  const box = svg("path", { class: "box" }, body);
  const divider = svg("path", { class: "divider" }, body);
  const outline = svg("rect", { class: "outline" }, body);
  const letter = svg("text", { class: "maths", style: legible(sizes.letter), y: 4.7 }, body);
  const digits = svg("text", { class: "number", style: legible(sizes.number), y: 4.8 }, body);
  return {
    group,
    halo,
    body,
    height: PILL_HEIGHT,
    /** @param {number} _share @returns {number|null} a pill is of one unit */
    unitAt: (_share) => null,
    /** @param {PillNow} now @returns {number} the pill's width */
    update({ state, step, number, marked, notation: { print, tone } }) {
      const { letter: side, box: room, whole } = pillWidths(value, step, number, sizes, fonts, print);
      const name = `value role-${value.role} ${state}${marked ? " marked" : ""}`;
      group.setAttribute("class", name);
      set(halo, stadium(whole, 3.5));
      for (const rect of [ground, outline]) set(rect, stadium(whole));
      const edge = side - whole / 2;
      set(box, { d: numberBox(edge, whole / 2) });
      box.style.fill = Number.isNaN(number) ? `url(#${HATCH})` : fill(tone(number));
      set(divider, { d: `M${edge} ${-HALF}V${HALF}` });
      writeMaths(letter, value.label, step);
      set(letter, { x: state === "later" ? 0 : edge - side / 2 + (sizes.pad > 10 ? 1 : 0.5) });
      digits.textContent = print(number);
      set(digits, { x: edge + room / 2 - 1.4 });
      if (stem && value.hangsFrom) {
        const [x, y] = value.hangsFrom;
        stem.setAttribute("class", `stem ${name}`);
        set(stem, { d: `M${x} ${y}V${value.at[1] + Math.sign(y - value.at[1]) * HALF}` });
      }
      return whole;
    },
  };
}
