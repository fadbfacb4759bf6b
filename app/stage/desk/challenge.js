/** The tab with the challenge: what to reach, a gauge, and a status that follows every move of a slider. */

import { el, put, say } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { rich } from "../../components/base/rich.js";
import { groupsOf, labelOf } from "../state/weights.js";
import { wordsOf } from "../../components/base/words.js";
import { createGauge } from "./gauge.js";
import { missing, movedOf, stateOf } from "./rules.js";

/**
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Goal} Goal
 */

const ANNOUNCE_AFTER_MS = 500;

/** The names of moved weights, as their sliders are called. @param {Facet} facet @param {string[]} names */
function sliderNames(facet, names) {
  const word = wordsOf(facet.words);
  const groups = groupsOf(facet.layout, facet);
  return names
    .map((name) => {
      const group = groups.find(({ parameters }) => parameters.some((one) => one.name === name));
      const parameter = group?.parameters.find((one) => one.name === name);
      return group && parameter ? labelOf(word, parameter, word(`group.${group.value}`)) : name;
    })
    .join("; ");
}

/**
 * What a goal measures at this moment: of a run that is on the stage it follows a drag, else it is what Python sent.
 * @param {Goal} goal @param {import("../types.js").Scene} scene
 */
export function measured({ read, now }, { series }) {
  const one = series.find(({ key }) => key === read?.series);
  return (read && one?.values[read.name]?.at(-1)) ?? now;
}

/** @param {import("./task.js").TaskHost} host */
export function createChallenge(host) {
  const gauge = createGauge();
  const aim = el("p", { class: "gw-task-text" }),
    status = el("p", { class: "gw-task-status" }),
    live = el("div", { class: "gw-hidden", "aria-live": "polite" });
  const root = el("div", { class: "gw-task-body", role: "tabpanel" }, aim, gauge.root, status, live);
  let begun = NaN,
    said = "",
    timer = 0;

  /** Shown at once, and told once it has stood for a while. @param {string} text */
  function tell(text) {
    if (text === said) return;
    said = text;
    status.replaceChildren(...rich(text));
    clearTimeout(timer);
    timer = setTimeout(() => say(live, status.textContent ?? ""), ANNOUNCE_AFTER_MS);
  }

  return {
    root,
    /**
     * @param {Goal} goal @param {number} value what is measured
     * @param {boolean} open whether nothing is to be predicted any more
     * @param {import("../../components/base/words.js").Word} word
     */
    draw(goal, value, open, word) {
      const controls = host.controls();
      const state = stateOf(goal, controls, value),
        moved = movedOf(goal, controls);
      if (Number.isNaN(begun) || !moved.length) begun = value;
      gauge.draw(goal, open ? value : NaN, begun);
      aim.replaceChildren(...rich(goal.text));
      /** @type {Record<string, string>} */
      const values = {
        sliders: sliderNames(host.facets()[0], moved),
        count: `${moved.length}`,
        value: fixed(value, 3),
      };
      const text = goal.states[state].replace(/\{(\w+)\}/g, (all, /** @type {string} */ name) => values[name] ?? all);
      const far = missing(value, goal.zone);
      const rest = state === "one" || state === "open" ? ` ${word("task.far", { far: fixed(far, 3) })}` : "";
      tell(open ? text + rest : word("task.first"));
      put(status, { "data-state": open ? state : null });
      return open && state === "solved";
    },
    destroy: () => clearTimeout(timer),
  };
}
