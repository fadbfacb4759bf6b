/** The numbers that letters are drawn by: as `app/lessons/writing/model.py` makes them of a seed. Pure. */

const PITCH = 0x6d2b79f5;

/** Numbers from 0 to 1, each time the same of a seed (mulberry32). @param {number} seed @returns {() => number} */
export function numbersFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + PITCH) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
