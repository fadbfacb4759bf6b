/** What is looked at: the scene as the selected unit sees it, in one direction, and what is highlighted. */

import { changeOf } from "./series/measure.js";
import { computed } from "./series/scene.js";
import { facetsOf, leading } from "./state/facets.js";

/**
 * @typedef {import("./types.js").Arrived} Arrived
 * @typedef {import("./types.js").Controls} Controls
 * @typedef {import("./types.js").Facet} Facet
 */

/**
 * @param {Arrived} first @param {() => Controls} controls as they are now
 * @param {(facets: Facet[]) => Facet[]} masked the facets without what is covered
 */
export function createSelection(first, controls, masked) {
  let arrived = first;
  let unit = first.unit;
  let backward = first.backward ?? false;
  /** Of the controls as they are: another unit, or direction, reads the same. @type {Parameters<typeof computed>[4]} */
  let runs = new Map();
  let scene = computed(first, controls(), unit, backward, runs);
  /** The run's values, and what the panels show: them, or their gradients. */
  let forward = facetsOf(scene, false);
  let facets = backward ? facetsOf(scene, true) : forward;
  let everything = false;
  let hover = /** @type {string|null} */ (null);

  /** Other values are covered. */
  function mask() {
    forward = masked(facetsOf(scene, false));
    facets = backward ? masked(facetsOf(scene, true)) : forward;
  }

  function compute() {
    scene = computed(arrived, controls(), unit, backward, runs);
    unit = scene.unit;
    mask();
  }

  return {
    mask,
    /** Every number anew. */
    compute() {
      runs = new Map();
      compute();
    },
    playsBackward: () => backward,
    scene: () => scene,
    /** Other questions, or other answers to them. @param {import("./types.js").Asked} asked */
    ask({ lesson, questions }) {
      if (arrived.guide?.lesson !== lesson) return;
      arrived.guide = { ...arrived.guide, questions };
      scene.guide = arrived.guide;
    },
    facets: () => facets,
    forward: () => forward,
    run: () => ({ steps: scene.steps, stages: leading(facets).layout.stages.length }),
    selected: () => ({ unit, backward }),
    /** @param {string} series @param {string} value @param {Record<string, number>} begin weights */
    change: (series, value, begin) => changeOf(arrived, controls(), series, value, begin),
    view: () => ({ unit, everything, hover, backward }),
    /** @param {Arrived} next */
    receive: (next) => (arrived = next),
    /** Other runs of the same cells. @param {Arrived} next @param {number} to the unit */
    open(next, to) {
      arrived = next;
      unit = to;
      runs = new Map();
      compute();
    },
    /** @param {number} to @returns {boolean} whether it is another one */
    selectUnit(to) {
      const next = Math.min(scene.units - 1, Math.max(0, to));
      if (next === unit) return false;
      unit = next;
      compute();
      return true;
    },
    /** @param {boolean} way */
    turn(way) {
      backward = way;
      compute();
    },
    /**
     * @param {string|null} name @param {string|null} [from] clears it only if it is this one
     * @returns {boolean} whether it has changed
     */
    highlight(name, from) {
      if (hover === name || (from !== undefined && hover !== from)) return false;
      hover = name;
      return true;
    },
    toggleEverything: () => (everything = !everything),
  };
}
