/**
 * One light: what a pointer rests on, or the focus stands on, is lit wherever it is shown. A finger does not rest: what it
 * has touched stays lit until it touches something else, or Esc.
 */

/** @typedef {(name: string|null, from?: string|null) => void} Hover  null puts out the light; with `from`, only if it is that one */

const MARK = "data-light";

/** @param {Element} element @param {(event: Event) => string|null} nameOf @param {Hover} hover */
export function lights(element, nameOf, hover) {
  element.setAttribute(MARK, "");
  element.addEventListener("pointerover", (event) => hover(nameOf(event)));
  element.addEventListener("pointerleave", (event) => {
    if (/** @type {PointerEvent} */ (event).pointerType !== "touch") hover(null);
  });
  if (!(element instanceof HTMLElement)) return; // a drawing that listens for the focus would be given it
  element.addEventListener("focusin", (event) => hover(nameOf(event)));
  element.addEventListener("focusout", (event) => hover(null, nameOf(event))); // a finger may have lit another meanwhile
}

/** What puts the light out. @param {HTMLElement} root @param {Hover} hover */
export function listenForDark(root, hover) {
  root.addEventListener("pointerdown", (event) => {
    const onLight = event.composedPath().some((part) => part instanceof Element && part.hasAttribute(MARK));
    if (event.pointerType === "touch" && !onLight) hover(null);
  });
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hover(null);
  });
}
