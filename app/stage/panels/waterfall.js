/** The running sum as a chart: each term starts where the last one ended. */

import { svg } from "../../components/base/svg.js";
import { el } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { letter } from "./maths.js";

/**
 * @typedef {import("./workings.js").Workings} Workings
 * @typedef {Pick<Workings,
 *   "total"|"value"|"role"> & {pieces: {role: string, label: Node|null, product: number, factors?:
 *   Workings["pieces"][number]["factors"]}[]}} Sum
 */

/** @typedef {{role: string, label: Node|string, from: number, to: number, number: string}} Bar */

const WIDTH = 104,
  ROW = 23,
  BAR = 14;

/** Where each bar begins and ends. @param {number[]} products */
export function runningSum(products) {
  let sum = 0;
  return products.map((product) => ({ from: sum, to: (sum += product) }));
}

/**
 * A lone product has nothing to run up: its factors are drawn side by side, each from zero.
 * @param {Sum} workings @param {string} bias @param {(value: number) => string} print @returns {Bar[]}
 */
function barsOf({ pieces }, bias, print) {
  if (pieces.length === 1)
    return (pieces[0].factors ?? []).map(({ role, label, number }) => ({
      role,
      label,
      from: 0,
      to: number,
      number: print(number),
    }));
  const steps = runningSum(pieces.map(({ product }) => product));
  return pieces.map(({ role, label, product }, k) => ({
    role,
    label: label ?? bias,
    ...steps[k],
    number: plus(print(product)),
  }));
}

/** A printed number with its sign. @param {string} text */
const plus = (text) => (/^[−?]|^0\.?0*$/.test(text) ? text : `+${text}`);

/** @param {Sum} workings @param {(key: string) => string} word @param {(value: number) => string} [print] */
export function waterfall(workings, word, print = (value) => fixed(value, 4)) {
  const { pieces, total, value, role } = workings;
  const single = pieces.length === 1;
  const bars = barsOf(workings, word("bias"), print);
  const picture = draw(bars, total, !single);
  return el(
    "div",
    { class: "gw-waterfall" },
    el(
      "div",
      { class: "gw-bar-names" },
      ...bars.map(({ label, role: hue }) =>
        el("span", { class: `role-${hue}` }, typeof label === "string" ? label : label.cloneNode(true)),
      ),
      el("b", {}, single ? letter(value, role) : word("sum")),
    ),
    picture,
    el(
      "div",
      { class: "gw-bar-numbers" },
      ...bars.map(({ number }) => el("span", {}, number)),
      el("b", {}, print(total)),
    ),
  );
}

/** @param {Bar[]} bars @param {number} total @param {boolean} tied each bar starts where the last one ended */
function draw(bars, total, tied) {
  // Nothing is drawn of a covered number, nor of a sum with it.
  const open = (/** @type {number} */ v) => !Number.isNaN(v);
  const ends = [0, total, ...bars.flatMap(({ from, to }) => [from, to])].filter(open);
  const low = Math.min(...ends),
    high = Math.max(...ends);
  const x = (/** @type {number} */ v) => 2 + ((v - low) / (high - low || 1)) * (WIDTH - 8);
  const y = (/** @type {number} */ row) => row * ROW + (ROW - BAR) / 2;
  const picture = svg("svg", {
    class: "gw-bars",
    width: WIDTH,
    height: ROW * (bars.length + 1),
    "aria-hidden": "true",
  });
  svg("path", { class: "axis", d: `M${x(0)} 0V${ROW * (bars.length + 1)}` }, picture);
  bars.forEach(({ from, to, role }, row) => {
    if (!open(from + to)) return;
    const width = Math.max(1.5, Math.abs(x(to) - x(from)));
    svg(
      "rect",
      { class: `role-${role}`, x: Math.min(x(from), x(to)), y: y(row), width, height: BAR, rx: Math.min(3, width / 2) },
      picture,
    );
    if (tied)
      svg(
        "path",
        { class: "tie", d: `M${x(to)} ${y(row) + BAR}V${y(row + 1) + (row === bars.length - 1 ? BAR / 2 : 0)}` },
        picture,
      );
  });
  if (!open(total)) return picture;
  const middle = y(bars.length) + BAR / 2;
  svg("path", { class: "sum", d: `M${x(0)} ${middle}H${x(total)}` }, picture);
  svg("circle", { class: "sum", cx: x(total), cy: middle, r: 5 }, picture);
  return picture;
}
