/**
 * A layer's units over time: thumbnails of every quantity, the chosen one as a map, and the selected unit's curves.
 * What is chosen is drawn here at once, told to the stage beside it, and its sum is asked of the server; the rest of
 * the page follows when the reader lets go.
 */

import { el } from "../base/element.js";
import base from "../base/parts.css" with { type: "css" };
import { mount } from "../base/mount.js";
import { redrawn } from "../base/theme.js";
import { wordsOf } from "../base/words.js";
import { follow } from "../picture/followed.js";
import { createAnswers } from "./answers.js";
import { createSorts, createThumb } from "./choices.js";
import { forget, look, onLooked } from "./look.js";
import { ranksOf, read } from "./numbers.js";
import { createPlots } from "./plots.js";
import sheet from "./overview.css" with { type: "css" };
import map from "./map.css" with { type: "css" };
import plots from "./plots.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{unit: number, step: number, value: string}} Place
 * @typedef {Place & {quantity: import("./numbers.js").Read, order: import("./data.js").Order, ranks: number[],
 *   input: number}} State
 *   `ranks`: of each unit, in this order
 * @typedef {{data: Data, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: unknown) => void}}
 *   Component
 */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [base, sheet, map, plots], kind: "gw-overview" };
const REST = 240; // ms after the last change, before what is not asked for directly is drawn anew

/**
 * @param {HTMLElement} root @param {Data} data @param {() => string} token @param {(place: Place) => void} send
 */
function createOverview(root, data, token, send) {
  const { steps, units, backward, orders } = data;
  const word = wordsOf(data.words);
  const quantities = data.quantities.map(read);
  const first = quantities.find(({ name }) => name === data.chosen) ?? quantities[0];
  /** @type {State} */
  const state = { ...data.at, quantity: first, order: orders[0], ranks: ranksOf(orders[0].units), input: 0 };
  const answers = createAnswers(token, follow);
  let timer = 0,
    telling = false;

  /** The stage counts the steps as its cell reads them. @param {number} step */
  const played = (step) => (backward ? steps - 1 - step : step);
  function tell() {
    telling = true;
    look({ unit: state.unit, step: played(state.step) });
    telling = false;
  }
  const place = () => ({ unit: state.unit, step: state.step, value: state.value });
  function rest() {
    clearTimeout(timer);
    timer = setTimeout(() => send(place()), REST);
  }
  /** @param {Partial<Place>} change */
  function go(change) {
    Object.assign(state, change);
    shown.draw();
    void answers.ask(place());
    if (change.unit !== undefined || change.step !== undefined) tell();
  }
  /** @param {string} name */
  function sort(name) {
    const order = orders.find((each) => each.name === name) ?? orders[0];
    Object.assign(state, { order, ranks: ranksOf(order.units), input: order.input ?? state.input });
    sorted();
    shown.sort();
    shown.draw();
    shown.show();
  }

  const shown = createPlots(data, quantities, word, state, { go, rest });
  const sorts = createSorts(orders, word, sort);
  const thumbs = quantities.map((quantity) =>
    createThumb(quantity, () => {
      state.quantity = quantity;
      renew();
    }),
  );
  /** What changes with the order at once: the maps' rows move. */
  function sorted() {
    thumbs.forEach((thumb, k) => thumb.draw(state.order.units, quantities[k] === state.quantity));
    sorts.draw(state.order.name);
  }
  /** The pictures: another quantity, another theme. */
  function renew() {
    sorted();
    shown.paint();
    shown.draw();
  }

  const group = { class: "gw-thumbs", role: "group", "aria-label": word("quantities") };
  redrawn(
    root,
    el("div", { class: "gw-overview-head" }, el("h2", {}, data.title), el("span", {}, word("hint"))),
    sorts.root,
    el("div", group, ...thumbs.map((thumb) => thumb.root)),
    ...shown.roots,
  );
  renew();
  shown.sort();
  shown.show();
  tell();
  const deaf = onLooked((look) => {
    const { unit, step } = { unit: look.unit ?? state.unit, step: played(look.step) };
    const same = unit === state.unit && step === state.step;
    if (telling || same || unit >= units || step < 0 || step >= steps) return;
    Object.assign(state, { unit, step });
    shown.draw();
    shown.show();
    void answers.ask(place());
    rest();
  });
  return { renew, end: () => (deaf(), answers.end(), clearTimeout(timer)) };
}

/** @param {Component} component */
export default function overview({ data, parentElement, setStateValue }) {
  const kept = mount(parentElement, LOOK, (root) => {
    /** @type {{drawn: ReturnType<typeof createOverview>|null, key: string, send: Component["setStateValue"],
     *   calls: number, root: HTMLElement,
     *   token: string}} */
    const made = { root, key: "", drawn: null, send: setStateValue, calls: 0, token: "" };
    const painted = new MutationObserver(() => made.drawn?.renew()); // its colours are the theme's
    painted.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
    return made;
  });
  kept.send = setStateValue;
  kept.token = data.answers;
  const key = `${data.key} ${data.title}`;
  if (kept.key !== key) {
    kept.drawn?.end();
    kept.key = key;
    const send = (/** @type {Place} */ place) => kept.send("look", { key: data.key, ...place });
    kept.drawn = createOverview(kept.root, data, () => kept.token, send);
  }
  kept.calls += 1;
  const mine = kept.calls;
  return () => {
    if (mine !== kept.calls) return; // a later call has overtaken it
    kept.drawn?.end();
    forget();
  };
}
