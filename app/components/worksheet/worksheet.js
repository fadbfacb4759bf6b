/** A document that is to be printed: a preview of its pages, with buttons that print and save it. */

import { button, el } from "../base/element.js";
import { mount } from "../base/mount.js";
import base from "../base/parts.css" with { type: "css" };
import sheet from "./worksheet.css" with { type: "css" };

/** @typedef {import("./data.js").Data} Data */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [base, sheet], kind: "gw-worksheet" };

/** How wide and how high the document is beside its pages' margins: one page is seen at once. */
const WIDTH = 892,
  HEIGHT = 1150;

/** @param {HTMLElement} root @param {Data} data */
function create(root, { words }) {
  /** @type {Data|null} */
  let shown = null;
  // It runs no script; its own origin is ours, so that it can be asked to print.
  const frame = el("iframe", { title: words.preview, sandbox: "allow-same-origin allow-modals" });
  const box = el("div", { class: "preview" }, frame);
  const print = button(words.print, () => frame.contentWindow?.print(), { class: "strong" });
  const save = button(words.save, () => shown && download(shown.html, shown.name));
  root.append(el("div", { class: "buttons" }, print, save), box);
  new ResizeObserver(() => {
    const scale = Math.min(1, box.clientWidth / WIDTH);
    frame.style.transform = `scale(${scale})`;
    box.style.height = `${HEIGHT * scale}px`;
  }).observe(box);
  return {
    /** @param {Data} data */
    update(data) {
      if (data.html === shown?.html) return;
      const place = frame.contentWindow?.scrollY ?? 0; // a setting is mostly about the page that is looked at
      frame.addEventListener("load", () => frame.contentWindow?.scrollTo(0, place), { once: true });
      frame.srcdoc = data.html;
      print.textContent = data.words.print;
      save.textContent = data.words.save;
      shown = data;
    },
  };
}

/** @param {string} html @param {string} name */
function download(html, name) {
  const href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  el("a", { download: name, href }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function worksheet({ data, parentElement }) {
  mount(parentElement, LOOK, (root) => create(root, data)).update(data);
  return () => {};
}
