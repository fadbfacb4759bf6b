/** SVG elements, and the maths letters written with them. */

/**
 * @typedef {{text: string, role?: string, index?: -1|0, upright?: boolean}} Span  one piece of a formula; `index` is a
 *   subscript counted from the current step (0 the step shown, −1 the one before it)
 */

const NS = "http://www.w3.org/2000/svg";

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag @param {Record<string, string|number>} [attributes] @param {Element} [parent]
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, parent) {
  const element = document.createElementNS(NS, tag);
  set(element, attributes);
  parent?.append(element);
  return element;
}

/** @param {Element} element @param {Record<string, string|number>} attributes */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/**
 * Spans written as maths: italic letters in their hue, upright operators, sans subscripts counted from the step shown.
 * @param {SVGTextElement} text @param {Span[]} spans @param {number} step from 0
 */
export function writeMaths(text, spans, step) {
  text.replaceChildren();
  let rise = "";
  for (const span of spans) {
    const attributes = { class: `${span.upright ? "upright" : "letter"} ${span.role ? `role-${span.role}` : "quiet"}` };
    const piece = svg("tspan", rise ? { ...attributes, dy: rise } : attributes, text);
    piece.textContent = span.text;
    rise = "";
    if (span.index === undefined) continue;
    const low = svg("tspan", { class: `low role-${span.role}`, dy: "0.3143em" }, text); // 0.22 em of the letter
    low.textContent = String(step + 1 + span.index);
    rise = "-0.22em";
  }
}

/** A type size in the picture's own units, but no smaller than can be read. @param {number} size */
export const legible = (size) => `font-size: max(${size}px, var(--least, 0px))`;

/** @type {CanvasRenderingContext2D|null|undefined} */
let pen;

/** The width of a piece of text; a fair guess where there is no canvas. @param {string} text @param {string} font */
function widthOf(text, font) {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 7;
  pen.font = font;
  return pen.measureText(text).width;
}

/**
 * The width of spans as writeMaths sets them.
 * @param {Span[]} spans @param {number} step @param {number} size @param {{sans: string, maths: string}} fonts
 */
export function mathsWidth(spans, step, size, fonts) {
  return spans.reduce((sum, span) => {
    const letter = widthOf(span.text, `${span.upright ? "" : "italic "}${size}px ${fonts.maths}`);
    const low = span.index === undefined ? 0 : widthOf(String(step + 1 + span.index), `${0.7 * size}px ${fonts.sans}`);
    return sum + letter + low;
  }, 0);
}

/** @param {string} text @param {number} size @param {{sans: string}} fonts */
export const numberWidth = (text, size, fonts) => widthOf(text, `bold ${size}px ${fonts.sans}`);
