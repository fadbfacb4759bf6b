/** A prediction of a page without a stage, as a class is asked it. The reader's own stands beside it. */

import { offerPrediction, pageMoved } from "../class_room/page_link.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{data: Data, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: unknown) => void}}
 *   Component
 */

/** An option or a text without its marks. @param {string} text */
const plain = (text) => text.replace(/\*\*|<[^>]*>/g, "");

/** Hides what a class is asked: Streamlit would take an attribute away when it draws that anew. */
const hiding = new CSSStyleSheet();

/** @param {string} place @param {boolean} held */
function hide(place, held) {
  if (!document.adoptedStyleSheets.includes(hiding)) document.adoptedStyleSheets.push(hiding);
  hiding.replaceSync(held ? `.st-key-${place} { visibility: hidden; }` : "");
}

/** @param {Component} first */
function createPrediction(first) {
  let latest = first,
    held = false,
    opened = false; // by the teacher, here
  let followed = /** @type {boolean|null} */ (null); // whether the teacher's is answered
  let told = /** @type {"held"|"open"|null} */ (null);
  const guessed = () => !held && (followed ?? (opened || latest.data.guessed));

  /** Python hears of what changes the page alone: a rerun is dear. */
  function tell() {
    const now = guessed() === latest.data.guessed ? null : guessed() ? "open" : "held";
    if (now === told) return;
    told = now;
    latest.setStateValue("told", now);
  }
  return {
    here: () => latest.parentElement.isConnected,
    asked: () => ({
      text: plain(latest.data.text),
      options: latest.data.options.map(([option, name]) => /** @type {[string, string]} */ ([option, plain(name)])),
      right: latest.data.right,
      reveal: plain(latest.data.reveal),
    }),
    guessed,
    /** @param {boolean|null} guess */
    follow(guess) {
      followed = guess;
      tell();
    },
    /** @param {boolean} hold */
    hold(hold) {
      if (hold !== held) hide(latest.data.place, hold);
      held = hold;
      if (hold) opened = false;
      tell();
    },
    open() {
      opened = true;
      tell();
      pageMoved();
    },
    /** @param {Component} component */
    update(component) {
      latest = component;
      tell();
    },
  };
}

/** @type {WeakMap<Node, ReturnType<typeof createPrediction>>} */
const made = new WeakMap();

/** @param {Component} component */
export default function prediction(component) {
  const { parentElement, data } = component;
  const one = made.get(parentElement) ?? createPrediction(component);
  made.set(parentElement, one);
  one.update(component);
  offerPrediction(data.name, one);
  return () => {};
}
