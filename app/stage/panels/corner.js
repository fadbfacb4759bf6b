/** In the picture's corner: the eye that covers every result, the picture as a file, and the legend. */

import { button, el, icon, put } from "../../components/base/element.js";
import { DOWNLOAD, savePicture } from "../../components/base/picture_file.js";
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

/**
 * Buttons that save the picture as it looks now, and the stage as a page of its own where the scene names one.
 * @param {Context[]} contexts
 */
function createSaving(contexts) {
  const { word, facet, actions } = contexts[0];
  /** @param {string} kind */
  function save(kind) {
    const { guide, title, series } = facet();
    const name = `gatewalk-${guide?.lesson ?? series[0].cell}.${kind}`;
    if (kind === "html") return actions.savePage(name);
    const figures = [.../** @type {ShadowRoot} */ (popover.root.getRootNode()).querySelectorAll(".gw-figure")];
    const parts = figures.map((figure) => ({
      drawing: /** @type {SVGSVGElement} */ (figure.querySelector(".gw-picture svg")),
      name: figure.querySelector(".gw-series-name")?.textContent ?? "",
    }));
    void savePicture(parts, popover.root, name, title);
  }
  const { page } = facet();
  const kinds = ["svg", "png", ...(page ? ["html"] : [])].map((kind) => {
    const face = kind.toUpperCase();
    return button(word("save.as", { kind: face }), () => save(kind), { class: "gw-choice", named: true }, face);
  });
  const notes = page ? [el("p", { class: "gw-legend-keys" }, word("save.page"))] : [];
  const content = [el("div", { class: "gw-choices" }, ...kinds), ...notes];
  const popover = createPopover(word("save"), "gw-save", icon(DOWNLOAD, "gw-icon gw-outline"), ...content);
  return popover;
}

/** @param {Context[]} contexts the cells on the stage */
export function createCorner(contexts) {
  const { word, actions } = contexts[0];
  const eye = button("", () => actions.coverResults(), { class: "gw-key gw-eye", named: true });
  const keys = el("p", { class: "gw-legend-keys" }, word("help.keys"));
  const legend = createPopover(word("legend"), "gw-help", "?", createLegend(contexts), keys);
  const saving = createSaving(contexts);
  let covering = /** @type {boolean|null} */ (null);
  return {
    root: el("div", { class: "gw-corner" }, eye, saving.root, legend.root),
    /** @param {Event} event a press anywhere on the stage */
    press: (event) => [saving, legend].forEach(({ press }) => press(event)),
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
