/** Parameters, and their entries by name: `U_f.4.6` is row 4, column 6, from 1; `b_f.4` a vector's. Pure. */

import { stripOf } from "./strips.js";

/**
 * @typedef {import("../types.js").Shaped} Shaped
 * @typedef {Record<string, Shaped>} Parameters
 * @typedef {{parameter: string, row: number, column: number|null}} Entry  from 0; a vector's has no column
 */

/** Whether anything of a cell is longer than one number. @param {Record<string, number>} sizes */
export const isVector = (sizes) => Math.max(...Object.values(sizes)) > 1;

/** @param {Entry} entry */
export const nameOf = ({ parameter, row, column }) =>
  [parameter, row + 1, ...(column === null ? [] : [column + 1])].join(".");

/** A parameter as a matrix: a vector is one column. @param {Shaped} array */
export function matrixOf(array) {
  const { steps: rows, length: columns, at } = stripOf(array);
  return { rows, columns, row: at, vector: array.shape.length === 1 };
}

/** @param {Parameters} parameters @param {Entry} entry */
export const valueOf = (parameters, { parameter, row, column }) =>
  matrixOf(parameters[parameter]).row(row)[column ?? 0];

/**
 * The parameters with the weights that a reader has chosen, by name: `U_f` is the whole of a parameter, `U_f.4.6` an
 * entry. A name that a cell has no parameter for is another cell's.
 * @param {Parameters} parameters @param {Record<string, number>} weights @returns {Parameters}
 */
export function withWeights(parameters, weights) {
  /** @type {Parameters} */
  const moved = {};
  for (const [name, value] of Object.entries(weights)) {
    const [parameter, row, column = "1"] = name.split(".");
    if (!(parameter in parameters)) continue;
    const { shape, numbers } = parameters[parameter];
    moved[parameter] ??= { shape, numbers: numbers.slice() };
    if (row === undefined) moved[parameter].numbers.fill(value);
    else moved[parameter].numbers[(Number(row) - 1) * (shape[1] ?? 1) + Number(column) - 1] = value;
  }
  return { ...parameters, ...moved };
}
