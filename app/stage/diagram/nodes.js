/** Nodes: gates, operations, functions without weights, the join, the copy dot; layer.js has the opened layer. */

import { drawChip, drawPlot } from "./layer.js";
import { legible, set, svg } from "../../components/base/svg.js";

/**
 * @typedef {import("../types.js").LayoutNode} LayoutNode
 * @typedef {import("../types.js").Point} Point
 * @typedef {import("../state/visibility.js").State} State
 * @typedef {{state: State, marked: boolean, curve?: Point[], dot?: Point|null, name?: string, text?: string,
 *   slope?: number, note?: string}} Now
 *   `text`: what a chip prints; `slope` and `note`: a plot's tangent and what it says
 * @typedef {{group: SVGGElement, halo: SVGElement|null, update: (now: Now) => void,
 *   slide?: (point: Point) => void}} Node
 */

/** The area of a gate's curve, from the gate's centre. @param {number} width of the gate */
const plotOf = (width) =>
  width > 80
    ? { left: 1, right: 39, top: -21, bottom: 3, letter: -21, size: 16 }
    : { left: 5, right: 30.5, top: -21, bottom: 3, letter: -17, size: 13 };

/** How much of a curve its little window shows: −4 … 4. A sum beyond it sits at the edge, and a tip says so. */
const REACH = 4;

/**
 * The tip beside a dot at the edge, which points to where its sum is.
 * @param {number} x @param {number} y @param {number} way
 */
const tipAt = (x, y, way) => `M${x + 4.4 * way} ${y - 2.4}l${1.8 * way} 2.4l${-1.8 * way} 2.4`;

/** @param {Point[]} points @param {ReturnType<typeof plotOf>} plot */
function scaleOf(points, plot) {
  const floor = points[0][1] < -0.5 ? -1 : 0; // tanh has its axis in the middle, σ at the foot
  /** @param {Point} point @returns {Point} */
  return ([x, y]) => [
    plot.left + ((Math.min(REACH, Math.max(-REACH, x)) + REACH) / (2 * REACH)) * (plot.right - plot.left),
    plot.bottom - ((y - floor) / (1 - floor)) * (plot.bottom - plot.top),
  ];
}

/** @param {SVGGElement} group @param {LayoutNode} node @returns {Pick<Node, "update"|"slide">} */
function drawGate(group, node) {
  const width = node.width ?? 92,
    height = node.height ?? 56;
  const plot = plotOf(width);
  svg("rect", { class: "shape", x: -width / 2, y: -height / 2, width, height, rx: 10 }, group);
  const axes = svg("path", { class: "axes" }, group);
  const curve = svg("path", { class: "curve" }, group);
  const dot = svg("circle", { class: "dot" }, group);
  const beyond = svg("path", { class: "beyond" }, group);
  const greek = (node.symbol ?? "").length === 1;
  const symbol = svg(
    "text",
    {
      class: `symbol ${greek ? "letter" : "upright"}`,
      x: plot.letter,
      y: -3,
      style: legible(greek ? 21 : Math.min(plot.size, (4.4 * plot.size) / (node.symbol ?? "").length)),
    },
    group,
  );
  symbol.textContent = node.symbol ?? "";
  const name = svg("text", { class: "name", y: 20 }, group);
  /** @type {((point: Point) => Point)|null} */
  let place = null;
  /** @param {Point} point */
  const slide = (point) => {
    const [cx, cy] = place ? place(point) : [0, 0];
    set(dot, { cx: cx.toFixed(2), cy: cy.toFixed(2) });
    set(beyond, { d: Math.abs(point[0]) > REACH ? tipAt(cx, cy, Math.sign(point[0])) : "" });
  };
  return {
    slide,
    update({ curve: points, dot: at, name: word, state }) {
      name.textContent = word ?? "";
      if (!points?.length) return;
      const scale = (place = scaleOf(points, plot));
      set(curve, {
        d: `M${points
          .filter(([x]) => Math.abs(x) <= REACH)
          .map((point) =>
            scale(point)
              .map((n) => n.toFixed(2))
              .join(" "),
          )
          .join("L")}`,
      });
      const [x, y] = scale([0, 0]);
      set(axes, { d: `M${plot.left} ${y}H${plot.right}M${x} ${plot.top}V${plot.bottom}` });
      set(dot, { r: at ? (state === "active" ? 4.2 : 3.2) : 0 });
      if (at) slide(at);
      else set(beyond, { d: "" });
    },
  };
}

