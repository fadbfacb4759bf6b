/**
 * The shared highlight: what has the pointer, or the focus, is highlighted wherever it is shown. A finger has no
 * hover: what it
 * has touched stays highlighted until it touches something else, or Esc.
 */

/** @typedef {import("../types.js").Hover} Hover */

const MARK = "data-light";

/** @param {Element} element @param {(event: Event) => string|null} nameOf @param {Hover} hover */
export function highlightOn(element, nameOf, hover) {
  element.setAttribute(MARK, "");
  element.addEventListener("pointerover", (event) => hover(nameOf(event)));
  element.addEventListener("pointerleave", (event) => {
    if (/** @type {PointerEvent} */ (event).pointerType !== "touch") hover(null);
  });
  if (!(element instanceof HTMLElement)) return; // a drawing that listens for the focus would be given it
  element.addEventListener("focusin", (event) => hover(nameOf(event)));
  // A finger may have highlighted another meanwhile.
  element.addEventListener("focusout", (event) => hover(null, nameOf(event)));
}

/** A touch elsewhere, or Esc, clears the highlight. @param {HTMLElement} root @param {Hover} hover */
export function clearHighlightOn(root, hover) {
  root.addEventListener("pointerdown", (event) => {
    const onMarked = event.composedPath().some((part) => part instanceof Element && part.hasAttribute(MARK));
    if (event.pointerType === "touch" && !onMarked) hover(null);
  });
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hover(null);
  });
}
