/** Where the nodes of a scan stand, and which of them a node comes from. Pure. */

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{round: number, step: number}} Place  a round −1 is the loop's
 * @typedef {{x: number, y: number}} Point
 * @typedef {{from: Place, to: Place}} Edge
 * @typedef {{wide: boolean, width: number, height: number, box: {width: number, height: number},
 *   corner: (place: Place) => Point, label: (round: number) => Point, head: (step: number) => Point}} Frame
 */

export const LOOP = -1;
export const LINE = 17; // px from one line of a node to the next
const HEAD = 44; // px above the first row, for the names of timesteps, or of rounds
const LEFT = 96; // px beside the rows, for their names
const LEAST = 60; // px that a timestep takes at least where time goes to the right; else it goes down

/** How many lines the fullest node has. @param {Data} data */
export const linesOf = ({ rows, loop }) =>
  Math.max(...[...rows, loop].flatMap(({ nodes }) => nodes.map(({ factor, state }) => factor.length + state.length)));

/**
 * The nodes that a node joins: itself a round before, and what stands 1, 2, 4, … timesteps earlier.
 * @param {Place} place @returns {Place[]}
 */
export function inputsOf({ round, step }) {
  if (round === LOOP) return step ? [{ round, step: step - 1 }] : [];
  if (round === 0) return [];
  const early = step - 2 ** (round - 1);
  const late = { round: round - 1, step };
  return early < 0 ? [late] : [late, { round: round - 1, step: early }];
}

/** All edges by which a node comes from the first row. @param {Place} place @returns {Edge[]} */
export function coneOf(place) {
  /** @type {Map<string, Edge>} */
  const edges = new Map();
  const visit = (/** @type {Place} */ to) => {
    for (const from of inputsOf(to)) {
      const key = keyOf({ from, to });
      if (edges.has(key)) continue;
      edges.set(key, { from, to });
      visit(from);
    }
  };
  visit(place);
  return [...edges.values()];
}

/** @param {Edge} edge */
export const keyOf = ({ from, to }) => `${from.round}.${from.step}-${to.round}.${to.step}`;

/** The tick of the clock at which a node is there: a round takes one, a step of the loop too. @param {Place} place */
export const tickOf = ({ round, step }) => (round === LOOP ? step + 1 : round);

/** The space in front of a round: the longer its arrows, the more. @param {number} round */
const before = (round) => 32 + Math.min(48, 5 * 2 ** round);

/**
 * Time goes to the right and rounds down; where there is no room for that, time goes down and rounds to the right.
 * @param {number} width px @param {Data} data @returns {Frame}
 */
export function frameOf(width, data) {
  const rounds = data.rows.length,
    steps = data.loop.nodes.length;
  const tall = LINE * linesOf(data) + (rounds ? 20 : 12);
  return (width - LEFT) / steps < LEAST ? upright(width, rounds, steps, tall) : level(width, rounds, steps, tall);
}

/** @param {number} width @param {number} rounds @param {number} steps @param {number} tall @returns {Frame} */
function level(width, rounds, steps, tall) {
  const pitch = Math.min(150, (width - LEFT) / steps);
  const box = { width: Math.min(pitch - 14, 104), height: tall };
  const tops = [HEAD];
  for (let round = 1; round < rounds; round++) tops.push(tops[round - 1] + tall + before(round));
  const loop = rounds ? tops[rounds - 1] + tall + 40 : HEAD;
  const top = (/** @type {number} */ round) => 2 + (round === LOOP ? loop : tops[round]);
  return {
    wide: true,
    width,
    height: loop + tall + 4,
    box,
    corner: ({ round, step }) => ({ x: LEFT + pitch * step + (pitch - box.width) / 2, y: top(round) }),
    label: (round) => ({ x: 0, y: top(round) + tall / 2 }),
    head: (step) => ({ x: LEFT + pitch * (step + 0.5), y: 12 }),
  };
}

/** @param {number} width @param {number} rounds @param {number} steps @param {number} tall @returns {Frame} */
function upright(width, rounds, steps, tall) {
  const gutter = 18,
    pitch = Math.min(170, (width - gutter) / (rounds + 1));
  const box = { width: Math.min(pitch - (rounds > 4 ? 9 : 16), 104), height: tall };
  const left = (/** @type {number} */ round) =>
    gutter + pitch * (round === LOOP ? rounds : round) + (pitch - box.width) / 2;
  const top = (/** @type {number} */ step) => HEAD + step * (tall + 14);
  return {
    wide: false,
    width,
    height: top(steps),
    box,
    corner: ({ round, step }) => ({ x: left(round), y: top(step) }),
    label: (round) => ({ x: left(round) + box.width / 2, y: 14 }),
    head: (step) => ({ x: 8, y: top(step) + tall / 2 }),
  };
}

/**
 * An edge from the side of a node that faces on to the side that faces back; those from earlier arrive beside those
 * from the node itself.
 * @param {Frame} frame @param {Edge} edge @returns {[Point, Point]}
 */
export function endsOf(frame, { from, to }) {
  const { box, wide } = frame;
  const a = frame.corner(from),
    b = frame.corner(to);
  const along = (from.round === LOOP) === wide; // to the right
  const aside = from.round === LOOP || from.step === to.step ? 0 : 11;
  return along
    ? [
        { x: a.x + box.width, y: a.y + box.height / 2 + (wide ? 0 : aside) },
        { x: b.x - 1, y: b.y + box.height / 2 - (wide ? 0 : aside) },
      ]
    : [
        { x: a.x + box.width / 2 + (wide ? aside : 0), y: a.y + box.height },
        { x: b.x + box.width / 2 - (wide ? aside : 0), y: b.y - 1 },
      ];
}

/** The head of an arrow at a point, as a path. @param {Point} from @param {Point} to */
export function headOf(from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const u = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const at = (/** @type {number} */ back, /** @type {number} */ side) =>
    `${(to.x - back * u.x - side * u.y).toFixed(1)} ${(to.y - back * u.y + side * u.x).toFixed(1)}`;
  return `M${at(0, 0)}L${at(8, 3.6)}L${at(8, -3.6)}Z`;
}

/**
 * The node that a key leads to, among those that are there at a tick.
 * @param {Place} place @param {string} key @param {Frame} frame @param {Data} data @param {number} tick
 * @returns {Place|null}
 */
export function next({ round, step }, key, frame, data, tick) {
  const rows = [...data.rows.keys()].filter((each) => each <= tick).concat(tick ? [LOOP] : []);
  const last = (/** @type {number} */ row) => (row === LOOP ? tick : data.loop.nodes.length) - 1;
  const across = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  if (key === "Home" || key === "End") return { round, step: key === "Home" ? 0 : Math.max(0, last(round)) };
  if (!across || !rows.length) return null;
  const [time, row] = frame.wide ? across : [across[1], across[0]];
  const to = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(round) + row))];
  return { round: to, step: Math.min(last(to), Math.max(0, step + time)) };
}
