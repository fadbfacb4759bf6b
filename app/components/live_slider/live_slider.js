/** A slider that Python answers while it moves, with a box for its number; see queue.js for what is sent when. */

import { el, put, say } from "../base/element.js";
import { mount } from "../base/mount.js";
import { createNumberBox } from "../base/number_input.js";
import { wordsOf } from "../base/words.js";
import { offerSlider, pageMoved } from "../class_room/page_link.js";
import { createQueue } from "./queue.js";
import { scaleOf } from "./scale.js";
import controls from "../base/controls.css" with { type: "css" };
import sheet from "./live_slider.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{data: Data, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: unknown) => void}}
 *   Component
 */

const LOOK = { sheets: [controls, sheet], kind: "gw-live" };
const REST_AFTER_MS = 400; // between two keys: held down or pressed in a row they are one change
const FOLLOW_EVERY_MS = 250; // a class asks for its pictures all at once

/**
 * The range with its number: a box to type into, or what is chosen.
 * @param {Data} data @param {(at: number) => void} take  a number has been typed
 */
function createControls(data, take) {
  const scale = scaleOf(data.places);
  const range = el("input", { type: "range", id: "range", min: scale.low, max: scale.high, step: scale.step });
  const output = el("output", { for: "range" });
  const word = wordsOf(data.words);
  const box = data.places.options
    ? null
    : createNumberBox({
        label: word("typed", { name: data.label }),
        word,
        span: [scale.low, scale.high],
        whole: Number.isInteger(scale.step),
        written: scale.shown,
        take,
      });
  const share = (/** @type {number} */ place) => (place - scale.low) / (scale.high - scale.low || 1);
  return {
    scale,
    range,
    parts: [range, box?.box ?? output, box?.message ?? null],
    typing: () => box?.busy() ?? false,
    /** @param {number} place @param {boolean} moved by the reader, on the range */
    show(place, moved) {
      if (!moved) range.value = String(place);
      if (moved) box?.complain("");
      const [from, to] = [share(Math.max(scale.low, Math.min(0, scale.high))), share(place)].sort((a, b) => a - b);
      range.style.setProperty("--from", String(from));
      range.style.setProperty("--to", String(to));
      put(range, { "aria-valuetext": scale.shown(place) });
      box?.show(place);
      say(output, scale.shown(place));
    },
    /** @param {boolean} disabled */
    disable(disabled) {
      range.disabled = disabled;
      if (box) box.box.disabled = disabled;
    },
  };
}

/** @param {HTMLElement} root @param {Component} first */
function createSlider(root, first) {
  let latest = first,
    place = 0,
    pressed = false,
    moved = false, // since it last rested
    followed = false, // it is where another's is
    offered = 0,
    timer = 0;
  const queue = createQueue((request) => root.isConnected && latest.setStateValue("sent", request));
  const name = el("label", { for: "range" });
  const body = el("div", { class: "gw-row" });
  root.append(body);
  let controls = createControls(first.data, choose);
  let built = "";

  /** @param {boolean} rest */
  const offer = (rest) => queue.offer({ text: controls.scale.textAt(place), rest });

  function settle() {
    clearTimeout(timer);
    pressed = false;
    if (moved) offer(true);
    moved = false;
  }
  /** @param {number} to */
  function choose(to) {
    place = to;
    controls.show(place, false);
    offer(true);
    pageMoved();
  }
  function move() {
    moved = true;
    place = Number(controls.range.value);
    controls.show(place, true);
    if (latest.data.live) offer(false);
    pageMoved();
    clearTimeout(timer);
    if (!pressed) timer = setTimeout(settle, REST_AFTER_MS);
  }
  /** The teacher's of a class, as the address has it; null ends it. @param {string|null} text */
  function follow(text) {
    followed = text !== null;
    controls.disable(followed || latest.data.disabled);
    const to = text === null ? place : controls.scale.placeOf(text);
    if (to === place) return;
    moved = true;
    place = to;
    controls.show(place, false);
    if (latest.data.live && Date.now() - offered > FOLLOW_EVERY_MS) {
      offered = Date.now();
      offer(false);
    }
    clearTimeout(timer);
    timer = setTimeout(settle, REST_AFTER_MS);
  }
  function build() {
    const { places, label, words } = latest.data;
    const now = JSON.stringify([places, label, words]);
    if (now === built) return;
    built = now;
    controls = createControls(latest.data, choose);
    const { range } = controls;
    range.addEventListener("pointerdown", () => (pressed = true));
    range.addEventListener("input", move);
    range.addEventListener("change", () => pressed && settle()); // released, wherever the pointer is
    for (const end of ["pointerup", "pointercancel", "blur"]) range.addEventListener(end, settle);
    say(name, label);
    body.replaceChildren(...[name, ...controls.parts].filter((part) => part !== null));
  }
  return {
    /** @param {Component} component */
    update(component) {
      latest = component;
      const { data } = latest;
      build();
      offerSlider(data.name, { here: () => root.isConnected, text: () => controls.scale.textAt(place), follow });
      controls.disable(followed || data.disabled);
      queue.answer(data.handled);
      if (pressed || moved || queue.busy() || controls.typing()) return;
      place = controls.scale.placeOf(data.text);
      controls.show(place, false);
      pageMoved();
    },
  };
}

/** @param {Component} component */
export default function liveSlider(component) {
  const slider = mount(component.parentElement, LOOK, (root) => createSlider(root, component));
  slider.update(component);
  return () => {};
}
