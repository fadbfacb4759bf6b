/** Real buttons over the gates and values: what a keyboard and a screen reader meet. */

import { fixed } from "../format.js";
import { lights } from "../light.js";
import { keyOf } from "./states.js";

/**
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Facet} Scene
 * @typedef {{onStage: (index: number) => void, onHover: import("../light.js").Hover, weights: import("./grips.js").Weights|null,
 *   onValue: (value: {name: string, before: boolean}, step: number, anchor: HTMLElement) => void}} Hooks
 * @typedef {{name: string, before: boolean, stage: number, step: number, known: boolean, number: number, width: number}} Fact
 * @typedef {ReturnType<typeof import("../tooltip.js").createTooltip>} Tooltip
 */

const HOVER_DELAY = 300;

/** The accessible name of a value. @param {Fact} fact @param {Record<string, string>} words */
export function nameOf({ name, before, known, number }, words) {
  const called = words[`value.${name}.name`] ?? name;
  const which = before ? `${called}, ${words["caption.from"] ?? ""}` : called;
  const covered = Number.isNaN(number) && words["covered"];
  return `${which} ${!known ? words["not.yet"] ?? "…" : covered || fixed(number, 3)}`;
}

/** What its tooltip says. @param {Fact} fact @param {Scene} scene */
export function linesOf({ name, before, known, number }, { words, equations }) {
  const value = known ? fixed(number, 4) : words["not.yet"] ?? "…";
  return [words[`value.${name}.name`] ?? name, before ? words["caption.from"] ?? "" : equations[name] ?? "", value];
}

/**
 * @param {HTMLElement} layer @param {Layout} layout @param {Geometry} geometry @param {Hooks} hooks @param {Tooltip} tooltip
 */
export function createTargets(layer, layout, geometry, hooks, tooltip) {
  const [, , width, height] = geometry.viewBox;
  /** @type {Map<string, Fact>} */
  let facts = new Map();
  /** @type {Scene|null} */
  let scene = null;

  /** @param {string} key @param {number[]} at @param {number[]} size @param {string} kind */
  function target(key, [x, y], [wide, high], kind) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `gw-target ${kind}`;
    button.dataset.key = key;
    place(button, [x, y], [wide, high]);
    const fact = () => /** @type {Fact} */ (facts.get(key));
    const tell = (/** @type {number} */ delay) => {
      if (scene) tooltip.show(button, linesOf(fact(), scene), delay);
    };
    lights(button, () => fact().name, hooks.onHover);
    button.addEventListener("pointerenter", () => tell(HOVER_DELAY));
    button.addEventListener("focus", () => button.matches(":focus-visible") && tell(0));
    for (const end of ["pointerleave", "blur"]) button.addEventListener(end, tooltip.hide);
    button.addEventListener("click", () => {
      tooltip.hide();
      if (kind === "gate") hooks.onStage(fact().stage - 1);
      else hooks.onValue(fact(), fact().step, button);
    });
    layer.append(button);
    return button;
  }

  /** @param {HTMLElement} button @param {number[]} at @param {number[]} size */
  function place(button, [x, y], [wide, high]) {
    button.style.left = `${(100 * x) / width}%`;
    button.style.top = `${(100 * y) / height}%`;
    button.style.width = `${(100 * wide) / width}%`;
    button.style.height = `${(100 * high) / height}%`;
  }

  const gates = geometry.nodes.filter(({ kind, value }) => (kind === "gate" || kind === "plot") && value);
  const stages = [0, ...layout.stages.map((_, k) => k + 1)]; // playing order
  const buttons = stages.flatMap((stage) => [
    ...gates.filter((gate) => gate.stage === stage).map((gate) => {
      const button = target(gate.value ?? "", [gate.x, gate.y], [gate.width ?? 92, gate.height ?? 56], "gate");
      return { key: gate.value ?? "", button, at: null };
    }),
    ...geometry.values.filter((value) => value.stage === stage).map((value) => {
      const button = target(keyOf(value), value.at, [80, 24], "value");
      // The gate's own button already speaks for its result.
      if (gates.some((gate) => gate.value === keyOf(value))) {
        button.tabIndex = -1;
        button.setAttribute("aria-hidden", "true");
      }
      return { key: keyOf(value), button, at: value.at };
    }),
  ]);
  return {
    /** @param {Scene} now @param {Fact[]} all */
    update(now, all) {
      scene = now;
      facts = new Map(all.map((fact) => [keyOf(fact), fact]));
      for (const { key, button, at } of buttons) {
        const fact = /** @type {Fact} */ (facts.get(key));
        button.setAttribute("aria-label", nameOf(fact, now.words));
        if (at) button.setAttribute("aria-haspopup", "dialog");
        if (at) place(button, at, [fact.width, 24]);
      }
    },
  };
}
