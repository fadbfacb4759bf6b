/** Small makers of page elements. All text goes in as text. */

import { svg } from "./svg.js";

/** @typedef {string|Node|null|undefined|false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, any>} [props] attributes; `on…` are listeners @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(
    ...children
      .filter((child) => child !== null && child !== undefined && child !== false)
      .map((child) => /** @type {string|Node} */ (child)),
  );
  return element;
}

/**
 * @param {string} name @param {(event: MouseEvent) => void} onclick @param {Record<string, any>} [props]
 * @param {...Child} children
 */
export function button(name, onclick, props = {}, ...children) {
  return el(
    "button",
    { type: "button", "aria-label": children.length && !props.named ? null : name, onclick, ...props, named: null },
    ...children,
  );
}

/** A drawing of paths in a square of 24. @param {string[]} paths @param {string} [kind] */
export function icon(paths, kind = "gw-icon") {
  const picture = svg("svg", { viewBox: "0 0 24 24", class: kind, "aria-hidden": "true" });
  for (const d of paths) svg("path", { d }, picture);
  return picture;
}

/** Attributes that change with the state. @param {Element} element @param {Record<string, any>} attributes */
export function put(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/** @param {Node} node @param {string} text */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
