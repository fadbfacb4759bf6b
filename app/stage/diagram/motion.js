/** What moves: inputs on their way to the gate, the dot on the curve, the token on its way out, the change of day. */

import { fill } from "../colour.js";
import { FILL, handOver, PHASES, pointOn, PULSE, slide, through, travel } from "../state/easing.js";
import { lengthOf, pathData, route, roundedShare, shareAt, strands } from "./geometry.js";
import { set, svg } from "../../components/base/svg.js";
import { keyOf } from "../state/visibility.js";
import { fixed } from "../../components/base/format.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../types.js").LayoutWire} LayoutWire
 * @typedef {import("../types.js").LayoutValue} LayoutValue
 * @typedef {import("../types.js").Point} Point
 * @typedef {import("./geometry.js").Route} Route
 * @typedef {(value: {name: string, before?: boolean}) => number} NumberOf
 */

const TOKEN = { width: 58, height: 26 };
/** The token's trail: how far back, how wide and how dark each stroke is; together they fade 24 → 10%. */
const TRAIL = [
  [62, 5.5, 0.1],
  [46, 8.2, 0.1],
  [33, 11, 0.14],
];

/**
 * Where a wire's value goes on to: the own wire that starts where it ends, or leaves the join it enters.
 * @param {LayoutWire} wire @param {LayoutWire[]} own @param {Geometry} geometry
 */
function nextLeg(wire, own, geometry) {
  const end = wire.points[wire.points.length - 1];
  const join = geometry.nodes.find(({ kind }) => kind === "cat");
  /** @param {Point} point */
  const atJoin = ([x, y]) => Boolean(join) && Math.abs(x - (join?.x ?? 0)) <= 22 && Math.abs(y - (join?.y ?? 0)) <= 16;
  return own.find(
    ({ points, role, kind }) =>
      (points[0][0] === end[0] && points[0][1] === end[1] && role === wire.role) ||
      (atJoin(end) && atJoin(points[0]) && (kind === "ribbon" || role === wire.role)),
  );
}

/**
 * The value on a wire, or on the wire that carries it on, or on the one it is copied from.
 * @param {LayoutWire} wire @param {Geometry} geometry
 */
export function carriedBy(wire, { wires, values }) {
  const [x, y] = wire.points[wire.points.length - 1];
  const onward = wires.filter(({ points, role }) => points[0][0] === x && points[0][1] === y && role === wire.role);
  const source = wires.filter(({ points, role }) => role === wire.role && shareAt(points, wire.points[0]) > 0);
  return [wire, ...onward, ...source].map(({ id }) => values.find((value) => value.wire === id)).find(Boolean);
}

/**
 * The routes along which a stage's inputs travel, each with the value that rides it.
 * @param {Layout} layout @param {Geometry} geometry @param {number} stage
 * @returns {{line: Route, value: LayoutValue}[]}
 */
export function journeys(layout, geometry, stage) {
  const { own, relit } = layout.stages[stage];
  const drawn = geometry.wires.filter(({ id }) => own.includes(id));
  const read = geometry.wires.filter(({ id }) => relit.includes(id));
  const starts = drawn.filter((wire) => geometry.values.some((value) => value.before && value.wire === wire.id));
  return [...read, ...starts].flatMap((wire) => {
    const value = carriedBy(wire, geometry);
    if (!value) return [];
    const next = nextLeg(wire, drawn, geometry);
    if (!next) return [{ line: route(wire.points), value }];
    const legs = next.kind === "ribbon" ? strands(next.points)[wire.role === next.role ? 0 : 1] : route(next.points);
    const points = [...wire.points, ...legs.points];
    const radii = [...route(wire.points).radii, 0, 0, ...legs.radii];
    return [{ line: { points, radii }, value }];
  });
}

/** A wire shorter than two tokens has no room for one. @param {LayoutWire} wire */
export const carries = ({ points }) => lengthOf(points) >= 2 * TOKEN.width;

/**
 * The way of a stage's result: along its wire to where it rests; null where it does not travel.
 * @param {Layout} layout @param {Geometry} geometry @param {boolean} narrow @param {number} stage
 */
function wayOf(layout, geometry, narrow, stage) {
  const plan = layout.stages[stage].token;
  const rest = narrow ? (plan?.narrow ?? plan?.at) : plan?.at;
  const wire = plan && geometry.wires.find(({ id }) => id === plan.wire);
  if (!plan || rest === undefined || !wire || !carries(wire)) return null;
  const path = svg("path", { d: pathData(route(wire.points)) });
  const value = geometry.values.find((one) => keyOf(one) === plan.value);
  const share = value ? shareAt(wire.points, value.at) : 0;
  return {
    path,
    length: path.getTotalLength(),
    start: roundedShare(wire.points, share < rest ? share : 0),
    end: roundedShare(wire.points, rest),
    value: plan.value,
    role: wire.role,
  };
}

/**
 * @param {SVGGElement} layer @param {Layout} layout @param {Geometry} geometry @param {boolean} narrow
 * @param {number} decimals
 */
