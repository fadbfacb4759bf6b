/**
 * Strips as they come from Python, and a scene as it is seen from one unit. Pure: numbers are looked up, never
 * computed.
 *
 * @typedef {import("../types.js").Scene} Scene
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Packed} Packed
 * @typedef {{steps: number, length: number, at: (step: number) => Float32Array, of: (k: number) => number[]}} Strip
 *   `at`: every number of one step; `of`: one number at every step
 */

/** @type {WeakMap<Packed, Strip>} */
const known = new WeakMap();

/** @param {string} data base64 */
export const bytesOf = (data) => Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));

/** @param {Packed} packed @returns {Strip} */
export function stripOf(packed) {
  const found = known.get(packed);
  if (found) return found;
  const [steps, length = 1] = packed.shape;
  const numbers = packed.numbers ?? new Float32Array(bytesOf(packed.data ?? "").buffer);
  const strip = {
    steps,
    length,
    at: (/** @type {number} */ step) => numbers.subarray(step * length, (step + 1) * length),
    of: (/** @type {number} */ k) => Array.from({ length: steps }, (_, step) => numbers[step * length + k]),
  };
  known.set(packed, strip);
  return strip;
}

/**
 * A strip without the numbers of some steps: NaN takes their place.
 * @param {Packed} packed @param {(step: number) => boolean} hidden @returns {Packed}
 */
export function veiled(packed, hidden) {
  const { steps, length, at } = stripOf(packed),
    numbers = new Float32Array(steps * length);
  for (let step = 0; step < steps; step += 1) {
    if (hidden(step)) numbers.fill(NaN, step * length, (step + 1) * length);
    else numbers.set(at(step), step * length);
  }
  return { shape: [steps, length], numbers };
}

/**
 * The entry of a value that stands for the selected unit: a projection may be shorter than the cell.
 * @param {number} length @param {number} unit
 */
export const unitOf = (length, unit) => Math.min(unit, length - 1);

/** @param {Record<string, Packed>} strips @param {number} unit */
const picked = (strips, unit) =>
  Object.fromEntries(
    Object.entries(strips).map(([name, packed]) => {
      const strip = stripOf(packed);
      return [name, strip.of(name === "x" ? 0 : unitOf(strip.length, unit))];
    }),
  );

/**
 * A scene with another unit selected: its values are in the strips. Its arithmetic comes from Python: until then
 * there is none.
 * @param {Scene} scene @param {number} unit @returns {Scene}
 */
export function seenFrom(scene, unit) {
  if (!scene.series.some(({ units }) => units && units.selected !== unit)) return scene;
  return {
    ...scene,
    series: scene.series.map((one) =>
      one.units
        ? {
            ...one,
            values: picked(one.units.strips, unit),
            before: picked(one.units.before, unit),
            arithmetic: {},
            slopes: {},
          }
        : one,
    ),
  };
}

/**
 * Every number of one value at one step, where the value is longer than one; else null.
 * @param {Series} series @param {{name: string, before?: boolean}} value @param {number} step
 */
export function stripAt({ units }, { name, before }, step) {
  const packed = units && (before ? units.before : units.strips)[name];
  const strip = packed && stripOf(packed);
  return strip && strip.length > 1 ? strip.at(Math.min(step, strip.steps - 1)) : null;
}

/** How many units a series has; 1 where nobody counted. @param {Series} series */
export const countOf = ({ units }) => units?.count ?? 1;

/**
 * How a number of the stage is printed: two decimals where every value is shown beside its neighbours.
 * @param {Series} series
 */
export const decimalsOf = (series) => (countOf(series) > 1 ? 2 : 3);
