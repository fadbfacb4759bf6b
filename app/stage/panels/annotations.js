/** Annotations, which stay across the run: the open card, the pinned values, the covered ones. */

import { createValueCard } from "./value_card.js";
import { createAsked } from "../state/asked.js";
import { createCovers } from "../state/covers.js";
import { masked } from "../state/mask.js";
import { numberAt } from "../state/value_ref.js";
import { createPins } from "../state/pins.js";
import { createPinnedValues } from "./pinned_values.js";
import { stageOf } from "../state/visibility.js";
import { highlightedValue } from "../state/weights.js";

/**
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").View} View
 * @typedef {import("./value_card.js").Found} Found
 * @typedef {{covers: import("../types.js").SentScene["covers"],
 *   facets: () => Facet[], view: () => View, version: () => number, covered: () => void, redraw: () => void,
 *   seek: (step: number, stage: number) => void, hover: import("../types.js").Hover}} AnnotationsHost
 *   what the stage provides; `covers`: to begin with; `covered`: other numbers are covered
 * @typedef {{find: (ref: Ref) => Found|null, open: (ref: Ref, anchor: HTMLElement) => void, changed: () => void,
 *   focus: (back: HTMLElement) => void, go: (ref: Ref) => void, hover: import("../types.js").Hover,
 *   guess: (ref: Ref) => number|undefined, pin: (ref: Ref) => void, pinned: (ref: Ref) => boolean,
 *   unpinAll: () => void, cover: (ref: Ref) => void, coverRow: (ref: Ref) => void,
 *   reveal: (ref: Ref, guess?: number) => void, revealAll: () => void}} AnnotationActions
 */

/** The values that a series computes. @param {Facet} facet @param {number} index of the series */
function resultsOf({ layout, series }, index) {
  const names = layout.wide.values.filter(({ stage }) => stage > 0).map(({ name }) => name);
  return [...new Set(names)].map((name) => ({ series: series[index].key, name }));
}

/**
 * Opens the card of a value. While what is covered is so for a whole class no card uncovers it.
 * @param {() => ReturnType<typeof createValueCard>} card @param {AnnotationActions} actions @param {() => View} view
 */
function createOpener(card, actions, view) {
  let isShut = false;
  return {
    /** @param {Ref} ref @param {Element} anchor @param {HTMLElement} back */
    open(ref, anchor, back) {
      const found = actions.find(ref);
      if (isShut && found && Number.isNaN(numberAt(found.series, ref))) return;
      card().open(ref, anchor, back, view());
    },
    /** @param {boolean} on */
    shut(on) {
      if (on && !isShut) card().close();
      isShut = on;
    },
  };
}

/** @param {HTMLElement} root @param {AnnotationsHost} host */
export function createAnnotations(root, host) {
  const covers = createCovers(host.covers),
    asked = createAsked(covers),
    pins = createPins();
  /** @param {() => void} act */
  const covering = (act) => {
    act();
    host.covered();
  };
  /** The same element again, where it was drawn anew. @param {HTMLElement} one */
  function again(one) {
    if (one.isConnected) return one;
    const { value, before, pin } = one.dataset;
    const mark = value
      ? `.gw-arithmetic [data-value="${value}"]${before ? "[data-before]" : ":not([data-before])"}[tabindex]`
      : pin && `[data-pin="${pin}"]`;
    return (mark && /** @type {HTMLElement|null} */ (root.querySelector(mark))) || root;
  }
  /** @type {AnnotationActions} */
  const actions = {
    find({ series: key }) {
      const facets = host.facets(),
        index = facets.findIndex((facet, k) => facet.series[k].key === key);
      return index < 0
        ? null
        : { facet: facets[index], series: facets[index].series[index], several: facets.length > 1 };
    },
    open: (ref, anchor) => opener.open(ref, anchor, anchor),
    changed: host.redraw,
    focus: (back) => again(back).focus({ preventScroll: true }),
    go(ref) {
      const found = actions.find(ref);
      if (found) host.seek(ref.step, Math.max(0, stageOf(found.facet.layout, ref.name)));
    },
    hover: host.hover,
    guess: (ref) => covers.guess(ref, host.view().unit),
    pin(ref) {
      if (pins.has(ref)) pins.remove(ref);
      else pins.add(ref);
      host.redraw();
    },
    pinned: pins.has,
    unpinAll() {
      pins.clear();
      host.redraw();
      root.focus({ preventScroll: true });
    },
    cover: (ref) => covering(() => covers.cover(ref)),
    coverRow: (ref) => covering(() => covers.coverRows([ref])),
    reveal: (ref, guess) => covering(() => covers.reveal(ref, guess, host.view().unit)),
    revealAll: () => covering(asked.revealRest),
  };
  const card = createValueCard(root, actions),
    tray = createPinnedValues(actions);
  const opener = createOpener(() => card, actions, host.view);
  return {
    tray: tray.root,
    /** Something is covered, for a question or by the reader. */
    hiding: covers.any,
    covers: covers.all,
    /** The reader has covered something. */
    covering: asked.more,
    lit: card.lit,
    close: card.close,
    destroy: card.destroy,
    /** @param {Facet[]} facets */
    masked: (facets) => facets.map((facet, index) => masked(facet, index, covers)),
    /** Covers what would give a question's answer away. @param {Ref[]} refs */
    ask: (refs) => covering(() => asked.lay(refs)),
    /** The question is answered. @param {Ref[]} refs */
    answer: (refs) => covering(() => asked.lift(refs)),
    shut: opener.shut,
    /** @param {Ref} ref @param {Element} anchor @param {HTMLElement} [back] */
    open: (ref, anchor, back = /** @type {HTMLElement} */ (anchor)) => opener.open(ref, anchor, back),
    /** Every result there will be, or nothing. */
    coverResults() {
      if (asked.more()) return actions.revealAll();
      covering(() => covers.coverRows(host.facets().flatMap(resultsOf)));
    },
    /** @param {View} view */
    draw(view) {
      card.draw(view);
      tray.draw(pins.all(), host.version(), covers.version());
      tray.highlight(highlightedValue(host.facets()[0], view.hover));
    },
  };
}