export function createMotion(layer, layout, geometry, narrow, decimals) {
  const edge = geometry.viewBox[2] + 4 - TOKEN.width / 2; // a token stays on the card
  const trail = svg("g", { class: "trail" }, layer);
  const strokes = TRAIL.map(([, width, opacity]) =>
    svg("path", { "stroke-width": width, "stroke-opacity": opacity }, trail),
  );
  const beads = svg("g", { class: "beads" }, layer);
  const token = svg("g", { class: "token" }, layer);
  const box = svg("rect", { x: -TOKEN.width / 2, y: -TOKEN.height / 2, ...TOKEN, rx: TOKEN.height / 2 }, token);
  const digits = svg("text", { y: 4.8 }, token);
  /** @type {{path: SVGPathElement, length: number, bead: SVGCircleElement}[]} */
  let riders = [];
  /** @type {{path: SVGPathElement, length: number, start: number, end: number}|null} */
  let way = null,
    reversed = false;

  /**
   * The stage's routes, measured once.
   * @param {number} stage @param {NumberOf} numberOf @param {import("../types.js").Notation} notation
   * @param {boolean} backward what comes out travels in
   */
  function prepare(stage, numberOf, { print, tone }, backward) {
    beads.replaceChildren();
    riders = journeys(layout, geometry, stage).map(({ line, value }) => {
      const path = svg("path", { d: pathData(line) });
      const bead = svg("circle", { class: `role-${value.role}`, r: 6 }, beads);
      bead.style.fill = fill(tone(numberOf(value)));
      return { path, length: path.getTotalLength(), bead };
    });
    reversed = backward;
    const found = wayOf(layout, geometry, narrow, stage);
    way = found && backward ? { ...found, start: found.end, end: found.start } : found;
    if (!found) return;
    const number = numberOf({ name: found.value });
    box.style.fill = fill(tone(number));
    digits.textContent = decimals === 3 ? print(number) : fixed(number, decimals);
    for (const part of [token, trail])
      part.setAttribute("class", `${part === token ? "token" : "trail"} role-${found.role}`);
    for (const stroke of strokes) set(stroke, { d: found.path.getAttribute("d") ?? "" });
  }

  /** @param {number} progress @param {boolean} still */
  function moveInputs(progress, still) {
    const share = reversed ? 1 - through(progress, PHASES.result) : through(progress, PHASES.inputs);
    beads.style.display = still || share === 0 || share === 1 ? "none" : "";
    for (const { path, length, bead } of riders) {
      const { x, y } = path.getPointAtLength(length * travel(share));
      set(bead, { cx: x.toFixed(2), cy: y.toFixed(2) });
    }
  }

  /** @param {number} progress @param {boolean} still */
  function moveToken(progress, still) {
    const share = through(progress, reversed ? [0, PHASES.curve[1]] : PHASES.result);
    const shown = way && !still && (reversed ? progress < PHASES.curve[1] : progress >= PHASES.result[0]);
    for (const part of [token, trail]) part.style.display = shown ? "" : "none";
    if (!way || !shown) return;
    const at = way.length * (way.start + (way.end - way.start) * travel(share));
    const { x, y } = way.path.getPointAtLength(at);
    const grow = 0.96 + 0.04 * through(progress, reversed ? [0, FILL] : [PHASES.result[0], PHASES.result[0] + FILL]);
    set(token, { transform: `translate(${Math.min(x, edge).toFixed(2)} ${y.toFixed(2)}) scale(${grow.toFixed(3)})` });
    strokes.forEach((stroke, k) => {
      const back = Math.min(TRAIL[k][0], at);
      set(stroke, { "stroke-dasharray": `${back.toFixed(1)} 2000`, "stroke-dashoffset": (back - at).toFixed(1) });
    });
  }
  return { prepare, moveInputs, moveToken, trail, travels: () => way !== null };
}

/**
 * Today's result filling in, and the pulse of a result that does not travel.
 * @param {{body: SVGGElement, halo: SVGElement}} pill @param {number} progress @param {boolean} still
 * @param {boolean} pulses
 */
export function settle(pill, progress, still, pulses) {
  const from = PHASES.result[0];
  const grow = still ? 1 : 0.96 + 0.04 * through(progress, [from, from + FILL]);
  pill.body.setAttribute("transform", progress < from ? "scale(1)" : `scale(${grow.toFixed(3)})`);
  const beat = pulses && !still ? Math.sin(Math.PI * through(progress, [from, from + PULSE])) : 0;
  pill.halo.style.strokeWidth = String((5 * beat).toFixed(2)); // 3.5 → 6 → 3.5: half of a stroke lies outside
}

/**
 * The dot's place on the curve on its way from 0 to the sum.
 * @param {Point[]} curve @param {Point} goal @param {number} progress @param {boolean} still @returns {Point}
 */
export function dotAt(curve, goal, progress, still) {
  const share = still ? 1 : slide(through(progress, PHASES.curve));
  return share === 1 ? goal : pointOn(curve, goal[0] * share);
}

/**
 * Where a right-hand value is while the day changes.
 * @param {Point} from @param {Point} to @param {number} share @returns {Point}
 */
export function passing([x0, y0], [x1, y1], share) {
  const t = handOver(share);
  return [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
}