/** @param {SVGGElement} group @param {LayoutNode} node */
function drawOperation(group, { symbol, kind }) {
  svg("circle", { class: "shape", r: kind === "fn" ? 17 : 15 }, group);
  if (symbol === "×") svg("path", { class: "sign", d: "M-5.5-5.5 5.5 5.5M5.5-5.5-5.5 5.5" }, group);
  else if (symbol === "+") svg("path", { class: "sign", d: "M-7 0H7M0-7V7" }, group);
  else
    svg("text", { class: kind === "fn" ? "word upright" : "word", y: kind === "fn" ? 4 : 5 }, group).textContent =
      symbol ?? "";
}

/** @param {SVGGElement} group @param {LayoutNode} node */
function drawJoin(group, { role }) {
  svg("rect", { class: "shape", x: -20, y: -13, width: 40, height: 26, rx: 7 }, group);
  const text = svg("text", { class: "maths", y: 4.8, style: legible(14.5) }, group);
  for (const [piece, hue] of [
    ["[", "quiet"],
    [role, `letter role-${role}`],
    [", ", "quiet"],
    ["x", "letter role-x"],
    ["]", "quiet"],
  ]) {
    svg("tspan", { class: hue }, text).textContent = piece;
  }
}

/** @param {LayoutNode} node */
function haloOf({ kind, width = 92, height = 56 }) {
  if (kind === "gate")
    return svg("rect", { x: -width / 2 - 5, y: -height / 2 - 5, width: width + 10, height: height + 10, rx: 15 });
  if (kind === "op" || kind === "fn") return svg("circle", { r: (kind === "fn" ? 17 : 15) + 5 });
  if (kind === "chip")
    return svg("rect", { x: -width / 2 - 5, y: -height / 2 - 5, width: width + 10, height: height + 10, rx: 11 });
  if (kind === "plot")
    return svg("rect", { x: -width / 2 - 6, y: -height / 2 - 6, width: width + 12, height: height + 12, rx: 17 });
  return null;
}

/** @param {SVGGElement} layer @param {SVGGElement} halos @param {LayoutNode} node @returns {Node} */
export function createNode(layer, halos, node) {
  const place = { transform: `translate(${node.x} ${node.y})` };
  const group = svg("g", place, layer);
  const halo = haloOf(node);
  if (halo) {
    set(halo, { ...place, class: `halo role-${node.role}` });
    halos.append(halo);
  }
  /** @type {Pick<Node, "update"|"slide">|null} */
  let inner = null;
  if (node.kind === "gate") inner = drawGate(group, node);
  else if (node.kind === "chip") inner = drawChip(group, node);
  else if (node.kind === "plot") inner = drawPlot(group, node);
  else if (node.kind === "cat") drawJoin(group, node);
  else if (node.kind === "copy") svg("circle", { class: "shape", r: 6.5 }, group);
  else drawOperation(group, node);
  return {
    group,
    halo,
    slide: inner?.slide,
    update(now) {
      group.setAttribute("class", `node ${node.kind} role-${node.role} ${now.state}${now.marked ? " marked" : ""}`);
      halo?.setAttribute("class", `halo role-${node.role} ${now.state}`);
      inner?.update(now);
    },
  };
}

/** A stage's number. @param {SVGGElement} layer @param {{stage: number, at: Point}} badge @param {string} role */
export function createBadge(layer, { stage, at }, role) {
  const group = svg("g", { transform: `translate(${at[0]} ${at[1]})` }, layer);
  const disc = svg("circle", { class: "disc" }, group);
  svg("text", { y: 3.9 }, group).textContent = String(stage);
  return {
    /** @param {State} state */
    update(state) {
      group.setAttribute("class", `badge role-${role} ${state}`);
      set(disc, { r: state === "active" ? 9.5 : 8.5 });
    },
  };
}
