/** A still picture that Python has described: elements with their attributes, and text set as text. */

import { svg } from "../base/svg.js";
import { el } from "../base/element.js";
import { mount } from "../base/mount.js";
import { onFollowed } from "./followed.js";
import { redrawn } from "../base/theme.js";
import { lights } from "./lights.js";
import sheet from "./picture.css" with { type: "css" };
import curves from "./curves.css" with { type: "css" };

/**
 * @typedef {[tag: "svg"|"g"|"path"|"rect"|"circle"|"text"|"title", attributes: Record<string, string>, text: string,
 *   children: Drawing[]]} Drawing
 */

const LOOK = { sheets: [sheet, curves], kind: "gw-still" };

/** @param {Drawing} drawing @param {Element} parent */
function draw([tag, attributes, text, children], parent) {
  const element = svg(tag, attributes, parent);
  if (text) element.textContent = text;
  for (const child of children) draw(child, element);
}

/** @param {HTMLElement} root @param {Drawing} drawing */
function show(root, drawing) {
  // It may scroll sideways.
  const frame = el("div", { class: "gw-wide", tabindex: 0, role: "group", "aria-label": drawing[1]["aria-label"] });
  draw(drawing, frame);
  lights(frame);
  const kept = root.querySelector(".gw-wide")?.scrollLeft ?? 0;
  const { "data-title": title, "data-caption": caption } = drawing[1];
  redrawn(root, ...(title ? [el("h4", {}, title), el("p", {}, caption)] : []), frame);
  const start = drawing[1]["data-start"];
  frame.scrollLeft = start ? Number(start) * frame.scrollWidth : kept;
}

/** @param {{data: Drawing, parentElement: ShadowRoot|HTMLElement}} component */
export default function picture({ data, parentElement }) {
  const root = mount(parentElement, LOOK, (made) => made);
  show(root, data);
  return onFollowed(data[1]["data-key"], (drawing) => show(root, drawing));
}
