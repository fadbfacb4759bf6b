/**
 * The card of one value: its number in full, to copy, pin or cover; of a covered value, the place to say what it will
 * be.
 */

import { fill } from "../colour.js";
import { button, el, put, say } from "../../components/base/element.js";
import { chosen, fixed, repr, sentence } from "../../components/base/format.js";
import { valueName } from "./maths.js";
import { readNumber } from "../../components/base/parse.js";
import { numberAt } from "../state/value_ref.js";
import { lineOf } from "./sum_line.js";
import { wordsOf } from "../../components/base/words.js";
import { stageOf, shown } from "../state/visibility.js";

/**
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {{facet: Facet, series: Series, several: boolean}} Found  where a value is
 * @typedef {import("./annotations.js").AnnotationActions} AnnotationActions
 */

/** Any number may be guessed. @type {[number, number]} */
const GUESS = [-1e6, 1e6];
const GAP = 10,
  EDGE = 8;

/** Which day a value belongs to, and whose it is where several are shown. @param {Found} found @param {Ref} ref */
export function whenOf({ facet, series, several }, { before, step }) {
  const word = wordsOf(facet.words),
    day = word("step.one", { n: step + 1 });
  return [before ? word("card.before", { step: day }) : day, several ? series.name : ""].filter(Boolean).join(" · ");
}

/** @param {Facet} facet @param {string} name */
export const calledIn = ({ words }, name) => words[`value.${name}.name`] ?? name;

/** What was guessed, beside the truth. @param {Found} found @param {number} number @param {number|undefined} guess */
export const verdictOf = ({ facet }, number, guess) =>
  guess === undefined || Number.isNaN(number)
    ? ""
    : wordsOf(facet.words)("guess.verdict", { guess: chosen(guess), number: fixed(number, 3) });

/**
 * A number to the clipboard; where the browser refuses, through a selection.
 * @param {string} text @param {HTMLElement} host
 */
async function copied(text, host) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "gw-hidden", tabindex: -1, readonly: true, "aria-hidden": "true" });
    area.value = text;
    host.append(area);
    const back = /** @type {ShadowRoot|Document} */ (host.getRootNode()).activeElement;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (back instanceof HTMLElement) back.focus();
    return done;
  }
}

/**
 * Under the anchor, or above it where the screen ends.
 * @param {HTMLElement} root @param {HTMLElement} box @param {Element} anchor
 */
function place(root, box, anchor) {
  const frame = root.getBoundingClientRect(),
    at = anchor.getBoundingClientRect(),
    own = box.getBoundingClientRect();
  const left = at.left + at.width / 2 - own.width / 2 - frame.left;
  const below = at.bottom + GAP + own.height < innerHeight || at.top - GAP - own.height < 0;
  box.style.left = `${Math.max(EDGE, Math.min(root.clientWidth - own.width - EDGE, left))}px`;
  box.style.top = `${(below ? at.bottom + GAP : at.top - GAP - own.height) - frame.top}px`;
}

/**
 * A box for what the reader expects; at Enter the true value is shown beside it.
 * @param {AnnotationActions} actions @param {Ref} ref @param {Found} found
 */
function guessing(actions, ref, { facet }) {
  const word = wordsOf(facet.words),
    message = el("p", { class: "gw-message", role: "alert" });
  const box = el("input", {
    type: "text",
    inputmode: "decimal",
    class: "gw-guess",
    autocomplete: "off",
    spellcheck: "false",
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const answer = readNumber(box.value, GUESS);
    if ("number" in answer) return actions.reveal(ref, answer.number);
    put(box, { "aria-invalid": "true" });
    say(message, word(answer.mistake.key, answer.mistake.values));
  });
  return el("div", { class: "gw-guessing" }, el("label", {}, el("span", {}, word("guess")), box), message);
}

/** @param {View} view @param {Found} found @param {Ref} ref */
const modeOf = (view, { facet, series }, ref) => {
  const { name, before, step } = ref;
  if (Number.isNaN(numberAt(series, ref))) return "covered";
  return before || shown(stageOf(facet.layout, name), step, view) ? "open" : "later";
};

/**
 * What can be done with a value.
 * @param {AnnotationActions} actions @param {Ref} ref @param {string} mode @param {Found} found
 * @param {{pin: HTMLElement, copy: () => void, go: () => void}} own
 */
function toolsOf(actions, ref, mode, found, { pin, copy, go }) {
  const { facet } = found;
  const word = wordsOf(facet.words);
  if (mode === "covered") {
    return [
      guessing(actions, ref, found),
      button("", () => actions.reveal(ref), { class: "gw-do" }, word("reveal")),
      button("", actions.revealAll, { class: "gw-do" }, word("reveal.all")),
    ];
  }
  const open = mode === "open" ? [button("", copy, { class: "gw-do gw-do-first" }, word("copy")), pin] : [];
  if (ref.before || !(ref.name in facet.formulas)) return [...open, el("i")]; // what is given is nobody's to guess
  return [
    ...open,
    button("", go, { class: "gw-do" }, word("card.go")),
    el("i"),
    button("", () => actions.cover(ref), { class: "gw-do" }, word("cover")),
    button("", () => actions.coverRow(ref), { class: "gw-do" }, word("cover.row")),
  ];
}

