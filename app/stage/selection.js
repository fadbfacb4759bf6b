/** What is looked at: the scene as the selected unit sees it, in one direction, and what is highlighted. */

import { facetsOf, leading } from "./state/facets.js";
import { seenFrom } from "./state/strips.js";

/**
 * @typedef {import("./types.js").Scene} Scene
 * @typedef {import("./types.js").Facet} Facet
 */

/** @param {Scene} first @param {(facets: Facet[]) => Facet[]} masked the facets without what is covered */
export function createSelection(first, masked) {
  /** What Python sent, and what of it the selected unit sees. */
  let sent = first;
  let scene = first;
  /** The run's values, and what the panels show: them, or their gradients. */
  let forward = facetsOf(first, false);
  let facets = forward;
  let unit = first.unit ?? 0;
  let backward = first.backward ?? false;
  let everything = false;
  let hover = /** @type {string|null} */ (null);

  /** Is the gradient played? It is wanted, and Python has sent it. */
  const playsBackward = () => backward && scene.series.every(({ gradients }) => gradients);

  function refresh() {
    forward = masked(facetsOf(scene, false));
    facets = playsBackward() ? masked(facetsOf(scene, true)) : forward;
  }

  /** @param {Scene} [next] without it what is covered has changed */
  function take(next = sent) {
    sent = next;
    scene = seenFrom(next, unit);
    refresh();
  }

  /** Whether the other direction is played after an act. @param {() => void} act */
  function reverses(act) {
    const before = playsBackward();
    act();
    return playsBackward() !== before;
  }

  return {
    take,
    playsBackward,
    scene: () => scene,
    facets: () => facets,
    forward: () => forward,
    run: () => ({ steps: scene.steps, stages: leading(facets).layout.stages.length }),
    /** What Python is asked for. */
    want: () => ({ unit, backward }),
    view: () => ({ unit, everything, hover, backward: playsBackward() }),
    /** @param {Scene} next @returns {boolean} whether the other direction is played now */
    receive: (next) =>
      reverses(() => {
        unit = Math.min(unit, (next.units ?? 1) - 1);
        take(next);
      }),
    /** @param {number} to @returns {boolean} whether it is another one */
    selectUnit(to) {
      const next = Math.min((scene.units ?? 1) - 1, Math.max(0, to));
      if (next === unit) return false;
      unit = next;
      take();
      return true;
    },
    /** @param {boolean} way @returns {boolean} whether the other direction is played now */
    turn: (way) =>
      reverses(() => {
        backward = way;
        refresh();
      }),
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
