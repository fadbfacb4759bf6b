/**
 * The diagram of one cell, drawn from a layout: it knows shapes and states, never which cell it shows.
 * `draw` separates what changes with the state (redrawn only then) from what moves with the clock (cheap, every frame).
 * While `view.handover` is a number, `view.step` and `view.stage` are still the ones being left.
 */

import { createTooltip } from "./tooltip.js";
import { createPicture } from "./picture.js";
import { known } from "../state/visibility.js";
import { memo } from "../state/memo.js";
import { PHASES } from "../state/easing.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").View} View
 * @typedef {import("./targets.js").Hooks} Hooks
 */

/**
 * Everything the still picture depends on.
 * @param {Facet} facet @param {number} series @param {View} view @param {boolean} narrow
 */
function pictureKey(facet, series, view, narrow) {
  return [
    facet,
    series,
    narrow,
    view.step,
    view.stage,
    view.unit,
    view.hover,
    view.light.join(),
    view.everything,
    view.playing,
    view.still,
    view.backward,
    ...view.reached,
    known(view.stage + 1, view),
    view.progress >= PHASES.curve[0],
    view.handover === null,
  ];
}

/**
 * @param {HTMLElement} host @param {Layout} layout @param {Hooks} hooks
 */
export function createDiagram(host, layout, hooks) {
  const root = document.createElement("div");
  root.className = "gw-diagram";
  host.append(root);
  const tooltip = createTooltip(root);
  /** @type {ReturnType<typeof createPicture>|null} */
  let picture = null;
  const updating = memo(pictureKey, (facet, series, view) => picture?.update(facet, series, view));

  return {
    /** @param {Facet} facet @param {number} series @param {View} view @param {boolean} narrow */
    draw(facet, series, view, narrow) {
      if (!picture || picture.narrow !== narrow || picture.backward !== view.backward) {
        picture?.destroy();
        picture = createPicture(root, layout, narrow, hooks, tooltip, facet.series[series], view.backward);
        updating.forget();
      }
      updating.draw(facet, series, view, narrow);
      picture.move(facet, series, view);
    },
    destroy() {
      tooltip.destroy();
      root.remove();
    },
  };
}
