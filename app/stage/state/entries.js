/** Entries of parameters by their names: `U_f.4.6` is row 4, column 6, from 1; `b_f.4` a vector's. Pure. */

import { stripOf } from "./strips.js";

/**
 * @typedef {import("../types.js").Packed} Packed
 * @typedef {{parameter: string, row: number, column: number|null}} Entry  from 0; a vector's has no column
 */

/** @param {Entry} entry */
export const nameOf = ({ parameter, row, column }) =>
  [parameter, row + 1, ...(column === null ? [] : [column + 1])].join(".");

/** A parameter as a matrix: a vector is one column. @param {Packed} packed */
export function matrixOf(packed) {
  const { steps: rows, length: columns, at } = stripOf(packed);
  return { rows, columns, row: at, vector: packed.shape.length === 1 };
}

/**
 * What an entry is now: what a reader gave it, else what Python sent.
 * @param {Record<string, Packed>} parameters @param {Record<string, number>} weights @param {Entry} entry
 */
export const valueOf = (parameters, weights, entry) =>
  weights[nameOf(entry)] ?? matrixOf(parameters[entry.parameter]).row(entry.row)[entry.column ?? 0];
