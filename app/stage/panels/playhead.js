/** The scrubber: ticks for days, dots for stages, and the playhead. */

import { el, put } from "../../components/base/element.js";
import { tens } from "../vector/bands.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 */

/** @param {Context} context */
export function createRail({ layout, word, actions }) {
  const stages = layout.stages.length;
  const marks = el("div", { class: "gw-rail-marks" });
  const past = el("div", { class: "gw-rail-past" });
  const thumb = el("div", { class: "gw-thumb" });
  const track = el(
    "div",
    { class: "gw-rail", role: "slider", tabindex: 0, "aria-label": word("scrub") },
    el("div", { class: "gw-rail-line" }),
    past,
    marks,
    el("div", { class: "gw-thumb-run" }, thumb),
  );
  let steps = 0;

  /** @param {PointerEvent} event */
  const at = (event) => {
    const { left, width } = track.getBoundingClientRect();
    return ((event.clientX - left) / width) * steps * stages;
  };
  /** @param {PointerEvent} event */
  const drag = (event) => actions.scrub(at(event), false);
  track.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    track.setPointerCapture(event.pointerId);
    drag(event);
    track.addEventListener("pointermove", drag);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    track.addEventListener(end, (event) => {
      track.removeEventListener("pointermove", drag);
      actions.scrub(at(/** @type {PointerEvent} */ (event)), true);
    });
  }

  return {
    track,
    /** @param {number} days */
    update(days) {
      if (days === steps) return;
      steps = days;
      const dense = days > 12; // a dot for every stage would be a grey line
      marks.replaceChildren(
        ...Array.from({ length: days * stages - 1 }, (_, k) => {
          const day = (k + 1) % (stages * (days > 40 ? tens(days) : 1)) === 0;
          return day || !dense
            ? el("i", { class: day ? "day" : "", style: `left:${(100 * (k + 1)) / (days * stages)}%` })
            : null;
        }).filter((mark) => mark !== null),
      );
    },
    /** @param {View} view @param {number} playhead in stages */
    draw(view, playhead) {
      const share = `${(100 * playhead) / (steps * stages)}%`;
      past.style.width = share;
      thumb.style.setProperty("--at", String(playhead / (steps * stages)));
      const { role, value } = layout.stages[view.stage];
      put(thumb, { class: `gw-thumb role-${role}` });
      put(track, {
        "aria-valuemin": 0,
        "aria-valuemax": steps * stages,
        "aria-valuenow": Math.ceil(playhead),
        "aria-valuetext": word("scrub.value", {
          step: word("step.one", { n: view.step + 1 }),
          stage: view.stage + 1,
          stages,
          name: word(`value.${value}.name`),
        }),
      });
    },
  };
}