/** @param {Ref} ref @param {Found} found @param {() => void} close */
function headOf(ref, found, close) {
  const { facet } = found;
  const step = ref.before ? ref.step - 1 : ref.step;
  return el(
    "header",
    {},
    el("h3", {}, valueName(facet.layout, ref.name, step), el("b", {}, sentence(calledIn(facet, ref.name)))),
    el("span", { class: "gw-when" }, whenOf(found, ref)),
    button(wordsOf(facet.words)("close"), () => close(), { class: "gw-close" }),
  );
}

/**
 * @param {AnnotationActions} actions @param {Ref} ref @param {View} view @param {Found} found @param {() => void}
 *   close
 */
function build(actions, ref, view, found, close) {
  const { facet } = found;
  const word = wordsOf(facet.words);
  const mode = modeOf(view, found, ref);
  const number = el("b", { class: "gw-card-number" });
  const line = el("div");
  const verdict = el("p", { class: "gw-verdict" });
  const status = el("p", { class: "gw-status", role: "status" });
  const pin = button("", () => actions.pin(ref), { class: "gw-do" });
  const go = () => {
    close();
    actions.go(ref);
  };
  async function copy() {
    const text = repr(numberAt(actions.find(ref)?.series ?? found.series, ref) ?? NaN);
    say(status, word((await copied(text, box)) ? "copied" : "copy.refused", { number: text }));
  }
  const box = el(
    "div",
    {
      class: `gw-value-card role-${facet.layout.roles[ref.name] ?? "h"}`,
      role: "dialog",
      "aria-label": `${calledIn(facet, ref.name)}, ${whenOf(found, ref)}`,
      tabindex: -1,
      "data-mode": mode,
    },
    headOf(ref, found, close),
    facet.equations[ref.name] && !ref.before ? el("p", { class: "gw-formula" }, facet.equations[ref.name]) : null,
    el("div", { class: "gw-card-result" }, number, line),
    verdict,
    el("div", { class: "gw-tools" }, ...toolsOf(actions, ref, mode, found, { pin, copy, go })),
    status,
  );
  return {
    box,
    mode,
    /** @param {Found} now */
    update(now) {
      const value = numberAt(now.series, ref) ?? NaN;
      say(number, mode === "later" ? word("not.yet") : fixed(value, 4));
      number.style.background = mode === "open" ? fill(value) : "";
      const sum = mode === "open" ? lineOf(now.facet, now.series, ref) : null;
      line.replaceChildren(...(sum ? [sum] : []));
      say(verdict, verdictOf(now, value, actions.guess(ref)));
      say(pin, word(actions.pinned(ref) ? "unpin" : "pin"));
      put(pin, { "aria-pressed": String(actions.pinned(ref)) });
    },
  };
}

/** @param {HTMLElement} root the stage's @param {AnnotationActions} actions */
export function createValueCard(root, actions) {
  /**
   * @type {{ref: Ref, anchor: Element, back: HTMLElement, box: HTMLElement, mode: string, update: (found: Found) =>
   *   void}|null}
   */
  let card = null;

  /** @param {boolean} [refocus] */
  function close(refocus = true) {
    if (!card) return;
    const { box, back } = card;
    card = null;
    box.remove();
    if (refocus) actions.focus(back);
    actions.changed();
  }

  document.addEventListener("pointerdown", onPointer);
  document.addEventListener("keydown", onKey, true);
  /** @param {PointerEvent} event */
  function onPointer(event) {
    if (card && !event.composedPath().includes(card.box)) close(false);
  }
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!card || event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }

  return {
    close,
    lit: () => card?.ref.name ?? null,
    /**
     * @param {Ref} ref @param {Element} anchor @param {HTMLElement} back what has the focus afterwards
     * @param {View} view
     */
    open(ref, anchor, back, view) {
      const found = actions.find(ref);
      close(false);
      if (!found) return;
      const built = build(actions, ref, view, found, close);
      card = { ref, anchor, back, ...built };
      root.append(built.box);
      built.update(found);
      place(root, built.box, anchor);
      (built.box.querySelector("input") ?? built.box).focus({ preventScroll: true });
      actions.changed();
    },
    /** @param {View} view */
    draw(view) {
      if (!card) return;
      const found = actions.find(card.ref),
        { ref, box } = card;
      if (!found || numberAt(found.series, ref) === undefined) return close();
      if (modeOf(view, found, ref) !== card.mode) {
        const held = box.contains(/** @type {ShadowRoot|Document} */ (box.getRootNode()).activeElement);
        const built = build(actions, ref, view, found, close);
        for (const side of /** @type {const} */ (["left", "top"])) built.box.style[side] = box.style[side];
        box.replaceWith(built.box);
        card = { ...card, ...built };
        if (held) (built.box.querySelector("input") ?? built.box).focus({ preventScroll: true });
      }
      card.update(found);
    },
    destroy() {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey, true);
      card?.box.remove();
    },
  };
}
