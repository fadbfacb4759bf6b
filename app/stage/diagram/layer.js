/**
 * One learned layer, opened up: chips that print a parameter, and the plot of its function with today's point and
 * slope.
 */

import { set, svg } from "../../components/base/svg.js";

/**
 * @typedef {import("../types.js").LayoutNode} LayoutNode
 * @typedef {import("../types.js").Point} Point
 * @typedef {import("./nodes.js").Now} Now
 */

const ROOM = 10;

/** A parameter with its number: `× 1.67`. @param {SVGGElement} group @param {LayoutNode} node */
export function drawChip(group, { symbol, width = 52, height = 28 }) {
  const shape = svg("rect", { class: "shape", x: -width / 2, y: -height / 2, width, height, rx: 7 }, group);
  const text = svg("text", { class: "word", y: 4.6 }, group);
  return {
    /** @param {Now} now */
    update({ name, text: printed = "" }) {
      text.textContent = `${symbol === "×" ? symbol : name} ${printed}`;
      text.removeAttribute("textLength");
      const room = text.getComputedTextLength() + ROOM;
      if (symbol !== "×") set(shape, { x: -Math.max(width, room + ROOM) / 2, width: Math.max(width, room + ROOM) });
      // A wire ends at its edge.
      else if (room > width) set(text, { textLength: width - ROOM, lengthAdjust: "spacingAndGlyphs" });
    },
  };
}

/** How much of the curve is shown; a sum beyond it sits at the edge. */
const REACH = 2.4;
/** Half the tangent's width, and the middle of the plot under its title. */
const TANGENT = 16.5,
  MIDDLE = 1.5;

/** @param {SVGGElement} group @param {LayoutNode} node */
export function drawPlot(group, { symbol, width = 124, height = 172 }) {
  const across = width / 2 - 14,
    up = height / 2 - 36.5;
  /** @param {Point} point @returns {Point} */
  const place = ([x, y]) => [
    (Math.min(REACH, Math.max(-REACH, x)) * across) / REACH,
    MIDDLE - Math.min(1.1, Math.max(-1.1, y)) * up,
  ];
  svg("rect", { class: "shape", x: -width / 2, y: -height / 2, width, height, rx: 12 }, group);
  svg("text", { class: "upright title", y: -height / 2 + 23 }, group).textContent = symbol ?? "";
  svg(
    "path",
    { class: "axes strong", d: `M${-across} ${MIDDLE}H${across}M0 ${MIDDLE - up - 5.5}V${MIDDLE + up + 5.5}` },
    group,
  );
  svg(
    "path",
    { class: "bounds", d: `M${-across} ${MIDDLE - up}H${across}M${-across} ${MIDDLE + up}H${across}` },
    group,
  );
  const curve = svg("path", { class: "curve" }, group);
  svg("text", { class: "end high", x: across + 2, y: MIDDLE - up - 5 }, group).textContent = "+1";
  svg("text", { class: "end low", x: -across - 2, y: MIDDLE + up + 13.5 }, group).textContent = "−1";
  const guides = svg("path", { class: "guides" }, group),
    tangent = svg("path", { class: "tangent" }, group);
  const dot = svg("circle", { class: "dot" }, group);
  const caption = svg("text", { class: "slope", y: height / 2 - 7 }, group);
  /** @type {Now|null} */
  let now = null;

  /** @param {Point} point */
  function slide(point) {
    const [x, y] = place(point),
      goal = now?.dot && place(now.dot);
    set(dot, { cx: x.toFixed(2), cy: y.toFixed(2) });
    const arrived = Boolean(goal && Math.hypot(x - goal[0], y - goal[1]) < 0.5);
    set(guides, { d: arrived ? `M${x} ${MIDDLE}V${y}H0` : "" });
    const rise = ((now?.slope ?? 0) * up * REACH) / across,
      run = Math.min(TANGENT, (TANGENT * 1.42) / Math.hypot(1, rise));
    set(tangent, { d: arrived ? `M${x - run} ${y + run * rise}L${x + run} ${y - run * rise}` : "" });
    caption.textContent = arrived ? (now?.note ?? "") : "";
  }
  return {
    slide,
    /** @param {Now} next */
    update(next) {
      now = next;
      if (next.curve?.length) {
        const points = next.curve.filter(([x]) => Math.abs(x) <= REACH + 0.1);
        set(curve, {
          d: `M${points
            .map((point) =>
              place(point)
                .map((n) => n.toFixed(2))
                .join(" "),
            )
            .join("L")}`,
        });
      }
      set(dot, { r: next.dot ? 5 : 0 });
      if (next.dot) slide(next.dot);
      else {
        for (const path of [guides, tangent]) set(path, { d: "" });
        caption.textContent = "";
      }
    },
  };
}
