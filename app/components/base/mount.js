/** Where a component is drawn: its root, its style sheets and the page's theme, made once for each parent. */

import { el } from "./element.js";
import { followTheme } from "./theme.js";

/**
 * @typedef {{base: string, sheets: string[], kind: string, tag?: "div"|"nav"}} Look
 *   `base`: the address its `sheets` are relative to
 */

/** @type {WeakMap<Node, any>} */
const mounted = new WeakMap();

/**
 * @param {Node} parent @param {string} base @param {string[]} sheets
 * @returns {Promise<unknown>} once all of them are here, or have failed
 */
export function loadSheets(parent, base, sheets) {
  const loaded = sheets.map((sheet) => {
    const link = el("link", { rel: "stylesheet", href: new URL(sheet, base).href });
    const done = new Promise((resolve) => (link.onload = link.onerror = resolve));
    parent.appendChild(link);
    return done;
  });
  return Promise.all(loaded);
}

/**
 * What a component keeps from one run to the next: created at the first.
 * @template T
 * @param {ShadowRoot|HTMLElement} parent @param {Look} look
 * @param {(root: HTMLElement, theme: ReturnType<typeof followTheme>) => T} create @returns {T}
 */
export function mount(parent, { base, sheets, kind, tag = "div" }, create) {
  const known = mounted.get(parent);
  if (known) return known;
  loadSheets(parent, base, ["../base/tokens.css", ...sheets]);
  const root = el(tag, { class: `gw ${kind}` });
  parent.append(root);
  const kept = create(root, followTheme(root));
  mounted.set(parent, kept);
  return kept;
}
