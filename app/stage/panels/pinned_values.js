/** Pinned values side by side: each follows the weights, whatever the playhead does. */

import { calledIn, verdictOf, whenOf } from "./value_card.js";
import { ground } from "../colour.js";
import { button, el, put } from "../../components/base/element.js";
import { fixed, sentence } from "../../components/base/format.js";
import { highlightOn } from "../input/highlight.js";
import { valueName } from "./maths.js";
import { numberAt, refKey } from "../state/value_ref.js";
import { lineOf } from "./sum_line.js";
import { wordsOf } from "../../components/base/words.js";
import { memo } from "../state/memo.js";

/**
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {import("./value_card.js").Found} Found
 * @typedef {import("./annotations.js").AnnotationActions} AnnotationActions
 */

/** @param {AnnotationActions} actions */
export function createPinnedValues(actions) {
  const list = el("ul"),
    root = el("section", { class: "gw-tray", hidden: true }, list);

  /** @param {Ref} ref @param {Found} found */
  function pinOf(ref, found) {
    const { facet, series } = found,
      word = wordsOf(facet.words),
      number = numberAt(series, ref) ?? NaN;
    const name = calledIn(facet, ref.name),
      when = whenOf(found, ref);
    const chip = button(
      `${name}, ${when}`,
      () => actions.open(ref, chip),
      {
        class: "gw-chip",
        "aria-haspopup": "dialog",
        "data-pin": refKey(ref),
        named: true,
        "aria-label": `${name}, ${when}: ${Number.isNaN(number) ? word("covered") : fixed(number, 4)}`,
      },
      fixed(number, 4),
    );
    chip.style.background = ground(number);
    const verdict = verdictOf(found, number, actions.guess(ref));
    const item = el(
      "li",
      { class: `gw-pin role-${facet.layout.roles[ref.name] ?? "h"}`, "data-name": ref.name },
      el(
        "div",
        { class: "gw-pin-head" },
        valueName(facet.layout, ref.name, ref.before ? ref.step - 1 : ref.step),
        el("b", {}, sentence(name)),
        chip,
        button(word("unpin.one", { name: `${name}, ${when}` }), () => actions.pin(ref), { class: "gw-close" }),
      ),
      el("div", { class: "gw-pin-sum" }, el("span", { class: "gw-when" }, when), lineOf(facet, series, ref)),
      verdict ? el("p", { class: "gw-verdict" }, verdict) : null,
    );
    highlightOn(item, () => ref.name, actions.hover);
    return item;
  }

  const drawing = memo(
    (/** @type {Ref[]} */ pins, /** @type {number} */ data, /** @type {number} */ covers) => [
      data,
      covers,
      ...pins.map(refKey),
    ],
    (pins) => {
      const standing = pins.flatMap((ref) => {
        const found = actions.find(ref);
        // A series may be out of sight for a while.
        return found && numberAt(found.series, ref) !== undefined ? [{ ref, found }] : [];
      });
      const active = /** @type {HTMLElement|null} */ (
        /** @type {ShadowRoot|Document} */ (root.getRootNode()).activeElement
      );
      const held = active && root.contains(active) ? active.getAttribute("aria-label") : null;
      list.replaceChildren(...standing.map(({ ref, found }) => pinOf(ref, found)));
      root.querySelector(".gw-clear")?.remove();
      root.hidden = !standing.length;
      if (!standing.length) return;
      const word = wordsOf(standing[0].found.facet.words);
      put(root, { "aria-label": word("pins") });
      if (standing.length > 1)
        root.append(button("", actions.unpinAll, { class: "gw-link gw-clear" }, word("unpin.all")));
      if (held) /** @type {HTMLElement|null} */ (root.querySelector(`[aria-label="${CSS.escape(held)}"]`))?.focus();
    },
  );
  return {
    root,
    draw: drawing.draw,
    /** @param {string|null} name */
    highlight(name) {
      for (const item of list.children) put(item, { "data-hover": item.getAttribute("data-name") === name });
    },
  };
}
