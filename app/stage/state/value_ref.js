/**
 * Which value is meant: of one series, by its name, at one step. A state before a step is the step before's own; only
 * the
 * first step's has no other name. Pure.
 *
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {import("../types.js").Series} Series
 */

/**
 * @param {string} series its key @param {{name: string, before?: boolean}} value @param {number} step @returns {Ref}
 */
export function refOf(series, { name, before }, step) {
  return before && step > 0
    ? { series, name, before: false, step: step - 1 }
    : { series, name, before: Boolean(before), step };
}

/** @param {Ref} ref */
export const refKey = ({ series, name, before, step }) => `${series}/${name}/${before ? "before" : step}`;

/** @param {Series} series @param {Ref} ref @returns {number|undefined} */
export const numberAt = ({ values, before: states }, { name, before, step }) =>
  (before ? states : values)[name]?.[step];
