/**
 * A network that writes letter by letter: its text, its odds for the letter to come, and the cell of one of its units.
 * All of it is computed here; the server sends a network once, and the address has what was chosen.
 */

import { el, say } from "../base/element.js";
import base from "../base/parts.css" with { type: "css" };
import controls from "../base/controls.css" with { type: "css" };
import { mount } from "../base/mount.js";
import { redrawn } from "../base/theme.js";
import { createWriter } from "./writer.js";
import sheet from "./writing.css" with { type: "css" };
import mapSheet from "../overview/map.css" with { type: "css" };
import unitMapSheet from "./unit_map.css" with { type: "css" };
import oddsSheet from "./odds.css" with { type: "css" };
import textSheet from "./text.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{data: Data, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: unknown) => void}}
 *   Component
 */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [base, controls, sheet, oddsSheet, textSheet, mapSheet, unitMapSheet], kind: "gw-writing" };

/** @param {Component} component */
export default function writing({ data, parentElement, setStateValue }) {
  const kept = mount(parentElement, LOOK, (root) => {
    /** @type {{root: HTMLElement, drawn: ReturnType<typeof createWriter>|null, key: string, calls: number,
     *   token: string,
     *   send: Component["setStateValue"], back: boolean, moved: () => void}} */
    const made = {
      root,
      drawn: null,
      key: "",
      calls: 0,
      token: "",
      send: setStateValue,
      back: false,
      moved: () => void (made.back = true), // what comes next is of another address
    };
    addEventListener("popstate", made.moved);
    return made;
  });
  kept.send = setStateValue;
  kept.token = data.answers;
  const { network, words, facts, watched, every, sources, kinds } = data;
  const key = JSON.stringify([network.key, words, facts, watched, every, sources, kinds]);
  if (kept.key !== key) {
    kept.drawn?.end();
    kept.key = key;
    const live = el("div", { class: "gw-hidden", "aria-live": "polite", "aria-atomic": "true" });
    kept.drawn = createWriter(data, {
      send: (name, value) => kept.send(name, value),
      announce: (text) => say(live, text),
      token: () => kept.token,
    });
    redrawn(kept.root, kept.drawn.root, live);
    kept.drawn.begin();
  } else {
    kept.drawn?.stay();
    if (kept.back) kept.drawn?.open(data.asked);
  }
  kept.back = false;
  kept.calls += 1;
  const mine = kept.calls;
  return () => {
    if (mine !== kept.calls) return; // a later call has overtaken it
    kept.drawn?.end();
    kept.key = "";
    kept.drawn = null;
  };
}
