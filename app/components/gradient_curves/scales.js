/** Where the curves, numbers and rows are, in px. */

/**
 * @typedef {import("./data.js").Curve} Curve
 * @typedef {import("./data.js").Preset} Preset
 * @typedef {import("./data.js").Axis} Axis
 * @typedef {import("./data.js").Data} Data
 * @typedef {{wide: boolean, all: number, left: number, right: number, top: number, tall: number, gap: number,
 *   foot: number, height: number, last: number}} Frame
 */

const WIDE = 640; // px from which titles are left of the rows, and names right of the numbers
const LEAST = 240; // px that the picture takes where there is less: before it is laid out there is next to nothing

/**
 * The places of a picture so wide, with so many rows and steps.
 * @param {number} room @param {number} rows @param {number} last @returns {Frame}
 */
export function frameOf(room, rows, last) {
  const all = Math.max(room, LEAST);
  const wide = all >= WIDE;
  const row = rows > 1 ? 76 : 160; // so that what is asked beneath fits the first screen
  const [left, right, top, tall, gap] = wide ? [206, all - 192, 34, row, 22] : [46, all - 94, 62, 160, 40];
  const foot = top + rows * tall + (rows - 1) * gap;
  return { wide, all, left, right, top, tall, gap, foot, height: foot + 52, last };
}

/** @param {Frame} frame @param {number} step */
export const xOf = (frame, step) => frame.left + ((frame.right - frame.left) * step) / Math.max(frame.last, 1);

/** The nearest step to a place, from the left of the picture. @param {Frame} frame @param {number} x */
export const stepAt = (frame, x) =>
  Math.min(Math.max(Math.round(((x - frame.left) / (frame.right - frame.left)) * frame.last), 0), frame.last);

/** From the top of its row. @param {Frame} frame @param {Axis} axis @param {number} decade */
export const yOf = (frame, { range: [low, high] }, decade) => frame.tall * (1 - (decade - low) / (high - low));

/** A curve; where it has no number it is cut. @param {Frame} frame @param {Axis} axis @param {(number|null)[]} at */
export function path(frame, axis, at) {
  let d = "",
    pen = "M";
  at.forEach((decade, step) => {
    if (decade === null) {
      pen = "M";
      return;
    }
    d += `${pen}${xOf(frame, step).toFixed(1)} ${yOf(frame, axis, decade).toFixed(1)}`;
    pen = "L";
  });
  return d;
}

/**
 * Places along a row of a height, moved as little as keeps them so far from each other and within the row.
 * @param {number[]} places @param {number} distance @param {number} tall
 */
export function apart(places, distance, tall) {
  const order = places.map((_, k) => k).sort((a, b) => places[a] - places[b]);
  const pushed = (/** @type {number[]} */ from, /** @type {number[]} */ way, /** @type {number} */ sign) => {
    const moved = [...from];
    for (let k = 1; k < way.length; k++) {
      const [before, here] = [way[k - 1], way[k]];
      moved[here] = sign * Math.max(sign * moved[here], sign * moved[before] + distance);
    }
    return moved;
  };
  const back = [...order].reverse();
  const down = pushed(places, order, 1),
    up = pushed(places, back, -1);
  const middle = down.map((place, k) => (place + up[k]) / 2); // half of either way: a crowd spreads about its middle
  if (order.length) middle[order[0]] = Math.max(middle[order[0]], 0);
  const inside = pushed(middle, order, 1);
  if (back.length) inside[back[0]] = Math.min(inside[back[0]], tall);
  return pushed(inside, back, -1);
}
