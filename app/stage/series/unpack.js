/** A scene as it arrives, unpacked. Pure. */

import layouts from "../layouts.js";

/** @typedef {import("../types.js").Arrived} Arrived */

/** @param {import("../types.js").Packed} packed @returns {import("../types.js").Shaped} */
function unpacked({ shape, data }) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return { shape, numbers: new Float64Array(bytes.buffer) };
}

/**
 * @template T, R @param {Record<string, T>} record @param {(value: T) => R} make
 * @returns {Record<string, R>}
 */
const eachOf = (record, make) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]));

/** @param {import("../types.js").SentScene} sent @returns {Arrived} */
export function unpackedScene({ cells, series, ...sent }) {
  const read = Object.entries(cells).map(([key, { still, parameters, layout, ...own }]) => {
    const drawn = typeof layout === "string" ? layouts[layout] : layout;
    return [key, { ...own, ...JSON.parse(still), layout: drawn, parameters: eachOf(parameters, unpacked) }];
  });
  return {
    ...sent,
    cells: Object.fromEntries(read),
    series: series.map(({ x, start, ...one }) => ({
      ...one,
      ...(x && { x: unpacked(x) }),
      ...(start && { start: eachOf(start, (state) => unpacked(state).numbers) }),
    })),
  };
}
