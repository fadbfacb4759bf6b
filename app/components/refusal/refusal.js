/** Why a file was refused: its title and name take the focus, once for each. */

import { el } from "../base/element.js";
import { mount } from "../base/mount.js";
import { redrawn } from "../base/theme.js";
import base from "../base/parts.css" with { type: "css" };
import sheet from "./refusal.css" with { type: "css" };

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [base, sheet], kind: "gw-refusal" };

/** @param {{data: import("./data.js").Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function refusal({ data: { title, name }, parentElement }) {
  const root = mount(parentElement, LOOK, (made) => made);
  if (root.dataset.told === `${title} ${name}`) return () => {};
  root.dataset.told = `${title} ${name}`;
  const told = el("div", { role: "alert", tabindex: -1 }, el("h1", {}, title), el("p", {}, el("code", {}, name)));
  redrawn(root, el("i", { "aria-hidden": "true" }), told);
  told.focus();
  return () => {};
}
