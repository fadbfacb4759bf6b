/** Curves over the steps of the map: what is read above it, and the selected unit's values below. */

import { button, el, put } from "../base/element.js";
import { set, svg } from "../base/svg.js";
import { about, path } from "./numbers.js";

const HEIGHT = 21; // px of a row

/** An axis across a row, and a curve over it. @param {number} steps @param {string} role @param {number} height */
function createCurve(steps, role, height) {
  const picture = svg("svg", {
    viewBox: `0 0 ${steps} ${height}`,
    preserveAspectRatio: "none",
    class: `gw-curve role-${role}`,
    "aria-hidden": "true",
  });
  const zero = svg("path", { class: "zero" }, picture),
    second = svg("path", { class: "line other" }, picture),
    line = svg("path", { class: "line" }, picture);
  return {
    picture,
    /** @param {number[]} numbers @param {[number, number]} range @param {number[]} [other] what is beside them */
    draw(numbers, range, other = []) {
      set(second, { d: path(other, range, height) });
      set(line, { d: path(numbers, range, height) });
      set(zero, { d: path([0, ...Array(steps - 1).fill(0)], range, height) });
    },
  };
}

/** What the layer reads: one of its inputs. @param {number} steps @param {string} title */
export function createInput(steps, title) {
  const { picture, draw } = createCurve(steps, "x", 22);
  const name = el("span", { class: "gw-input-name" }, title);
  return {
    root: el("div", { class: "gw-input-curve" }, picture, name),
    /** @param {import("./data.js").Curve} curve */
    draw(curve) {
      name.textContent = curve.title;
      draw(curve.numbers, about(curve.numbers));
    },
  };
}

/**
 * A row for a quantity of the selected unit; its letter chooses it.
 * @param {import("./numbers.js").Read} quantity @param {number} steps @param {(name: string) => void} choose
 */
export function createRow({ name, title, role, gate, low, high }, steps, choose) {
  const { picture, draw } = createCurve(steps, role, HEIGHT);
  const dot = el("i", { class: "gw-curve-dot" });
  const letter = button(title, () => choose(name), { class: `gw-letter role-${role}`, named: true, title }, name);
  const box = el("div", { class: `gw-curve-box role-${role}` }, picture, dot);
  const root = el("div", { class: `gw-curve-row role-${role}` }, letter, box);
  return {
    root,
    box,
    name,
    /** @param {number[]} numbers @param {number[]} other @param {number} step @param {boolean} chosen */
    draw(numbers, other, step, chosen) {
      const range = gate ? /** @type {[number, number]} */ ([low, high]) : about([...numbers, ...other]);
      draw(numbers, range, other);
      this.mark(numbers[step], range, step, chosen);
    },
    /** @param {number} number @param {[number, number]} range @param {number} step @param {boolean} chosen */
    mark(number, [bottom, top], step, chosen) {
      const share = (number - bottom) / (top - bottom || 1);
      dot.style.left = `${(100 * (step + 0.5)) / steps}%`;
      dot.style.top = `${HEIGHT - 2 - share * (HEIGHT - 4)}px`;
      put(root, { "data-chosen": chosen });
      put(letter, { "aria-pressed": String(chosen) });
    },
  };
}
