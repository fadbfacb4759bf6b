/** Easings and the phases of a stage. Pure. */

/** When a stage's parts happen, as shares of it: inputs travel, the dot slides, the result goes out. */
export const PHASES = { inputs: [0, 0.39], curve: [0.39, 0.61], result: [0.61, 1] };

/** How long the result takes to fill and the halo to pulse, as shares of a stage (160 and 400 of 1800 ms). */
export const FILL = 160 / 1800;
export const PULSE = 400 / 1800;

/**
 * CSS's cubic-bezier(x1, y1, x2, y2).
 * @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @returns {(t: number) => number}
 */
export function cubicBezier(x1, y1, x2, y2) {
  /** @param {number} a @param {number} b @param {number} s */
  const at = (a, b, s) => 3 * a * s * (1 - s) ** 2 + 3 * b * s * s * (1 - s) + s ** 3;
  return (t) => {
    if (t <= 0) return 0;
    if (t >= 1) return 1;
    let low = 0,
      high = 1;
    for (let k = 0; k < 24; k += 1) {
      const middle = (low + high) / 2;
      if (at(x1, x2, middle) < t) low = middle;
      else high = middle;
    }
    return at(y1, y2, (low + high) / 2);
  };
}

export const travel = cubicBezier(0.45, 0, 0.25, 1);
export const slide = cubicBezier(0.3, 0, 0.2, 1);
export const handOver = cubicBezier(0.4, 0, 0.2, 1);

/** How far through a phase we are, 0…1. @param {number} progress @param {number[]} phase */
export const through = (progress, [from, to]) => Math.min(1, Math.max(0, (progress - from) / (to - from)));

/**
 * The point of a drawn curve above x, read off its points.
 * @param {[number, number][]} curve @param {number} x @returns {[number, number]}
 */
export function pointOn(curve, x) {
  const next = curve.findIndex(([at]) => at >= x);
  if (next === 0) return curve[0];
  if (next < 0) return curve[curve.length - 1];
  const [[x0, y0], [x1, y1]] = [curve[next - 1], curve[next]];
  return [x, y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)];
}
