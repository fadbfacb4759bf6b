/** The stage's figures once more, away from the page, to be drawn at any place of their run: a picture, or a film. */

import { el } from "../components/base/element.js";
import { drawing, fontsOf } from "../components/base/picture_file.js";
import { createDiagram } from "./diagram/diagram.js";
import { createPlayhead } from "./playback.js";
import * as clock from "./state/clock.js";
import { leading, mixed, ownView } from "./state/facets.js";
import { notationOf } from "./state/notation.js";
import { pictured } from "./state/strips.js";
import { filled } from "../components/base/format.js";

/**
 * @typedef {import("./types.js").Facet} Facet
 * @typedef {import("./state/clock.js").Position} Position
 * @typedef {import("../components/take/showing.js").Look} Look
 * @typedef {{unit: number, backward: boolean, everything: boolean, position: Position}} Selected
 *   what is looked at; `position` is of what is played: backward that begins at the run's end
 */

const WIDE = 840,
  COMPACT = 560,
  NARROW = 400;
const NOTHING = { onStage() {}, onHover() {}, onUnit() {}, onValue() {}, weights: null };

/** A facet as it is drawn elsewhere. @param {Facet} facet @param {number} index @param {Look} look @returns {Facet} */
const looked = (facet, index, { words, digits }) => ({
  ...facet,
  words: words?.cells[facet.series[index].cell] ?? facet.words,
  series: facet.series.map((one) => ({ ...one, name: words?.names[one.key] ?? one.name })),
  notation: digits === undefined ? facet.notation : notationOf(facet.notation.backward, digits),
});

/**
 * @param {HTMLElement} beside a stage, whose styles are shared @param {Facet[]} shown @param {Selected} selected
 * @param {Look} look
 */
export function createReel(beside, shown, { unit, backward, everything, position }, look) {
  const facets = shown.map((facet, k) => looked(facet, k, look)),
    lead = leading(facets),
    several = facets.length > 1,
    compact = Boolean(lead.compact);
  const run = { steps: lead.steps, stages: lead.layout.stages.length };
  const head = createPlayhead(
    () => run,
    () => backward,
  );
  const width = several ? NARROW : compact ? COMPACT : WIDE;
  const figures = facets.map(({ layout }) => {
    const host = el("div", { class: "gw-figure", style: `width: ${width}px` });
    return { host, diagram: createDiagram(host, layout, NOTHING) };
  });
  const body = el("div", { class: "gw-body", "data-compact": compact }, ...figures.map(({ host }) => host));
  const root = el("div", { class: "gw gw-reel", "data-theme": look.theme, "aria-hidden": "true", inert: "" }, body);
  beside.after(root);

  /** What stands above each figure: which series, unit and timestep. @param {number} index @param {number} step */
  function named(index, step) {
    const { words, units, steps, series } = facets[index];
    const today = filled(words["step.of"], (key) => String(key === "n" ? step + 1 : steps));
    const one = units > 1 ? filled(words["unit.selected"], () => String(unit + 1)) : "";
    return [mixed(facets[index]) || series[index].name !== facets[index].title ? series[index].name : "", one, today]
      .filter(Boolean)
      .join(" · ");
  }

  let step = 0;
  let fonts = "";
  const parts = () =>
    figures.map(({ host }, k) => ({
      drawing: /** @type {SVGSVGElement} */ (host.querySelector(".gw-picture svg")),
      name: named(k, step),
    }));
  return {
    run,
    root,
    fonts: async () => void (fonts = await fontsOf(getComputedStyle(root).fontFamily).catch(() => "")),
    position,
    /** @param {Position} position of what is played @param {boolean} [still] without what is on its way */
    draw(position, still = false) {
      head.put(position);
      const own = { playing: !still, byDay: false, still, hover: null, light: [], covering: false };
      const view = { ...head.view(clock.MOVING), ...own, everything, unit, backward };
      facets.forEach((facet, k) =>
        figures[k].diagram.draw(pictured(facet), k, ownView(facet, k, view), several || compact),
      );
      step = view.step;
    },
    parts,
    /** What is drawn, as a file of its own. */
    picture: () => drawing(parts(), root, lead.title, fonts),
    destroy() {
      for (const { diagram } of figures) diagram.destroy();
      root.remove();
    },
  };
}
