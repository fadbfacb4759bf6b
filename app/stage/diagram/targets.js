/** Real buttons over the gates and values: what a keyboard and a screen reader meet. */

import { filled } from "../../components/base/format.js";
import { highlightOn } from "../input/highlight.js";
import { keyOf } from "../state/visibility.js";

/**
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").LayoutValue} LayoutValue
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {{onStage: (index: number) => void, onHover: import("../types.js").Hover, onUnit: (unit: number) => void,
 *   weights: import("./weight_handles.js").Weights|null,
 *   onValue: (value: {name: string, before: boolean}, step: number, anchor: HTMLElement) => void}} Hooks
 * @typedef {{name: string, before: boolean, stage: number, step: number, known: boolean, numbers: number[],
 *   unit: string, width: number, height: number, chain: string[]}} Fact
 *   `numbers`: one, or an input's all; `unit`: whose, where there are several; `chain`: a gradient's arithmetic
 * @typedef {ReturnType<typeof import("./tooltip.js").createTooltip>} Tooltip
 */

const HOVER_DELAY = 300;

/**
 * How far beyond its box a value answers to a finger: up to 44 px in all, or half the way to the next value.
 * @param {LayoutValue} value @param {LayoutValue[]} all
 */
function reach({ at: [x, y] }, all) {
  const away = all
    .map(({ at: [left, top] }) => (Math.abs(left - x) < 84 ? Math.abs(top - y) : 0))
    .filter((gap) => gap > 0);
  return Math.max(0, Math.min(10, (Math.min(...away) - 24) / 2));
}

/**
 * The letter or the word that an input stands for, where a compact stage shows it; else undefined.
 * @param {Pick<Facet, "compact"|"reads">} facet @param {string} name @param {number} step
 */
export const readAt = ({ compact, reads }, name, step) => (name === "x" && compact ? reads?.[step] : undefined);

/** The accessible name of a value. @param {Fact} fact @param {Facet} facet */
export function nameOf({ name, before, known, numbers, unit, step }, facet) {
  const {
    words,
    notation: { print, of },
  } = facet;
  const called = filled(words[of], () => words[`value.${name}.name`] ?? name);
  const which = [called, before ? (words["caption.from"] ?? "") : "", unit].filter(Boolean).join(", ");
  const covered = numbers.some(Number.isNaN) && words["covered"];
  const all = () => readAt(facet, name, step) ?? numbers.map(print).join(", ");
  return `${which} ${!known ? (words["not.yet"] ?? "…") : covered || all()}`;
}

/** What its tooltip says. @param {Fact} fact @param {Facet} facet */
export function linesOf({ name, before, known, numbers, unit, chain }, { words, equations, notation }) {
  const value = known ? numbers.map(notation.exact).join(", ") : (words["not.yet"] ?? "…");
  const title = [filled(words[notation.of], () => words[`value.${name}.name`] ?? name), unit]
    .filter(Boolean)
    .join(", ");
  if (chain.length) return [title, ...(known ? chain : chain.slice(0, 1)), value];
  return [title, before ? (words["caption.from"] ?? "") : (equations[name] ?? ""), value];
}

/**
 * @param {HTMLElement} layer @param {Layout} layout @param {Geometry} geometry @param {Hooks} hooks
 * @param {Tooltip} tooltip
 * @param {(key: string, share: number) => boolean} onPick where in a value's box a pointer clicked, as a share of its
 *   width; whether that picked a unit
 */
export function createTargets(layer, layout, geometry, hooks, tooltip, onPick) {
  const [left, top, width, height] = geometry.viewBox;
  /** @type {Map<string, Fact>} */
  let facts = new Map();
  /** @type {Facet|null} */
  let facet = null;

  /** @param {string} key @param {number[]} at @param {number[]} size @param {string} kind */
  function target(key, [x, y], [wide, high], kind) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `gw-target ${kind}`;
    button.dataset.key = key;
    place(button, [x, y], [wide, high]);
    const fact = () => /** @type {Fact} */ (facts.get(key));
    const showTip = (/** @type {number} */ delay) => {
      if (facet) tooltip.show(button, linesOf(fact(), facet), delay);
    };
    highlightOn(button, () => fact().name, hooks.onHover);
    button.addEventListener("pointerenter", () => showTip(HOVER_DELAY));
    button.addEventListener("focus", () => button.matches(":focus-visible") && showTip(0));
    for (const end of ["pointerleave", "blur"]) button.addEventListener(end, tooltip.hide);
    button.addEventListener("click", ({ clientX, detail }) => {
      tooltip.hide();
      if (kind === "gate") return hooks.onStage(fact().stage - 1);
      if (fact().chain.length) return showTip(0); // a gradient has no card: its tip shows where it comes from
      const box = button.getBoundingClientRect();
      const picked = detail > 0 && onPick(key, (clientX - box.left) / box.width); // a key press points nowhere
      if (!picked) hooks.onValue(fact(), fact().step, button);
    });
    layer.append(button);
    return button;
  }

  /** @param {HTMLElement} button @param {number[]} at @param {number[]} size */
  function place(button, [x, y], [wide, high]) {
    button.style.left = `${(100 * (x - left)) / width}%`;
    button.style.top = `${(100 * (y - top)) / height}%`;
    button.style.width = `${(100 * wide) / width}%`;
    button.style.height = `${(100 * high) / height}%`;
  }

  const gates = geometry.nodes.filter(({ kind, value }) => (kind === "gate" || kind === "plot") && value);
  const stages = [0, ...layout.stages.map((_, k) => k + 1)]; // playing order
  const buttons = stages.flatMap((stage) => [
    ...gates
      .filter((gate) => gate.stage === stage)
      .map((gate) => {
        const button = target(gate.value ?? "", [gate.x, gate.y], [gate.width ?? 92, gate.height ?? 56], "gate");
        return { key: gate.value ?? "", button, at: null };
      }),
    ...geometry.values
      .filter((value) => value.stage === stage)
      .map((value) => {
        const button = target(keyOf(value), value.at, [80, 24], "value");
        button.style.setProperty("--reach", `${reach(value, geometry.values)}px`);
        // The gate's own button already speaks for its result.
        if (gates.some((gate) => gate.value === keyOf(value))) {
          button.tabIndex = -1;
          button.setAttribute("aria-hidden", "true");
        }
        return { key: keyOf(value), button, at: value.at };
      }),
  ]);
  return {
    /** @param {Facet} now @param {Fact[]} all */
    update(now, all) {
      facet = now;
      facts = new Map(all.map((fact) => [keyOf(fact), fact]));
      for (const { key, button, at } of buttons) {
        const fact = /** @type {Fact} */ (facts.get(key));
        button.setAttribute("aria-label", nameOf(fact, now));
        if (at) button.setAttribute("aria-haspopup", "dialog");
        if (at) place(button, at, [fact.width, fact.height]);
      }
    },
  };
}
