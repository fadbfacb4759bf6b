/** Where a component is drawn: its root, its style sheets and the page's theme, made once for each parent. */

import { el } from "./element.js";
import { followTheme } from "./theme.js";
import tokens from "./tokens.css" with { type: "css" };

/** @typedef {{sheets: CSSStyleSheet[], kind: string, tag?: "div"|"nav"}} Look */

/** @type {WeakMap<Node, any>} */
const mounted = new WeakMap();

/** Style what a parent holds by the tokens, then by these. @param {Node} parent @param {CSSStyleSheet[]} sheets */
export function adoptSheets(parent, sheets) {
  const root = /** @type {ShadowRoot|Document} */ (parent.getRootNode());
  const missing = [tokens, ...sheets].filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
  root.adoptedStyleSheets.push(...missing);
}

/**
 * What a component keeps from one run to the next: created at the first.
 * @template T
 * @param {ShadowRoot|HTMLElement} parent @param {Look} look
 * @param {(root: HTMLElement, theme: ReturnType<typeof followTheme>) => T} create @returns {T}
 */
export function mount(parent, { sheets, kind, tag = "div" }, create) {
  const known = mounted.get(parent);
  if (known) return known;
  adoptSheets(parent, sheets);
  const root = el(tag, { class: `gw ${kind}` });
  parent.append(root);
  const kept = create(root, followTheme(root));
  mounted.set(parent, kept);
  return kept;
}
