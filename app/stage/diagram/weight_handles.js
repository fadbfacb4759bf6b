/**
 * Weights in the diagram: the numbers drawn at the lit gate, or on a chip, can be taken and pulled sideways,
 * clicked and typed over, or stepped with the arrow keys: the same previews and commits as a slider's.
 */

import { el, put } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";
import { highlightOn } from "../input/highlight.js";
import { createNumberBox } from "../../components/base/number_input.js";
import { wordsOf } from "../../components/base/words.js";
import { groupsOf, labelOf } from "../state/weights.js";

/**
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {{parameter: string, role: string, x: number, y: number, width: number, height: number,
 *   lean?: [right: number, down: number]}} Spot
 *   where a weight's number is; `lean`: to which side (−1, 0 or 1) a finger's room reaches beyond it, clear of
 *   its neighbour's
 * @typedef {Pick<import("../types.js").Actions,
 *   "preview"|"commit"|"hover"> & {now: (parameter: string) => number}} Weights
 */

/**
 * What a pixel of a drag moves, how far a pointer moves before it drags, and what an arrow key moves, alone and with
 * Shift.
 */
const PIXEL = 0.02,
  DRAG_THRESHOLD_PX = 3,
  STEP = 0.01,
  LEAP = 0.1;

/**
 * @param {HTMLElement} layer @param {Geometry} geometry
 * @param {Weights|null} weights null where they are not the reader's to change
 */
export function createHandles(layer, geometry, weights) {
  const [left, top, width, height] = geometry.viewBox;
  /** @type {Map<string, ReturnType<typeof createHandle>>} */
  const handles = new Map();
  return {
    /** @param {Facet} facet @param {Spot[]} spots */
    update(facet, spots) {
      if (!weights) return;
      for (const [parameter, handle] of handles) {
        if (handle.busy() || spots.some((spot) => spot.parameter === parameter)) continue;
        handle.root.remove();
        handles.delete(parameter);
      }
      for (const spot of spots) {
        const handle = handles.get(spot.parameter) ?? createHandle(spot.parameter, facet, weights);
        if (!handle.root.isConnected) layer.append(handle.root);
        handles.set(spot.parameter, handle);
        put(handle.root, { class: `gw-grip role-${spot.role}` });
        const [right, down] = spot.lean ?? [0, 0];
        handle.root.style.setProperty("--right", String(right));
        handle.root.style.setProperty("--down", String(down));
        Object.assign(handle.root.style, {
          left: `${(100 * (spot.x - left - (right * spot.width) / 2)) / width}%`,
          top: `${(100 * (spot.y - top - (down * spot.height) / 2)) / height}%`,
          width: `${(100 * spot.width) / width}%`,
          height: `${(100 * spot.height) / height}%`,
        });
        handle.show(facet.controls.weights[spot.parameter]);
      }
    },
  };
}

/** @param {Facet} facet @param {string} parameter */
function nameIn(facet, parameter) {
  const word = wordsOf(facet.words);
  for (const { value, parameters } of groupsOf(facet.layout, facet)) {
    const found = parameters.find(({ name }) => name === parameter);
    if (found) return labelOf(word, found, word(`group.${value}`));
  }
  return parameter;
}

/**
 * Enter, Esc and the loss of the focus close a box.
 * @param {HTMLElement} box @param {(byKey: boolean) => void} close
 */
function whenLeft(box, close) {
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
    if (event.key === "Escape" || (event.key === "Enter" && !box.hasAttribute("aria-invalid"))) close(true);
  });
  box.addEventListener("blur", () => close(false));
}

/** @param {string} parameter @param {Facet} facet @param {Weights} weights */
function createHandle(parameter, facet, weights) {
  const {
    slider: [low, high],
    typed: span,
  } = facet.limits;
  const label = nameIn(facet, parameter),
    word = wordsOf(facet.words);
  const handle = el("div", {
    class: "gw-grip-handle",
    role: "spinbutton",
    tabindex: 0,
    "aria-label": label,
    "aria-valuemin": span[0],
    "aria-valuemax": span[1],
  });
  const root = el("div", {}, handle);
  highlightOn(root, () => parameter, weights.hover);
  let start = /** @type {{x: number, value: number}|null} */ (null),
    moved = false,
    at = 0;
  let typing = /** @type {HTMLElement|null} */ (null);

  /** @param {number} value */
  const commit = (value) => weights.commit({ weights: { [parameter]: value } });
  /** @param {number} value @param {number} from @param {number} to */
  const within = (value, from, to) => Number(Math.min(to, Math.max(from, value)).toFixed(2));

  handle.addEventListener("pointerdown", (event) => {
    if (event.button || typing) return;
    handle.setPointerCapture(event.pointerId);
    at = weights.now(parameter);
    start = { x: event.clientX, value: Math.min(high, Math.max(low, at)) };
    moved = false;
  });
  handle.addEventListener("pointermove", ({ clientX }) => {
    if (!start) return;
    moved ||= Math.abs(clientX - start.x) >= DRAG_THRESHOLD_PX;
    if (!moved) return;
    at = within(start.value + PIXEL * (clientX - start.x), low, high);
    weights.preview({ weights: { [parameter]: at } });
  });
  for (const end of ["pointerup", "pointercancel"]) {
    handle.addEventListener(end, () => {
      if (!start) return;
      start = null;
      if (moved) commit(at);
      else if (end === "pointerup") type();
    });
  }
  handle.addEventListener("keydown", (event) => {
    const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter") type();
    else if (way) commit(within(weights.now(parameter) + way * (event.shiftKey ? LEAP : STEP), span[0], span[1]));
    else return;
    event.preventDefault();
  });

  /** A box over the number until it is left. */
  function type() {
    const { box, message, show } = createNumberBox({ label: word("typed", { name: label }), word, span, take: commit });
    const note = el("div", { class: "gw-grip-box" }, box, message);
    show(weights.now(parameter));
    whenLeft(box, (back) => {
      if (typing !== note) return;
      typing = null;
      note.remove();
      if (back) handle.focus();
    });
    typing = note;
    root.append(note);
    box.focus();
  }

  return {
    root,
    busy: () => Boolean(start || typing),
    /** @param {number} value */
    show(value) {
      put(handle, { "aria-valuenow": value, "aria-valuetext": fixed(value, 2) });
    },
  };
}
