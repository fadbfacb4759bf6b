/** What the shapes, lines and fills mean, for the shapes and hues this cell's picture has. */

import { svg } from "../../components/base/svg.js";
import { el } from "../../components/base/element.js";
import { letter } from "./maths.js";
import { FUNCTION } from "../state/notation.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {[number, number][]} Curve
 */

/** The values whose line has a hue of its own to be explained. @param {Context} context */
function linesOf({ layout: { rows, roles, wide }, word }) {
  const names = [...rows, ...wide.values.map(({ name }) => name)];
  const lines = names.filter((name, k) =>
    names.includes(roles[name]) ? roles[name] === name : names.findIndex((other) => roles[other] === roles[name]) === k,
  );
  return [...new Set(lines)].map((name) => ({
    key: `${roles[name]} ${word(`row.${name}`)}`,
    role: roles[name],
    name: word(`row.${name}`),
  }));
}

/** Each once, whatever cells share it. @template {{key: string}} T @param {T[]} all @returns {T[]} */
const once = (all) => [...new Map(all.map((one) => [one.key, one])).values()];

/** @param {Context[]} contexts the cells on the stage */
export function createLegend(contexts) {
  const { word } = contexts[0],
    {
      ends: [low, high],
      scale,
    } = contexts[0].facet().notation;
  const shapes = once(
    contexts.flatMap(({ facet, word: own }) => shapesOf(facet()).map((shape) => ({ ...shape, word: own(shape.key) }))),
  );
  return el(
    "section",
    { class: "gw-card gw-legend", "aria-label": word("legend") },
    el(
      "ul",
      {},
      ...shapes.map(({ draw, word: name }) =>
        el("li", {}, el("span", { class: "gw-shape", "aria-hidden": "true" }, draw()), name),
      ),
    ),
    el("p", {}, word("legend.scheme")),
    ...(contexts[0].facet().notation.backward ? routes(contexts) : []),
    el(
      "ul",
      { class: "gw-legend-lines" },
      ...once(contexts.flatMap(linesOf)).map(({ role, name }) => el("li", {}, arrow(role), name)),
    ),
    el("div", { class: "gw-scale", title: word(scale) }, low, el("i"), high),
  );
}

/** The two ways back: the memory's line is drawn solid, every other dashed. @param {Context[]} contexts */
function routes(contexts) {
  const { word } = contexts[0];
  const memory = contexts.flatMap(({ layout }) => layout.wide.wires.find(({ kind }) => kind === "belt")?.role ?? [])[0];
  const line = (/** @type {string} */ role, /** @type {string} */ key) => {
    const picture = svg("svg", {
      class: `role-${role}`,
      viewBox: "0 0 44 10",
      width: 44,
      height: 10,
      "aria-hidden": "true",
    });
    svg("path", { class: key, d: "M1 5H43" }, picture);
    return el("li", {}, picture, word(`legend.${key}`));
  };
  return [
    el("ul", { class: "gw-legend-back" }, memory ? line(memory, "along") : null, line("h", "through")),
    el("p", {}, word("legend.weight.back"), " ", word("legend.log")),
  ];
}

/**
 * The shapes in a layout, each once.
 * @param {import("../types.js").Facet} facet
 */
export function shapesOf({
  layout: {
    wide: { nodes },
  },
  formulas,
  curves,
}) {
  const has = (/** @type {string} */ kind, /** @type {string} */ symbol = "") =>
    nodes.some((node) => node.kind === kind && (!symbol || node.symbol === symbol));
  const layers = nodes
    .filter(({ kind }) => kind === "gate" || kind === "plot")
    .map(({ value }) => formulas[value ?? ""]?.function ?? "");
  const open = nodes.find(({ kind }) => kind === "fn"),
    join = nodes.find(({ kind }) => kind === "cat");
  /** @type {[boolean, string, () => Node][]} */
  const shapes = [
    [has("chip"), "legend.weight", () => el("span", { class: "gw-legend-chip" }, "× w")],
    ...[...new Set(layers)].map(
      (name) =>
        /** @type {[boolean, string, () => Node]} */ ([
          name in curves,
          `legend.${name.split("(")[0]}`,
          () => curveBox(curves[name]),
        ]),
    ),
    [has("op", "×"), "legend.multiply", () => operation("M9.5 9.5l9 9M18.5 9.5l-9 9")],
    [
      Boolean(join),
      "legend.join",
      () =>
        el(
          "span",
          { class: "gw-legend-join" },
          "[",
          letter(join?.role ?? "h", join?.role ?? "h"),
          ", ",
          letter("x", "x"),
          "]",
        ),
    ],
    [has("op", "+"), "legend.add", () => operation("M14 8v12M8 14h12")],
    [
      Boolean(open),
      "legend.notanh",
      () => el("span", { class: "gw-legend-fn" }, FUNCTION[open?.symbol ?? ""] ?? open?.symbol ?? ""),
    ],
    [has("op", "1−"), "legend.complement", () => el("span", { class: "gw-legend-fn sign" }, "1−")],
    [has("copy"), "legend.copy", copyDot],
  ];
  return shapes.filter(([here]) => here).map(([, key, draw]) => ({ key, draw }));
}

/** @param {string} d */
function operation(d) {
  const picture = svg("svg", { viewBox: "0 0 28 28", width: 28, height: 28 });
  svg("circle", { cx: 14, cy: 14, r: 12 }, picture);
  svg("path", { d }, picture);
  return picture;
}

function copyDot() {
  const picture = svg("svg", { viewBox: "0 0 28 28", width: 28, height: 28 });
  svg("path", { d: "M3 19H25M14 19V8" }, picture);
  svg("circle", { class: "full", cx: 14, cy: 19, r: 3 }, picture);
  return picture;
}

/** @param {string} role */
function arrow(role) {
  const picture = svg("svg", {
    class: `role-${role}`,
    viewBox: "0 0 26 12",
    width: 26,
    height: 12,
    "aria-hidden": "true",
  });
  svg("path", { d: "M1 6H17" }, picture);
  svg("path", { class: "head", d: "M15 1.5 24 6 15 10.5Z" }, picture);
  return picture;
}

/** @param {Curve} curve */
function curveBox(curve) {
  const picture = svg("svg", { viewBox: "0 0 28 28", width: 28, height: 28 });
  svg("rect", { x: 2, y: 4, width: 24, height: 20, rx: 5 }, picture);
  const floor = curve[0][1] < -0.5 ? -1 : 0;
  if (floor < 0) svg("path", { class: "axes", d: "M5 14H23M14 7V21" }, picture);
  const far = floor < 0 ? 3 : 5;
  const points = curve
    .filter(([x, y]) => Math.abs(x) <= far && y <= 1.1)
    .map(([x, y]) => `${(14 + (9 * x) / far).toFixed(2)} ${(20.5 - (13 * (y - floor)) / (1 - floor)).toFixed(2)}`);
  svg("path", { d: `M${points.join("L")}` }, picture);
  return picture;
}
