/** What is inside what is taken along, in a line. */

import { el } from "../base/element.js";
import { filled } from "../base/format.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./showing.js").Showing} Showing
 */

/** The weights that a reader has moved, by name. @param {Showing} shown @returns {Record<string, number>} */
export function changed({ scene: { defaults }, state: { controls } }) {
  const moved = Object.entries(controls.weights).filter(([name, value]) => value !== defaults.weights[name]);
  return Object.fromEntries(moved);
}

/** @param {Data} data @param {Showing} shown */
export function within({ title, words }, shown) {
  const { facets, state } = shown,
    [facet] = facets;
  const { step, stage } = shown.place;
  const { key } = facet.layout.stages[Math.min(stage, facet.layout.stages.length - 1)];
  const moved = Object.keys(changed(shown)).length;
  const day = filled(facet.words["step.of"], (name) => String(name === "n" ? step + 1 : facet.steps));
  const parts = [title, facets.map(({ series }, k) => series[k].name).join(", ")];
  parts.push(`${day}, ${facet.words[`stage.${key}.title`].toLocaleLowerCase()}`);
  if (facet.units > 1) parts.push(filled(facet.words["unit.selected"], () => String((state.unit ?? 0) + 1)));
  const many = moved === 1 ? words.changed : filled(words["changed.many"], () => String(moved));
  return el("p", { class: "gw-take-inside" }, parts.join(" · "), ...(moved ? [" · ", el("b", {}, many)] : []));
}
