/**
 * The operations of a graph, each at one step: forward, and back to what it was made from. Pure, but for the arrays
 * that they fill.
 *
 * @typedef {import("./graph.js").Column} Column
 * @typedef {{out: Column, read: Column[], weights: Float64Array, rule: import("./functions.js").Bound}} Site
 *   a node's own numbers and those it reads, its matrix and its function; for gradients, the same of theirs
 * @typedef {{forward: (t: number, site: Site) => void,
 *   backward: (t: number, back: Site, site: Site) => void}} Operation
 */

/** @type {Operation} */
const matrix = {
  forward(t, { out, read: [{ numbers, length, stride }], weights }) {
    for (let row = 0; row < out.length; row += 1) {
      const first = row * length;
      let total = 0;
      for (let k = 0; k < length; k += 1) total += weights[first + k] * numbers[t * stride + k];
      out.numbers[t * out.stride + row] = total;
    }
  },
  backward(t, { out, read: [{ numbers: target }], weights: own }, { read: [{ numbers, length, stride }], weights }) {
    for (let row = 0; row < out.length; row += 1) {
      const d = out.numbers[t * out.stride + row];
      if (d === 0) continue;
      const first = row * length;
      for (let k = 0; k < length; k += 1) {
        target[t * stride + k] += weights[first + k] * d;
        own[first + k] += numbers[t * stride + k] * d;
      }
    }
  },
};

/** @type {Operation} */
const sum = {
  forward(t, { out, read }) {
    for (let k = 0; k < out.length; k += 1) {
      let total = 0;
      for (const { numbers, stride } of read) total += numbers[t * stride + k];
      out.numbers[t * out.stride + k] = total;
    }
  },
  backward(t, { out, read }) {
    for (const { numbers, stride } of read)
      for (let k = 0; k < out.length; k += 1) numbers[t * stride + k] += out.numbers[t * out.stride + k];
  },
};

/**
 * Where a value's entry k is at a step: one of length 1 is read for every entry.
 * @param {Column} column @param {number} t @param {number} k
 */
const placeOf = ({ stride, length }, t, k) => t * stride + (length === 1 ? 0 : k);

/** @type {Operation} */
const product = {
  forward(t, { out, read: [a, b] }) {
    for (let k = 0; k < out.length; k += 1)
      out.numbers[t * out.stride + k] = a.numbers[placeOf(a, t, k)] * b.numbers[placeOf(b, t, k)];
  },
  backward(t, { out, read: [toA, toB] }, { read: [a, b] }) {
    for (let k = 0; k < out.length; k += 1) {
      const d = out.numbers[t * out.stride + k];
      const [atA, atB] = [placeOf(a, t, k), placeOf(b, t, k)];
      toA.numbers[atA] += d * b.numbers[atB];
      toB.numbers[atB] += d * a.numbers[atA];
    }
  },
};

/** How much of a gradient the first of two numbers has of the larger one: half where they are equal. */
export const shareOf = (/** @type {number} */ mine, /** @type {number} */ other) => (1 + Math.sign(mine - other)) / 2;

/** @type {Operation} */
const maximum = {
  forward(t, { out, read: [a, b] }) {
    for (let k = 0; k < out.length; k += 1)
      out.numbers[t * out.stride + k] = Math.max(a.numbers[t * a.stride + k], b.numbers[t * b.stride + k]);
  },
  backward(t, { out, read: [toA, toB] }, { read: [a, b] }) {
    for (let k = 0; k < out.length; k += 1) {
      const d = out.numbers[t * out.stride + k];
      const share = shareOf(a.numbers[t * a.stride + k], b.numbers[t * b.stride + k]);
      toA.numbers[t * a.stride + k] += d * share;
      toB.numbers[t * b.stride + k] += d * (1 - share);
    }
  },
};

/** @type {Operation} */
const total = {
  forward(t, { out, read: [{ numbers, length, stride }] }) {
    let entries = 0;
    for (let k = 0; k < length; k += 1) entries += numbers[t * stride + k];
    out.numbers[t * out.stride] = entries;
  },
  backward(t, { out, read: [{ numbers, length, stride }] }) {
    for (let k = 0; k < length; k += 1) numbers[t * stride + k] += out.numbers[t * out.stride];
  },
};

/** @type {Operation} */
const apply = {
  forward(t, { out, read: [a], rule }) {
    for (let k = 0; k < out.length; k += 1)
      out.numbers[t * out.stride + k] = rule.apply(a.numbers[t * a.stride + k], rule.alpha, rule.beta);
  },
  backward(t, { out, read: [target] }, { out: y, read: [a], rule }) {
    for (let k = 0; k < out.length; k += 1) {
      const slope = rule.slope(a.numbers[t * a.stride + k], y.numbers[t * y.stride + k], rule.alpha, rule.beta);
      target.numbers[t * a.stride + k] += out.numbers[t * out.stride + k] * slope;
    }
  },
};

/** By the type of the node; nodes of other types are given. @type {Record<string, Operation>} */
export const OPERATIONS = { matrix, sum, product, maximum, total, apply };
