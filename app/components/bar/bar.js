/** The bar above every page: home, where the reader is, what can be found. */

import { el } from "../base/element.js";
import { mount } from "../base/mount.js";
import { CHANGED, noteOpened } from "../progress/storage.js";
import sheet from "./bar.css" with { type: "css" };
import lists from "./lists.css" with { type: "css" };
import { search } from "./find.js";
import { lessons } from "./lessons.js";
import { followLinks } from "./navigate.js";

/** @typedef {import("./data.js").Data} Data */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [sheet, lists], kind: "gw-bar" };

/** @param {HTMLElement} root */
function make(root) {
  let language = "";
  /** @type {Data} */
  let data;
  const home = el("a", { class: "gw-link gw-home" }, el("i", { class: "gw-logo" }), el("span", {}, "Gatewalk"));
  const where = el("div", { class: "gw-place" });
  const find = el("div", { class: "gw-search" });
  root.append(home, where, find);
  const draw = () => where.replaceChildren(lessons(data));
  addEventListener(CHANGED, draw);
  followLinks();
  return {
    /** @param {Data} sent */
    update(sent) {
      data = sent;
      home.setAttribute("href", data.home);
      home.setAttribute("aria-label", `Gatewalk: ${data.words.home}`);
      const open = data.lessons[data.here - 1];
      try {
        if (open) noteOpened(localStorage, open.key);
      } catch {
        // a browser that keeps nothing
      }
      draw();
      if (language !== data.words.find) find.replaceChildren(search(() => data));
      language = data.words.find;
    },
  };
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function bar({ data, parentElement }) {
  mount(parentElement, LOOK, make).update(data);
  return () => {};
}
