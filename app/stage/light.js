/**
 * One light: what a pointer rests on, or the focus stands on, is lit wherever it is shown. A finger does not rest: what it
 * has touched stays lit until it touches something else, or Esc.
 */

/** @typedef {(name: string|null) => void} Hover */

const MARK = "data-light";

/** @param {Element} element @param {(event: Event) => string|null} nameOf @param {Hover} hover */
export function lights(element, nameOf, hover) {
  element.setAttribute(MARK, "");
  for (const start of ["pointerover", "focusin"]) element.addEventListener(start, (event) => hover(nameOf(event)));
  element.addEventListener("pointerleave", (event) => {
    if (/** @type {PointerEvent} */ (event).pointerType !== "touch") hover(null);
  });
  element.addEventListener("focusout", () => hover(null));
}

/** What puts the light out. @param {HTMLElement} root @param {Hover} hover */
export function listenForDark(root, hover) {
  root.addEventListener("pointerdown", (event) => {
    const onLight = event.composedPath().some((part) => part instanceof Element && part.hasAttribute(MARK));
    if (event.pointerType === "touch" && !onLight) hover(null);
  });
  root.addEventListener("keydown", ({ key }) => { if (key === "Escape") hover(null); });
}
