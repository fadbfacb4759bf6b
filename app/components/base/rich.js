/** Our own texts as nodes: **bold**, *italic*, and `<b class="gw-f">` for a word in the hue of its quantity. */

import { el } from "./element.js";

const MARK = /\*\*(.+?)\*\*|\*(.+?)\*|<b class=["']gw-(\w)["']>(.+?)<\/b>/g;

/** @param {string} text @returns {(Node|string)[]} */
export function rich(text) {
  /** @type {(Node|string)[]} */
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARK)) {
    const [all, bold, italic, role, word] = found;
    nodes.push(text.slice(from, found.index));
    if (role) nodes.push(el("b", { class: `gw-word role-${role}` }, ...rich(word)));
    else nodes.push(bold ? el("b", {}, ...rich(bold)) : el("i", {}, ...rich(italic)));
    from = found.index + all.length;
  }
  return [...nodes, text.slice(from)].filter((node) => node !== "");
}
