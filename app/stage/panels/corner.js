/** In the picture's corner: the eye that covers every result, and the legend. */

import { button, el, icon, put } from "../../components/base/element.js";
import { createPopover } from "../player/popover.js";
import { createLegend } from "./legend.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 */

const EYE = [
  "M2.5 12C5 7.6 8.3 5.5 12 5.5s7 2.1 9.5 6.5c-2.5 4.4-5.8 6.5-9.5 6.5S5 16.4 2.5 12z",
  "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
];
const STRUCK = "M5 19.5 19 4.5";

/** @param {Context[]} contexts the cells on the stage */
export function createCorner(contexts) {
  const { word, actions } = contexts[0];
  const eye = button("", () => actions.coverResults(), { class: "gw-key gw-eye", named: true });
  const keys = el("p", { class: "gw-legend-keys" }, word("help.keys"));
  const legend = createPopover(word("legend"), "gw-help", "?", createLegend(contexts), keys);
  let covering = /** @type {boolean|null} */ (null);
  return {
    root: el("div", { class: "gw-corner" }, eye, legend.root),
    press: legend.press,
    /** @param {View} view */
    draw(view) {
      if (view.covering === covering) return;
      covering = view.covering;
      const name = word(covering ? "reveal.all" : "cover.results");
      put(eye, { "aria-label": name, title: name, "aria-pressed": String(covering) });
      eye.replaceChildren(icon(covering ? EYE : [...EYE, STRUCK], "gw-icon gw-outline"));
    },
  };
}
