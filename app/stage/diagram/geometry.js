/**
 * The plane geometry of the diagram: routes with rounded corners, the two strands of a ribbon, arrowheads, taps.
 * Pure: nothing here touches the page.
 *
 * @typedef {import("../types.js").Point} Point
 * @typedef {{points: Point[], radii: number[]}} Route  a polyline and the radius of each inner corner
 */

export const CORNER = 14;
export const STRAND = 5;

/** @param {Point} from @param {Point} to @returns {Point} */
function direction([x0, y0], [x1, y1]) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  return [(x1 - x0) / length, (y1 - y0) / length];
}

/**
 * Which way a route turns at a corner: 1 clockwise on the screen, −1 the other way.
 * @param {Point} u @param {Point} v
 */
const turn = (u, v) => Math.sign(u[0] * v[1] - u[1] * v[0]);

/** @param {Point} point @param {Point} way @param {number} distance @returns {Point} */
const along = ([x, y], [dx, dy], distance) => [x + dx * distance, y + dy * distance];

/** @param {Point[]} points @returns {Route} */
export function route(points) {
  return { points, radii: points.slice(1, -1).map(() => CORNER) };
}

/**
 * The line beside a route, `distance` to the left of travel; its corners stay concentric with the route's.
 * @param {Point[]} points @param {number} distance @returns {Route}
 */
export function beside(points, distance) {
  const ways = points.slice(1).map((point, k) => direction(points[k], point));
  const left = ways.map(([dx, dy]) => /** @type {Point} */ ([dy, -dx]));
  const moved = points.map((point, k) => {
    const before = left[k - 1],
      after = left[k];
    if (!before) return along(point, after, distance);
    const shifted = along(point, before, distance);
    return !after || turn(ways[k - 1], ways[k]) === 0 ? shifted : along(shifted, after, distance);
  });
  const radii = ways.slice(1).map((way, k) => CORNER + distance * turn(ways[k], way));
  return { points: moved, radii };
}

/** A ribbon's two strands: the hidden state on the left of travel, the input on the right. @param {Point[]} points */
export const strands = (points) => [beside(points, STRAND), beside(points, -STRAND)];

/** @param {Point[]} points */
export function lengthOf(points) {
  return points.slice(1).reduce((sum, [x, y], k) => sum + Math.hypot(x - points[k][0], y - points[k][1]), 0);
}

/** The way back. @param {Route} line @returns {Route} */
export const reversed = ({ points, radii }) => ({ points: points.slice().reverse(), radii: radii.slice().reverse() });

/**
 * The route with `start` and `end` cut from its two ends.
 * @param {Route} line @param {number} start @param {number} end @returns {Route}
 */
export function shortened({ points, radii }, start, end) {
  const last = points.length - 1;
  const cut = points.slice();
  cut[0] = along(points[0], direction(points[0], points[1]), start);
  cut[last] = along(cut[last], direction(points[last], points[last - 1]), end);
  return { points: cut, radii };
}

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/** @param {Route} line @returns {string} the `d` of an SVG path */
export function pathData({ points, radii }) {
  const parts = [`M${points[0].map(short).join(" ")}`];
  for (let k = 1; k < points.length - 1; k += 1) {
    const u = direction(points[k - 1], points[k]),
      v = direction(points[k], points[k + 1]);
    const radius = Math.min(radii[k - 1], lengthOf(points.slice(k - 1, k + 1)), lengthOf(points.slice(k, k + 2)));
    const from = along(points[k], u, -radius),
      to = along(points[k], v, radius);
    parts.push(`L${from.map(short).join(" ")}`);
    if (turn(u, v))
      parts.push(`A${short(radius)} ${short(radius)} 0 0 ${turn(u, v) > 0 ? 1 : 0} ${to.map(short).join(" ")}`);
  }
  parts.push(`L${points[points.length - 1].map(short).join(" ")}`);
  return parts.join("");
}

/**
 * An arrowhead whose tip touches the end of the route.
 * @param {Point[]} points @param {[number, number]} size length and width
 */
export function arrowhead(points, [length, width]) {
  const tip = points[points.length - 1];
  const way = direction(points[points.length - 2], tip);
  const base = along(tip, way, -length);
  const side = /** @type {Point} */ ([way[1], -way[0]]);
  const corners = [tip, along(base, side, width / 2), along(base, side, -width / 2)];
  return `M${corners.map((corner) => corner.map(short).join(" ")).join("L")}Z`;
}

