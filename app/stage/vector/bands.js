/** One value over a long run: a band of fills in one picture, veiled where the playhead has not been. */

import { el } from "../../components/base/element.js";
import { paint } from "./heat.js";
import { stripOf } from "../state/strips.js";

/** From one written day to the next. @param {number} steps */
export const tens = (steps) => (steps > 100 ? 20 : 10);

/** @param {import("../types.js").Series} series @param {string} name @param {(step: number) => void} seek */
export function createBand({ values, units }, name, seek) {
  const canvas = el("canvas"),
    veil = el("i", { class: "gw-veil" });
  const steps = values[name].length;
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
  const inputs = name === "x" && units ? stripOf(units.strips.x) : null; // every input, one above the other
  let painted = false;
  return {
    root,
    /** @param {number} last the last step that is shown; −1 for none */
    draw(last) {
      if (!painted)
        paint(canvas, steps, inputs?.length ?? 1, (row, step) => (inputs ? inputs.at(step)[row] : values[name][step]));
      painted = true;
      veil.style.transform = `scaleX(${1 - Math.min(steps, last + 1) / steps})`; // moves nothing: no layout shift
    },
  };
}
