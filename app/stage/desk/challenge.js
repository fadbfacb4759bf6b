/** The tab with the challenge: what to reach, a gauge, and a status that follows every move of a slider. */

import { button, el, put, say } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { rich } from "../../components/base/rich.js";
import { groupsOf, labelOf } from "../state/weights.js";
import { wordsOf } from "../../components/base/words.js";
import { createGauge } from "./gauge.js";
import { missing, nearestOf, stateOf } from "./rules.js";

/**
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Goal} Goal
 * @typedef {import("./rules.js").State} State
 * @typedef {import("../../components/base/words.js").Word} Word
 */

const ANNOUNCE_AFTER_MS = 500,
  LIT_MS = 600;
/** States in which a reader has gone too far. @type {State[]} */
const ASTRAY = ["many", "others", "days"];

/** The layer that a weight belongs to. @param {Facet} facet @param {string} name */
const groupOf = (facet, name) =>
  groupsOf(facet.layout, facet).find(({ parameters }) => parameters.some((one) => one.name === name));

/** The names of moved weights, as their sliders are called. @param {Facet} facet @param {string[]} names */
function sliderNames(facet, names) {
  const word = wordsOf(facet.words);
  return names
    .map((name) => {
      const group = groupOf(facet, name);
      const parameter = group?.parameters.find((one) => one.name === name);
      return group && parameter ? labelOf(word, parameter, word(`group.${group.value}`)) : name;
    })
    .join("; ");
}

/**
 * What a solution changed most, with its numbers: the value of the layer whose weight was moved.
 * @param {import("./task.js").TaskHost} host @param {Goal} goal @param {Word} word
 */
function reasonOf({ facets, controls, change }, goal, word) {
  const [facet] = facets();
  const { first, moved } = nearestOf(goal, controls());
  const group = groupOf(facet, moved[0] ?? "");
  if (!group) return "";
  const { step, from, to } = change(goal.read.series, group.value, first);
  const when = word("step.one", { n: step + 1 });
  return word("task.why", { when, value: word(`value.${group.value}.name`), from: fixed(from, 3), to: fixed(to, 3) });
}

/** Where a reader may go from here. @param {import("./task.js").TaskHost} host @param {() => Goal|null} goal */
function createWays(host, goal) {
  const begin = () =>
    host.actions().commit({ weights: { ...nearestOf(/** @type {Goal} */ (goal()), host.controls()).first } });
  const undo = button("", () => host.actions().undo(), { class: "gw-secondary" }),
    next = button("", () => onward(), { class: "gw-primary" }),
    again = button("", begin, { class: "gw-textlink" });
  let onward = () => {};
  return {
    root: el("div", { class: "gw-task-actions" }, undo, next, again),
    /** @param {State} state @param {Word} word */
    draw(state, word) {
      const astray = ASTRAY.includes(state),
        solved = state === "solved";
      const way = solved ? host.next(word) : null;
      undo.hidden = !astray || !host.undoes();
      next.hidden = !way;
      again.hidden = !solved;
      say(undo, word("task.undo"));
      say(again, word("task.again"));
      if (!way) return;
      say(next, way.text);
      onward = way.go;
    },
  };
}

/** A hint, for who asks for it. */
function createHint() {
  const told = el("p", { class: "gw-task-covered" });
  const ask = button("", () => show(told.hidden), { class: "gw-textlink", "aria-expanded": "false" });
  /** @param {boolean} now */
  function show(now) {
    told.hidden = !now;
    put(ask, { "aria-expanded": String(now) });
  }
  show(false);
  return {
    root: el("div", { class: "gw-task-hint" }, ask, told),
    /** @param {Goal} goal @param {Word} word */
    draw({ hint }, word) {
      say(ask, word("task.hint"));
      told.replaceChildren(...rich(hint));
    },
  };
}

/** @param {import("./task.js").TaskHost} host */
export function createChallenge(host) {
  const gauge = createGauge();
  const hint = createHint();
  const ways = createWays(host, () => host.scene().guide?.goal ?? null);
  const aim = el("p", { class: "gw-task-text" }),
    status = el("p", { class: "gw-task-status" });
  const root = el("div", { class: "gw-task-body", role: "tabpanel" }, aim, gauge.root, status, hint.root, ways.root);
  /** What solved it, for a moment. @type {string[]} */
  let lit = [];
  let begun = NaN,
    before = /** @type {State|null} */ (null),
    said = "",
    timer = 0;

  /**
   * Shown at once, and told once it has stood for a while; what is solved at once.
   * @param {string} text @param {boolean} solved
   */
  function tell(text, solved) {
    if (text === said) return;
    said = text;
    status.replaceChildren(...rich(text));
    clearTimeout(timer);
    timer = setTimeout(() => host.announce(status.textContent ?? ""), solved ? 0 : ANNOUNCE_AFTER_MS);
  }

  /** The value that is measured is outlined on the stage, once a move has solved the challenge. @param {string} name */
  function light(name) {
    lit = [name];
    setTimeout(host.redraw);
    setTimeout(() => {
      lit = [];
      host.redraw();
    }, LIT_MS);
  }

  /** The status in words. @param {Goal} goal @param {State} state @param {number} value @param {Word} word */
  function statusOf(goal, state, value, word) {
    const { moved } = nearestOf(goal, host.controls());
    /** @type {Record<string, string>} */
    const values = {
      sliders: sliderNames(host.facets()[0], moved),
      count: `${moved.length}`,
      value: fixed(value, 3),
    };
    const text = goal.states[state].replace(/\{(\w+)\}/g, (all, /** @type {string} */ name) => values[name] ?? all);
    if (state === "solved") return `${text} ${reasonOf(host, goal, word)}`;
    if (state !== "one" && state !== "open") return text;
    const [far, was] = [missing(value, goal.zone), missing(begun, goal.zone)];
    const way = far === was ? "" : ` ${word(far < was ? "task.nearer" : "task.further")}`;
    return `${text} ${word("task.far", { far: fixed(far, 3) })}${way}`;
  }

  return {
    root,
    /**
     * @param {Goal} goal @param {number} value what is measured
     * @param {boolean} open whether nothing is to be predicted any more
     * @param {Word} word
     */
    draw(goal, value, open, word) {
      const state = stateOf(goal, host.controls(), value);
      if (Number.isNaN(begun) || !nearestOf(goal, host.controls()).moved.length) begun = value;
      gauge.draw(goal, open ? value : NaN, begun);
      aim.replaceChildren(...rich(goal.text));
      tell(open ? statusOf(goal, state, value, word) : word("task.first"), state === "solved");
      put(status, { "data-state": open ? state : null });
      if (open && state === "solved" && before && before !== "solved") light(goal.read.name);
      before = state;
      hint.root.hidden = !open || state === "solved";
      hint.draw(goal, word);
      ways.root.hidden = !open;
      if (open) ways.draw(state, word);
      return open && state === "solved";
    },
    lit: () => lit,
    destroy: () => clearTimeout(timer),
  };
}