/** How much of an arrowed line its head replaces: the line stops at 80% of the head. @param {[number, number]} size */
export const underHead = ([length]) => 0.8 * length;

/**
 * How far a wire that starts (or ends) at a value's centre runs inside the value's box.
 * @param {Point} end @param {Point} next @param {{at: Point, width: number, height: number}} box
 */
export function inside(end, next, { at, width, height }) {
  if (end[0] !== at[0] || end[1] !== at[1]) return 0;
  return end[1] === next[1] ? width / 2 : height / 2;
}

/** How far along its bus, from left to right, a wire runs. @param {{points: Point[]}} wire */
const reachOf = ({ points }) => Math.max(...points.map(([x]) => x));

/**
 * Where the ribbons that share a bus branch off it. The bus is the wire that carries a strand on past them all where
 * there
 * is one, else the ribbon that leaves it last; each other ribbon is a pair of taps.
 * @template {{id: string, points: Point[]}} R
 * @param {R[]} ribbons @param {{points: Point[]}[]} [wires] @returns {{trunk: R|null, taps: R[]}|null}
 */
export function bus(ribbons, wires = []) {
  if (!ribbons.length) return null;
  const starts = strands(ribbons[0].points).map(({ points }) => points[0]);
  const last = ribbons.reduce((far, ribbon) => (reachOf(ribbon) > reachOf(far) ? ribbon : far));
  const carriedOn = wires.some(
    (wire) =>
      reachOf(wire) > reachOf(last) && starts.some(([x, y]) => wire.points[0][0] === x && wire.points[0][1] === y),
  );
  const trunk = carriedOn ? null : last;
  return { trunk, taps: ribbons.filter((ribbon) => ribbon !== trunk) };
}

/**
 * A ribbon's last leg as two straight taps: from the bus to the gate, with the piece of the left strand's bus that
 * the right tap passes over.
 * @param {Point[]} points
 */
export function taps(points) {
  const [left, right] = strands(points).map(({ points: line }) => line.slice(-2));
  const way = direction(right[0], right[1]);
  const crossing = along(right[0], way, 2 * STRAND);
  return { left, right, gap: [along(crossing, way, -STRAND), along(crossing, way, STRAND)] };
}

/**
 * Short pieces of a wire where one of its level legs passes over another wire.
 * @param {{points: Point[]}} wire @param {{points: Point[]}[]} others @returns {Point[][]}
 */
export function crossings(wire, others) {
  const upright = others
    .filter((other) => other !== wire)
    .flatMap(({ points }) => legs(points))
    .filter(([from, to]) => from[0] === to[0]);
  return legs(wire.points)
    .filter(([from, to]) => from[1] === to[1])
    .flatMap(([[x0, y], [x1]]) =>
      upright
        .filter(([[x, top], [, foot]]) => (x - x0) * (x - x1) < 0 && (y - top) * (y - foot) < 0)
        .map(
          ([[x]]) =>
            /** @type {Point[]} */ ([
              [x - STRAND, y],
              [x + STRAND, y],
            ]),
        ),
    );
}

/** @param {Point[]} points @returns {[Point, Point][]} */
const legs = (points) => points.slice(1).map((point, k) => [points[k], point]);

/** The stretch of bus a finished tap has used: its strands up to the branch. @param {Point[]} points */
export function shared(points) {
  return strands(points).map(({ points: line, radii }) => ({ points: line.slice(0, -1), radii: radii.slice(0, -1) }));
}

/**
 * A share of the drawn polyline as a share of its rounded route: every corner passed is a short cut.
 * @param {Point[]} points @param {number} share
 */
export function roundedShare(points, share) {
  const spared = (2 - Math.PI / 2) * CORNER;
  const total = lengthOf(points),
    way = share * total;
  const corners = points.slice(1, -1).filter((_, k) => lengthOf(points.slice(0, k + 2)) < way).length;
  return (way - corners * spared) / (total - (points.length - 2) * spared);
}

/**
 * Where on a route a point lies, as a share of its length; 0 when it is not on it.
 * @param {Point[]} points @param {Point} at
 */
export function shareAt(points, at) {
  const total = lengthOf(points);
  for (let k = 1, done = 0; k < points.length; k += 1) {
    const leg = lengthOf(points.slice(k - 1, k + 1));
    const to = lengthOf([points[k - 1], at]);
    if (Math.abs(to + lengthOf([at, points[k]]) - leg) < 0.01) return (done + to) / total;
    done += leg;
  }
  return 0;
}
