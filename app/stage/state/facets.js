/**
 * A scene as each of its series sees it: with its own cell's layout, words, formulas and weights. Pure.
 *
 * @typedef {import("../types.js").Scene} Scene
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").View} View
 */

import { isVector } from "./entries.js";
import { notationOf } from "./notation.js";

/**
 * @param {Scene} scene @param {boolean} backward the gradients in place of the values
 * @returns {Facet[]} one for each series
 */
export function facetsOf(scene, backward) {
  const series = backward ? scene.series.map(inGradients) : scene.series,
    notation = notationOf(backward, scene.digits ?? 3);
  return scene.series.map(({ cell, parameters }) => {
    const own = scene.cells[cell];
    return {
      ...scene,
      ...own,
      series,
      notation,
      title: own.words[`cell.${own.layout.cell}`],
      controls: { ...scene.controls, weights: weightsOf(own.sizes, parameters, scene.controls) },
      parameters: isVector(own.sizes) ? parameters : null,
    };
  });
}

/**
 * A series whose values are the selected unit's gradients; the run's own are kept as `forward`.
 * @param {Series} series @returns {Series}
 */
function inGradients({ units, ...series }) {
  return series.gradients
    ? { ...series, forward: series.values, values: series.gradients.values, before: series.gradients.before }
    : series;
}

/**
 * A cell's weights by name, as words and wires write them: of one unit its parameters, of many the entries that a
 * reader has moved.
 * @param {Record<string, number>} sizes @param {Series["parameters"]} parameters @param {Scene["controls"]} controls
 * @returns {Record<string, number>}
 */
function weightsOf(sizes, parameters, { weights }) {
  if (isVector(sizes)) return weights;
  const own = Object.entries(parameters).map(([name, { numbers }]) => [name, numbers[0]]);
  return { ...weights, ...Object.fromEntries(own) };
}

/** The facet that leads the playhead: of the cell with the most stages. @param {Facet[]} facets */
export const leading = (facets) =>
  facets.reduce((lead, facet) => (facet.layout.stages.length > lead.layout.stages.length ? facet : lead));

/** Do the series belong to different cells? @param {Scene} scene */
export const mixed = ({ series }) => series.some(({ cell }) => cell !== series[0].cell);

/**
 * The view as one series has it: a sequence shorter than the run rests at its own end, a cell with fewer stages than
 * the
 * day's at its last one.
 * @param {Facet} facet @param {number} index of the series @param {View} view @returns {View}
 */
export function ownView({ series, layout }, index, view) {
  if (view.backward) return backView(layout.stages.length, view);
  const end = Object.values(series[index].values)[0].length - 1,
    last = layout.stages.length - 1;
  if (view.step > end || (view.step === end && view.handover !== null)) {
    return { ...view, step: end, stage: last, progress: 1, handover: null, playing: false, reached: [end, last] };
  }
  return view.stage > last ? { ...view, stage: last, progress: 1 } : view;
}

/**
 * Backward a cell with fewer stages starts its day with the others, and rests at its first.
 * @param {number} stages its own @param {View} view @returns {View}
 */
function backView(stages, view) {
  const stage = stages - 1 - (view.stages - 1 - view.stage),
    [step, last] = view.reached;
  const reached = /** @type {[number, number]} */ ([step, Math.max(0, stages - (view.stages - last))]);
  return stage < 0 ? { ...view, stage: 0, progress: 1, reached } : { ...view, stage, reached };
}
