/** Maths in HTML: italic letters in their hue with the step as subscript. */

import { el } from "./element.js";

/**
 * @typedef {import("./types.js").Layout} Layout
 * @typedef {import("./types.js").Factor} Factor
 */

export const FUNCTION = /** @type {Record<string, string>} */ ({ sigmoid: "σ", tanh: "tanh", complement: "1 −" });

/** A letter with, or without, its step. @param {string} text @param {string} role @param {number|null} index */
export function letter(text, role, index = null) {
  return el("span", { class: `gw-maths role-${role}` }, el("i", {}, text), index === null ? null : el("sub", {}, String(index)));
}

/** The name of a function, as it stands before its argument. @param {string} name */
export function functionName(name) {
  return el("span", { class: name === "sigmoid" ? "gw-maths quiet" : "gw-maths quiet upright" }, name === "sigmoid" ? el("i", {}, "σ") : FUNCTION[name] ?? name);
}

/** A value as the diagram writes it. @param {Layout} layout @param {string} name @param {number|null} step from 0 @param {boolean} [before] */
export function valueName(layout, name, step, before = false) {
  return letter(name, layout.roles[name] ?? "b", step === null ? null : step + (before ? 0 : 1));
}
