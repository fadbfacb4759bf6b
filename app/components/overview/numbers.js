/** The numbers of a layer: float16 as it is sent, read at a step and a unit. Pure. */

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Quantity} Quantity */
/**
 * @typedef {Omit<Quantity, "other"> & {values: Float32Array, other: Float32Array|null, gap: Float32Array|null}} Read
 *   `other`: what is beside it; `gap`: |A − B|
 */

/** @param {number} bits @returns {number} */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1,
    exponent = (bits >> 10) & 31,
    fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : (2 ** -14 * fraction) / 1024);
}

/** @type {Float32Array|undefined} */
let halves;

/** Float16 in base64 as numbers. @param {string} text */
export function unpacked(text) {
  halves ??= Float32Array.from({ length: 65536 }, (_, bits) => half(bits));
  const table = halves,
    bytes = atob(text);
  return Float32Array.from(
    { length: bytes.length / 2 },
    (_, k) => table[bytes.charCodeAt(2 * k) + 256 * bytes.charCodeAt(2 * k + 1)],
  );
}

/** @param {Quantity} quantity @returns {Read} */
export function read(quantity) {
  const values = unpacked(quantity.numbers),
    other = quantity.other ? unpacked(quantity.other) : null;
  return { ...quantity, values, other, gap: other && values.map((value, k) => Math.abs(value - other[k])) };
}

/**
 * The maps of a quantity: its own; what is beside it, on the same scale; how far they are apart.
 * @param {Read} quantity @returns {{values: Float32Array, end: number}[]} `end`: what full colour stands for
 */
export const mapsOf = ({ values, other, gap, high, apart }) =>
  other && gap
    ? [
        { values, end: high },
        { values: other, end: high },
        { values: gap, end: apart },
      ]
    : [{ values, end: high }];

/**
 * The value of a column that stands for several steps: the largest of them.
 * @param {Float32Array} values steps by units @param {number} units @param {number} unit @param {number} from
 * @param {number} to  the step behind the last
 */
export function pooled(values, units, unit, from, to) {
  let largest = values[from * units + unit];
  for (let step = from + 1; step < to; step += 1) {
    const value = values[step * units + unit];
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  return largest;
}

/** One unit's numbers. @param {Float32Array} values @param {number} units @param {number} unit */
export const curveOf = (values, units, unit) =>
  Array.from({ length: values.length / units }, (_, step) => values[step * units + unit]);

/** By unit, its place in an order, from 0. @param {number[]} order */
export function ranksOf(order) {
  const ranks = Array(order.length).fill(0);
  order.forEach((unit, rank) => (ranks[unit] = rank));
  return ranks;
}

/**
 * Px that a unit's row is high: whole, and none of fewer than one.
 * @param {number} units @param {number} [room] px that a map is high
 */
export const rowHeight = (units, room = 256) => Math.max(1, Math.min(16, Math.floor(room / units)));

/**
 * The path of a curve in a box; it is cut where there is no number.
 * @param {number[]} numbers @param {[number, number]} range @param {number} height @param {number} pad
 */
export function path(numbers, [low, high], height, pad = 2) {
  let pen = "M";
  return numbers
    .map((number, k) => {
      if (!Number.isFinite(number)) return void (pen = "M");
      const share = (Math.min(high, Math.max(low, number)) - low) / (high - low || 1);
      const point = `${pen}${k + 0.5} ${(height - pad - share * (height - 2 * pad)).toFixed(2)}`;
      pen = "L";
      return point;
    })
    .join("");
}

/** A range about zero that holds all numbers. @param {number[]} numbers @returns {[number, number]} */
export function about(numbers) {
  const end = Math.max(1e-6, ...numbers.map((number) => (Number.isFinite(number) ? Math.abs(number) : 0)));
  return [-end, end];
}

/**
 * The steps that are written under the axis, from 0: the first, and some four round ones.
 * @param {number} steps @param {number} first
 */
export function ticks(steps, first) {
  const raw = steps / 4,
    power = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
  const pitch = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? 1);
  return Array.from({ length: steps }, (_, step) => step).filter(
    (step) => !step || ((first + step + 1) % pitch === 0 && step > pitch / 3),
  );
}
