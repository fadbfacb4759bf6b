/** What the screens of a class are made of. */

import { el, icon } from "../base/element.js";
import { svg } from "../base/svg.js";

export const PATHS = {
  eye: ["M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6z", "M12 9.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z"],
  people: [
    "M9 11.2a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8z",
    "M2.8 19.6v-1.4a4.4 4.4 0 0 1 4.4-4.4h3.6a4.4 4.4 0 0 1 4.4 4.4v1.4",
    "M16 4.6a3.4 3.4 0 0 1 0 6.5M18 13.9a4.4 4.4 0 0 1 3.3 4.3v1.4",
  ],
  screen: ["M4 4.5h16v11H4zM9 19.5h6M12 15.5v4"],
  look: ["M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5"],
  check: ["M5 12.5l4.6 4.6L19 7.4"],
  clock: ["M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 7.8V12h3.6"],
};

/** @param {keyof typeof PATHS} name */
export const sign = (name) => icon(PATHS[name], "gw-icon gw-outline");

/** A QR code, with its quiet zone. @param {readonly string[]} rows of modules @param {string} label */
export function qrOf(rows, label) {
  const picture = svg("svg", {
    viewBox: `0 0 ${rows.length} ${rows.length}`,
    role: "img",
    "aria-label": label,
    class: "gw-qr",
  });
  svg("rect", { width: rows.length, height: rows.length, class: "gw-qr-ground" }, picture);
  const d = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`),
  );
  svg("path", { d: d.join(""), class: "gw-qr-dark" }, picture);
  return picture;
}

/**
 * A part that is drawn anew where what it shows has changed, and then has the focus where it was.
 * @template T
 * @param {HTMLElement} root @param {(now: T) => (Node|string|null|false)[]} draw
 */
export function createPart(root, draw) {
  let shown = "";
  return {
    root,
    /** @param {T} now */
    draw(now) {
      const key = JSON.stringify(now);
      if (key === shown) return;
      shown = key;
      const active = /** @type {ShadowRoot|Document} */ (root.getRootNode()).activeElement;
      const act = active instanceof HTMLElement && root.contains(active) ? active.dataset.act : undefined;
      const nodes = draw(now).filter((node) => node !== null && node !== false);
      root.replaceChildren(.../** @type {(Node|string)[]} */ (nodes));
      if (act) /** @type {HTMLElement|null} */ (root.querySelector(`[data-act="${act}"]`))?.focus();
    },
  };
}

export const LETTERS = "ABCDEFGH";

/** The small square with an option's letter, or with a check. @param {number} k @param {boolean} right */
export const letterOf = (k, right = false) =>
  el("i", { class: "gw-letter", "data-right": right, "aria-hidden": "true" }, right ? sign("check") : LETTERS[k]);
