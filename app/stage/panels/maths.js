/** Maths in HTML: italic letters in their hue with the step as subscript. */

import { el } from "../../components/base/element.js";
import { FUNCTION } from "../state/notation.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Factor} Factor
 */

/**
 * A letter with, or without, its step; what follows an underscore is a subscript.
 * @param {string} text @param {string} role @param {number|null} index
 */
export function letter(text, role, index = null) {
  const [name, low] = text.split("_");
  const below = [low, index].filter((part) => part !== undefined && part !== null).join(",");
  return el("span", { class: `gw-maths role-${role}` }, el("i", {}, name), below ? el("sub", {}, below) : null);
}

/** The name of a function, as written before its argument. @param {string} name */
export function functionName(name) {
  return el(
    "span",
    { class: name === "sigmoid" ? "gw-maths quiet" : "gw-maths quiet upright" },
    name === "sigmoid" ? el("i", {}, "σ") : (FUNCTION[name] ?? name),
  );
}

/**
 * A value as the diagram writes it: a product has no step of its own.
 * @param {Layout} layout @param {string} name @param {number|null} step from 0 @param {boolean} [before]
 */
export function valueName(layout, name, step, before = false) {
  const label = before ? undefined : layout.wide.values.find((value) => value.name === name && !value.before)?.label;
  if (label && label.length > 1) {
    // a product is written in brackets, by its factors
    return el("span", {}, "(", ...label.map(({ text, role }) => (role ? letter(text, role) : text)), ")");
  }
  return letter(
    name,
    layout.roles[name] ?? "b",
    step === null || /^[A-Za-z]{2,}$/.test(name) ? null : step + (before ? 0 : 1),
  );
}
