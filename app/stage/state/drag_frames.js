/**
 * A drag that Python computed beforehand: the scene for every place of a slider. Which numbers belong where is said by
 * references; here they are only looked up. Pure.
 *
 * @typedef {import("../types.js").Scene} Scene
 * @typedef {import("../types.js").Frames} Frames
 * @typedef {import("../types.js").Packed} Packed
 */

import { bytesOf } from "./strips.js";

/** Frames of many units, once their strips are unpacked. @param {Frames} frames */
export async function inflated(frames) {
  const series = await Promise.all(frames.series.map(async (one) => ({ ...one, strips: await stripsOf(one) })));
  return readFrames(
    frames,
    series.map(({ strips }) => strips),
  );
}

/** @param {Frames} frames @param {((place: number) => Packed)[][]} [strips] those of each series, by place */
export function readFrames({ parameter, values, series }, strips = []) {
  const read = series.map((one, k) => reader(one, values.length, strips[k] ?? []));
  const low = values[0],
    step = (values[values.length - 1] - low) / (values.length - 1);
  return {
    parameter,
    /** The place nearest to a value. @param {number} value */
    nearest: (value) => Math.max(0, Math.min(values.length - 1, Math.round((value - low) / step))),
    /** @param {Scene} scene @param {number} place @returns {Scene} */
    scene: (scene, place) => ({
      ...scene,
      controls: { ...scene.controls, weights: { ...scene.controls.weights, [parameter]: values[place] } },
      series: scene.series.map(({ key, name, cell, units }, k) => {
        const seen = read[k](place);
        return { ...seen, key, name, cell, ...(units ? { units: { ...units, ...seen.units } } : {}) };
      }),
    }),
  };
}

/** @param {string} data */
const inflate = (data) =>
  new Response(new Blob([bytesOf(data)]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();

/** A series' strips: for each what it is at a place. @param {Frames["series"][number]} series */
async function stripsOf({ strips = [], prints = "", fills = "" }) {
  const numbers = strips.length
    ? { prints: new Int16Array(await inflate(prints)), fills: new Int8Array(await inflate(fills)) }
    : null;
  return strips.map(({ in: sort, shape, first, each }) => (/** @type {number} */ place) => {
    const from = first + each * place;
    return {
      shape,
      numbers: Float32Array.from(
        numbers?.[sort].subarray(from, from + shape[0] * shape[1]) ?? [],
        (whole) => whole / 100,
      ),
    };
  });
}

/** A strip one step behind another. @param {Packed} strip @param {number[]} start @returns {Packed} */
function behind({ shape, numbers }, start) {
  const late = new Float32Array(numbers?.length ?? 0);
  late.set(start);
  late.set(numbers?.subarray(0, late.length - start.length) ?? [], start.length);
  return { shape, numbers: late };
}

/** @param {Frames["series"][number]} series @param {number} places @param {((place: number) => Packed)[]} strips */
function reader({ pattern, steps, still, moving }, places, strips) {
  const numbers = new Float32Array(bytesOf(moving).buffer);

  /** @param {number} column @param {number} place */
  const look = (column, place) => {
    const first = (column * places + place) * steps;
    return column < 0 ? still[-1 - column] : Array.from(numbers.subarray(first, first + steps));
  };
  /** A pattern with its references looked up. @param {any} part @param {number} place @returns {any} */
  const filled = (part, place) => {
    if (typeof part === "number") return look(part, place);
    if (part === null || typeof part !== "object") return part;
    if (Array.isArray(part)) return part.map((each) => filled(each, place));
    if ("strip" in part) return strips[part.strip](place);
    if ("list" in part) return Array.from(strips[part.list.strip](place).numbers ?? []);
    if (typeof part.lag === "object") return behind(strips[part.lag.strip](place), part.start);
    if ("lag" in part) return [part.start, ...look(part.lag, place).slice(0, -1)];
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, filled(each, place)]));
  };
  return (/** @type {number} */ place) => filled(pattern, place);
}
