/** A button that opens a small panel beside it. Esc, and a press elsewhere, close it. */

import { button, el, put } from "../../components/base/element.js";

/**
 * @param {string} label the button's name @param {string} kind its class @param {Node|string} face what is on it
 * @param {...Node} content
 */
export function createPopover(label, kind, face, ...content) {
  const panel = el("div", { class: "gw-popover", role: "dialog", "aria-label": label }, ...content);
  const opener = button(
    label,
    () => toggle(panel.hidden),
    { class: `gw-key ${kind}`, named: true, title: label, "aria-haspopup": "dialog" },
    face,
  );
  const root = el("div", { class: `gw-popover-place ${kind}-place` }, opener, panel);
  /** @param {boolean} open */
  function toggle(open) {
    panel.hidden = !open;
    put(opener, { "aria-expanded": String(open) });
  }
  toggle(false);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    toggle(false);
    opener.focus();
  });
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(/** @type {Node} */ (relatedTarget))) toggle(false);
  });
  return {
    root,
    opener,
    toggle,
    /** @param {Event} event a press anywhere on the stage */
    press: (event) => {
      if (!event.composedPath().includes(root)) toggle(false);
    },
  };
}
