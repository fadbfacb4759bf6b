/**
 * A drag that Python computed beforehand: the scene for every place of a slider. Which numbers belong where is said by
 * references; here they are only looked up. Pure.
 *
 * @typedef {import("./types.js").Scene} Scene
 * @typedef {import("./types.js").Frames} Frames
 */

/** @param {Frames} frames */
export function readFrames({ parameter, values, series }) {
  const read = series.map((one) => reader(one, values.length));
  const low = values[0], step = (values[values.length - 1] - low) / (values.length - 1);
  return {
    parameter,
    /** The place nearest to a value. @param {number} value */
    nearest: (value) => Math.max(0, Math.min(values.length - 1, Math.round((value - low) / step))),
    /** @param {Scene} scene @param {number} place @returns {Scene} */
    scene: (scene, place) => ({
      ...scene,
      controls: { ...scene.controls, weights: { ...scene.controls.weights, [parameter]: values[place] } },
      series: scene.series.map(({ key, name, cell }, k) => ({ ...read[k](place), key, name, cell })),
    }),
  };
}

/** @param {Frames["series"][number]} series @param {number} places */
function reader({ pattern, steps, still, moving }, places) {
  const bytes = Uint8Array.from(atob(moving), (letter) => letter.charCodeAt(0));
  const numbers = new Float32Array(bytes.buffer);

  /** @param {number} column @param {number} place */
  const look = (column, place) => {
    const first = (column * places + place) * steps;
    return column < 0 ? still[-1 - column] : Array.from(numbers.subarray(first, first + steps));
  };
  /** A pattern with its references looked up. @param {any} part @param {number} place @returns {any} */
  const filled = (part, place) => {
    if (typeof part === "number") return look(part, place);
    if (part === null || typeof part === "string") return part;
    if (Array.isArray(part)) return part.map((each) => filled(each, place));
    if ("lag" in part) return [part.start, ...look(part.lag, place).slice(0, -1)];
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, filled(each, place)]));
  };
  return (/** @type {number} */ place) => filled(pattern, place);
}
