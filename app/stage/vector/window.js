/** Which cells of a strip are drawn, and how large. Pure. */

/** At most so many cells are drawn in a strip; a longer one shows those around the selected unit. */
export const MOST = 16;
const FEW = 8;

/**
 * The first and the one past the last of the cells that are drawn.
 * @param {number} length @param {number} selected @returns {[number, number]}
 */
export function windowOf(length, selected) {
  if (length <= MOST) return [0, length];
  const first = Math.max(0, Math.min(length - MOST, selected - MOST / 2));
  return [first, first + MOST];
}

/** From one cell to the next. @param {number} length @param {boolean} narrow */
export const pitchOf = (length, narrow) => (length <= FEW ? (narrow ? 7 : 9.5) : narrow ? 3.5 : 4);

/**
 * The cell under a pointer, from the strip's left edge; null beside it.
 * @param {number} x @param {number} length @param {number} selected @param {boolean} narrow
 */
export function cellAt(x, length, selected, narrow) {
  const [first, last] = windowOf(length, selected);
  const k = first + Math.floor(x / pitchOf(length, narrow));
  return k >= first && k < last ? k : null;
}
