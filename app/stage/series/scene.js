/** A scene's numbers: all that a stage draws, of the controls as they are now. Pure. */

import { measured } from "./measure.js";
import { inputOf, parametersOf, seriesOf } from "./series.js";

/**
 * @typedef {import("../types.js").Arrived} Arrived
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {import("../types.js").Scene} Scene
 */

/** Is a series on show? One that has days of its own can be chosen. @param {string} key @param {Controls} controls */
const isShown = (key, { days, show }) => !(key in days) || show.includes(key);

/**
 * @param {Arrived} arrived @param {Controls} controls @param {number} selected the unit @param {boolean} backward
 * @returns {Scene}
 */
export function computed(arrived, controls, selected, backward) {
  const shown = arrived.series.filter(({ key }) => isShown(key, controls));
  const units = Math.max(...shown.map(({ cell }) => arrived.cells[cell].sizes.H));
  const unit = Math.min(selected, units - 1);
  const series = shown.map((one) => {
    const cell = arrived.cells[one.cell];
    const parameters = parametersOf(cell, one, controls);
    return seriesOf(one, { ...cell, parameters }, inputOf(one, controls), unit, backward, arrived.targets[one.key]);
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
