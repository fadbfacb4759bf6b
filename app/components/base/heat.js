/** Many values as one small picture, a pixel each, that the page enlarges: a matrix, or a long run. */

import { el } from "./element.js";

/** How far along the diverging scale a value's fill is, 0…1; the scale is clipped at ±1. @param {number} value */
export const strength = (value) => Math.min(1, Math.abs(value)) ** 0.85;

const SHADES = 128; // either side of zero

/** Which of the scale's shades a value has: 0 … 2 · SHADES, zero in the middle. @param {number} value */
export const shadeOf = (value) => SHADES + Math.sign(value) * Math.round(strength(value) * SHADES);

/**
 * The shades of each theme: to ask for its colours has the browser style the page anew.
 * @type {Map<string, Uint32Array>}
 */
const known = new Map();

/** The diverging scale as the page's theme has it. @param {Element} element */
function shadesOf(element) {
  const theme = element.closest("[data-theme]")?.getAttribute("data-theme") ?? "";
  const found = known.get(theme);
  if (found) return found;
  const style = getComputedStyle(element);
  const [negative, zero, positive] = ["neg", "zero", "pos"].map((end) =>
    style.getPropertyValue(`--gw-value-${end}`).trim(),
  );
  const width = 2 * SHADES + 1,
    pen = el("canvas", { width, height: 1 }).getContext("2d");
  for (let k = 0; pen && k < width; k += 1) {
    const end = k < SHADES ? negative : positive;
    pen.fillStyle = `color-mix(in oklab, ${end} ${(100 * Math.abs(k - SHADES)) / SHADES}%, ${zero})`;
    pen.fillRect(k, 0, 1, 1);
  }
  const shades = new Uint32Array(pen?.getImageData(0, 0, width, 1).data.buffer ?? new ArrayBuffer(4 * width));
  if (zero) known.set(theme, shades);
  return shades;
}

/**
 * @param {HTMLCanvasElement} canvas in the page @param {number} columns @param {number} rows
 * @param {(row: number, column: number) => number} valueAt
 */
export function paint(canvas, columns, rows, valueAt) {
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const pen = canvas.getContext("2d"),
    shades = shadesOf(canvas);
  if (!pen) return;
  const image = pen.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = valueAt(row, column);
      if (!Number.isNaN(value)) pixels[row * columns + column] = shades[shadeOf(value)]; // else it is covered
    }
  }
  pen.putImageData(image, 0, 0);
}
