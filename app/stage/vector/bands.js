/** One value over a long run: a band of fills in one picture, veiled where the playhead has not been. */

import { el } from "../../components/base/element.js";
import { paint } from "../../components/base/heat.js";
import { stripOf } from "../state/strips.js";

/** From one written day to the next. @param {number} steps */
export const tens = (steps) => (steps > 100 ? 20 : 10);

/** @param {string} name @param {number} steps @param {(step: number) => void} seek */
export function createBand(name, steps, seek) {
  const canvas = el("canvas"),
    veil = el("i", { class: "gw-veil" });
  const root = el(
    "div",
    {
      class: "gw-band",
      onclick: (/** @type {PointerEvent} */ event) => {
        const { left, width } = root.getBoundingClientRect();
        seek(Math.min(steps - 1, Math.floor(((event.clientX - left) / width) * steps)));
      },
    },
    canvas,
    veil,
  );
  let painted = -1;
  return {
    root,
    /**
     * @param {import("../types.js").Series} series @param {number} version of it and of its colours
     * @param {number} last the last step that is shown; −1 for none
     */
    draw(series, version, last) {
      const { values, units } = series;
      const inputs = name === "x" && units ? stripOf(units.strips.x) : null; // every input, one above the other
      if (painted !== version)
        paint(canvas, steps, inputs?.length ?? 1, (row, step) => (inputs ? inputs.at(step)[row] : values[name][step]));
      painted = version;
      veil.style.transform = `scaleX(${1 - Math.min(steps, last + 1) / steps})`; // moves nothing: no layout shift
    },
  };
}
