/** A still picture that Python has described: elements with their attributes, and text set as text. */

import { svg } from "../base/svg.js";
import { el } from "../base/element.js";
import { followTheme } from "../base/theme.js";

/** @typedef {[tag: "svg"|"g"|"path"|"rect"|"circle"|"text"|"title", attributes: Record<string, string>, text: string, children: Drawing[]]} Drawing */

const SHEETS = ["../base/tokens.css", "picture.css"];

/** @param {Drawing} drawing @param {Element} parent */
function draw([tag, attributes, text, children], parent) {
  const element = svg(tag, attributes, parent);
  if (text) element.textContent = text;
  for (const child of children) draw(child, element);
}

/** @type {WeakMap<Node, HTMLElement>} */
const roots = new WeakMap();

/** @param {ShadowRoot|HTMLElement} parent */
function createRoot(parent) {
  for (const sheet of SHEETS)
    parent.append(el("link", { rel: "stylesheet", href: new URL(sheet, import.meta.url).href }));
  const root = el("div", { class: "gw gw-still" });
  parent.append(root);
  followTheme(root);
  return root;
}

/** @param {{data: Drawing, parentElement: ShadowRoot|HTMLElement}} component */
export default function picture({ data, parentElement }) {
  const root = roots.get(parentElement) ?? createRoot(parentElement);
  roots.set(parentElement, root);
  const frame = el("div", { class: "gw-wide", tabindex: 0, role: "group", "aria-label": data[1]["aria-label"] }); // it may scroll sideways
  draw(data, frame);
  root.querySelector(".gw-wide")?.remove();
  root.append(frame);
  return () => {};
}
