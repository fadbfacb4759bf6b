/** The button that opens the panel *Take it with you*, which is loaded once somebody is about to press it. */

import { button, el, icon } from "../base/element.js";
import { mount } from "../base/mount.js";
import { redrawn } from "../base/theme.js";
import base from "../base/parts.css" with { type: "css" };
import { showing } from "./showing.js";

/** @typedef {import("./data.js").Data} Data */

const SHARE = ["M12 3v12", "M8 7l4-4 4 4", "M6 11H4v9h16v-9h-2"];

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [base], kind: "gw-taking" };

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function take({ data, parentElement }) {
  const root = mount(parentElement, LOOK, (made) => made);
  /** @returns {Promise<typeof import("./panel.js")>} */
  const load = () => import(new URL(data.panel, document.baseURI).href);
  const open = async () => (await load()).open({ data, root, showing });
  const props = { class: "gw-secondary", "aria-haspopup": "dialog", named: true, onpointerenter: load, onfocus: load };
  const style = "display: inline-flex; gap: 8px; align-items: center; background: none";
  const opener = button(
    data.words.title,
    open,
    { ...props, style },
    icon(SHARE, "gw-icon gw-outline"),
    data.words.title,
  );
  redrawn(root, el("div", {}, opener));
  return () => {};
}
