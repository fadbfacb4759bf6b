/** What the shapes, lines and fills mean, for the shapes this cell's picture has. */

import { svg } from "./diagram/svg.js";
import { el } from "./element.js";
import { letter } from "./maths.js";

/** @typedef {import("./shell.js").Context} Context */

/** @param {Context} context @param {Record<string, [number, number][]>} curves */
export function createLegend({ layout, word }, curves) {
  const { nodes } = layout.wide;
  const has = (/** @type {string} */ kind, /** @type {string} */ symbol = "") => nodes.some((node) => node.kind === kind && (!symbol || node.symbol === symbol || node.curve === symbol));
  const cat = nodes.find(({ kind }) => kind === "cat");
  /** @type {[boolean, string, () => Node][]} */
  const shapes = [
    [has("gate", "sigmoid"), "legend.sigmoid", () => curveBox(curves.sigmoid, 0)],
    [has("gate", "tanh"), "legend.tanh", () => curveBox(curves.tanh, -1)],
    [true, "legend.multiply", () => operation("M9.5 9.5l9 9M18.5 9.5l-9 9")],
    [Boolean(cat), "legend.join", () => el("span", { class: "gw-legend-join" }, "[", letter("h", "h"), ", ", letter("x", "x"), "]")],
    [true, "legend.add", () => operation("M14 8v12M8 14h12")],
    [has("fn"), "legend.notanh", () => el("span", { class: "gw-legend-fn" }, "tanh")],
  ];
  return el("section", { class: "gw-card gw-legend", "aria-label": word("legend") },
    el("ul", {}, ...shapes.filter(([here]) => here).map(([, key, draw]) => el("li", {}, el("span", { class: "gw-shape", "aria-hidden": "true" }, draw()), word(key)))),
    el("p", {}, word("legend.scheme")),
    el("div", { class: "gw-scale", title: word("legend.clipped") }, "−1", el("i"), "+1"));
}

/** @param {string} d */
function operation(d) {
  const picture = svg("svg", { viewBox: "0 0 28 28", width: 28, height: 28 });
  svg("circle", { cx: 14, cy: 14, r: 12 }, picture);
  svg("path", { d }, picture);
  return picture;
}

/** @param {[number, number][]} curve @param {number} floor of its values */
function curveBox(curve, floor) {
  const picture = svg("svg", { viewBox: "0 0 28 28", width: 28, height: 28 });
  svg("rect", { x: 2, y: 4, width: 24, height: 20, rx: 5 }, picture);
  if (floor < 0) svg("path", { class: "axes", d: "M5 14H23M14 7V21" }, picture);
  const far = floor < 0 ? 3 : 5;
  const points = curve.filter(([x]) => Math.abs(x) <= far).map(([x, y]) => `${(14 + (9 * x) / far).toFixed(2)} ${(20.5 - (13 * (y - floor)) / (1 - floor)).toFixed(2)}`);
  svg("path", { d: `M${points.join("L")}` }, picture);
  return picture;
}
