/**
 * Predict first: which values are covered, which were uncovered again, and what was guessed. Pure.
 *
 * What gives a covered value away is hidden with it: within its step whatever is made of it by products and sums alone
 * (f hides f·c and so c), and in the next step what is made so of the covered state. A function hides its argument.
 *
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {import("../types.js").Formula} Formula
 * @typedef {import("../types.js").Factor} Factor
 * @typedef {Record<string, Formula>} Formulas
 */

import { refKey, refOf } from "./value_ref.js";

/** Is a number plain to see through this function? @param {string|null|undefined} name */
export const seeThrough = (name) => !name || name === "linear" || name === "complement";

/** @param {{series: string, name: string}} row */
const rowKey = ({ series, name }) => `${series}/${name}`;

/** @param {import("../types.js").SentScene["covers"]} [first] what is covered to begin with */
export function createCovers(first) {
  const ones = new Set(first?.ones),
    rows = new Set(first?.rows);
  const open = new Set(first?.open),
    guesses = /** @type {Map<string, {guess: number, unit: number}>} */ (new Map());
  let version = 0;

  /** @param {Ref} ref */
  const shut = (ref) => !open.has(refKey(ref)) && (ones.has(refKey(ref)) || (!ref.before && rows.has(rowKey(ref))));

  /** @param {Formulas} formulas @param {Ref} ref @returns {boolean} */
  function hides(formulas, ref) {
    if (open.has(refKey(ref))) return false;
    return shut(ref) || (!ref.before && givesAway(formulas, ref));
  }

  /** @param {Formulas} formulas @param {Ref} ref @returns {boolean} */
  function givesAway(formulas, { series, name, step }) {
    const formula = formulas[name];
    if (!formula || !seeThrough(formula.function)) return false;
    return formula.terms.some(({ factors }) =>
      factors.some((factor) => {
        if (!factor.value || !seeThrough(factor.function)) return false;
        const read = refOf(series, { name: factor.value, before: factor.before }, step);
        return factor.before ? shut(read) : hides(formulas, read);
      }),
    );
  }

  /** @param {Ref} ref */
  function forget(ref) {
    open.delete(refKey(ref));
    guesses.delete(refKey(ref));
  }

  return {
    version: () => version,
    any: () => ones.size + rows.size > 0,
    count: () => ones.size + rows.size,
    /** For a page that is taken along. */
    all: () => ({ ones: [...ones], rows: [...rows], open: [...open] }),
    hides,
    /** @param {Ref} ref */
    cover(ref) {
      forget(ref);
      ones.add(refKey(ref));
      version += 1;
    },
    /** Every step of these. @param {{series: string, name: string}[]} all */
    coverRows(all) {
      for (const row of all) {
        rows.add(rowKey(row));
        for (const key of [...open]) if (key.startsWith(`${rowKey(row)}/`)) open.delete(key);
        for (const key of [...guesses.keys()]) if (key.startsWith(`${rowKey(row)}/`)) guesses.delete(key);
      }
      version += 1;
    },
    /**
     * Of every unit.
     * @param {Ref} ref @param {number} [guess] an earlier guess, of one unit @param {number} [unit]
     */
    reveal(ref, guess, unit = 0) {
      ones.delete(refKey(ref));
      open.add(refKey(ref));
      if (guess !== undefined) guesses.set(refKey(ref), { guess, unit });
      version += 1;
    },
    revealAll() {
      for (const all of [ones, rows, open]) all.clear();
      version += 1;
    },
    /** @param {Ref} ref @param {number} [unit] @returns {number|undefined} */
    guess(ref, unit = 0) {
      const earlier = guesses.get(refKey(ref));
      return earlier?.unit === unit ? earlier.guess : undefined;
    },
  };
}
