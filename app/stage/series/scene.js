/** A scene's numbers: all that a stage draws, of the controls as they are now. Pure. */

import { measured } from "./measure.js";
import { inputOf, parametersOf, seriesOf, traceOf } from "./series.js";

/**
 * @typedef {import("../types.js").Arrived} Arrived
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {import("../types.js").Scene} Scene
 * @typedef {import("../evaluator/run.js").Run} Run
 */

/** Is a series on show? One that has days of its own can be chosen. @param {string} key @param {Controls} controls */
const isShown = (key, { days, show }) => !(key in days) || show.includes(key);

/**
 * @param {Arrived} arrived @param {Controls} controls @param {number} selected the unit @param {boolean} backward
 * @param {Map<string, Run>} [runs] by series, of the same controls: what is in it is not run again
 * @returns {Scene}
 */
export function computed(arrived, controls, selected, backward, runs = new Map()) {
  const shown = arrived.series.filter(({ key }) => isShown(key, controls));
  const units = Math.max(...shown.map(({ cell }) => arrived.cells[cell].sizes.H));
  const unit = Math.min(selected, units - 1);
  const series = shown.map((one) => {
    const kind = arrived.cells[one.cell];
    const cell = { ...kind, parameters: parametersOf(kind, one, controls) };
    const trace = runs.get(one.key) ?? one.run ?? traceOf(cell, inputOf(one, controls), one.start);
    runs.set(one.key, trace);
    return seriesOf(one, cell, trace, unit, backward, arrived.targets[one.key]);
  });
  const steps = Math.max(...series.map(({ values }) => values.x.length));
  const goal = arrived.guide?.goal;
  return {
    ...arrived,
    controls,
    series,
    steps,
    units,
    unit,
    measured: goal ? measured(arrived, controls, goal.read) : 0,
  };
}
