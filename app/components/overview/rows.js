/** The rows of a map, which go to their new places when the units are sorted anew. */

import { el } from "../base/element.js";

const MOVE = 300; // ms

/**
 * The picture of a map: a row for each unit, which stays what it is and changes its place.
 * @param {number} units @param {number} columns @param {number} height px of a row
 */
export function createRows(units, columns, height) {
  const canvas = el("canvas", { "aria-hidden": "true", width: columns, height: height * units }),
    store = el("canvas", { hidden: true }); // the rows in the order of the file, a px each
  /** Where each row is, in rows. @type {number[]} */
  let places = [];
  let frame = 0;

  /** @param {(unit: number) => number} placeOf */
  function draw(placeOf) {
    const pen = canvas.getContext("2d");
    places = Array.from({ length: units }, (_, unit) => placeOf(unit));
    if (!pen) return;
    pen.imageSmoothingEnabled = false;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    places.forEach((place, unit) =>
      pen.drawImage(store, 0, unit, columns, 1, 0, Math.round(place * height), columns, height),
    );
  }
  /** @param {(unit: number) => number} placeOf */
  function place(placeOf) {
    cancelAnimationFrame(frame);
    draw(placeOf);
  }
  return {
    canvas,
    store,
    place,
    /** @param {(unit: number) => number} placeOf @param {(moves: boolean) => void} tell */
    move(placeOf, tell) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (still || !places.length || places.every((at, unit) => at === placeOf(unit))) return void place(placeOf);
      const from = places,
        begin = performance.now();
      cancelAnimationFrame(frame);
      tell(true);
      const step = (/** @type {number} */ now) => {
        const share = Math.min(1, Math.max(0, now - begin) / MOVE),
          eased = 1 - (1 - share) ** 3;
        draw((unit) => from[unit] + eased * (placeOf(unit) - from[unit]));
        if (share < 1) frame = requestAnimationFrame(step);
        else tell(false);
      };
      frame = requestAnimationFrame(step);
    },
  };
}
