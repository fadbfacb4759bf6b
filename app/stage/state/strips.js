/**
 * Strips: every number of a value, step by step. Pure.
 *
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Shaped} Shaped
 * @typedef {{steps: number, length: number, at: (step: number) => Float64Array}} Strip
 *   `at`: every number of one step
 */

/** @param {Shaped} array @returns {Strip} */
export function stripOf({ shape: [steps, length = 1], numbers }) {
  return {
    steps,
    length,
    at: (step) => numbers.subarray(step * length, (step + 1) * length),
  };
}

/**
 * A strip without the numbers of some steps: NaN takes their place.
 * @param {Shaped} array @param {(step: number) => boolean} hidden @returns {Shaped}
 */
export function veiled(array, hidden) {
  const { steps, length, at } = stripOf(array),
    numbers = new Float64Array(steps * length);
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

/**
 * Every number of one value at one step, where the value is longer than one; else null.
 * @param {Series} series @param {{name: string, before?: boolean}} value @param {number} step
 */
export function stripAt({ units }, { name, before }, step) {
  const array = units && (before ? units.before : units.strips)[name];
  const strip = array && stripOf(array);
  return strip && strip.length > 1 ? strip.at(Math.min(step, strip.steps - 1)) : null;
}

/** @type {WeakMap<Facet, Facet>} */
const compacted = new WeakMap();

/**
 * A facet as its picture shows it: of a compact one the selected unit's numbers alone, and every input, unless that has
 * a name at each step.
 * @param {Facet} facet
 */
export function pictured(facet) {
  if (!facet.compact) return facet;
  const series = facet.series.map(({ units, ...one }) => {
    const strips = /** @type {Record<string, Shaped>} */ (units && !facet.reads ? { x: units.strips.x } : {});
    return { ...one, compact: true, ...(units && { units: { ...units, strips, before: {} } }) };
  });
  const known = compacted.get(facet) ?? { ...facet, series };
  compacted.set(facet, known);
  return known;
}

/**
 * How many units a series has; 1 where nobody counted, and of a value that is one number for them all.
 * @param {Series} series @param {string} [value]
 */
export const countOf = ({ units }, value = "") => (units?.strips[value]?.shape[1] === 1 ? 1 : (units?.count ?? 1));

/**
 * How a number of the stage is printed: two decimals where every value is shown beside its neighbours.
 * @param {Series} series
 */
export const decimalsOf = (series) => (countOf(series) > 1 ? 2 : 3);
