/** The text: every letter on the ground of a unit's memory, the one that is looked at in a frame. */

import { el, say } from "../base/element.js";
import { fixed } from "../base/format.js";
import { fill } from "../../stage/colour.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("../base/words.js").Word} Word
 */

/** As a letter is shown where it stands alone. @param {string} letter */
export const visible = (letter) => (letter === " " ? "␣" : letter === "\n" ? "↵" : letter);

const QUANTILE = 0.97; // of the magnitudes: what is larger has the full colour too

/** What the full colour stands for. @param {number[]} state */
export function endOf(state) {
  const sizes = state.map(Math.abs).sort((a, b) => a - b);
  return Math.max(0.1, Math.ceil(10 * (sizes[Math.floor(QUANTILE * (sizes.length - 1))] ?? 1)) / 10);
}

/** @param {Word} word @param {Draft} draft @param {number} at */
function cellOf(word, draft, at) {
  const letter = draft.letterAt(at),
    other = draft.otherAt(at),
    given = at < draft.given().length;
  const cell = el(
    "span",
    { class: "gw-letter", "data-given": given, "data-break": letter === "\n", "data-other": other !== null },
    letter === "\n" ? "↵" : letter,
  );
  if (other !== null) cell.title = word("read_as", { letter: visible(other) });
  return cell;
}

/** Scroll only where a cell is not in sight. @param {HTMLElement} body @param {HTMLElement|undefined} cell */
function scrollTo(body, cell) {
  if (!cell) return;
  const top = cell.offsetTop,
    bottom = top + cell.offsetHeight;
  if (top < body.scrollTop) body.scrollTop = top - 2;
  else if (bottom > body.scrollTop + body.clientHeight) body.scrollTop = bottom - body.clientHeight + 2;
}

/** @param {Word} word */
function legendOf(word) {
  const low = el("span"),
    high = el("span");
  const root = el(
    "div",
    { class: "gw-letters-legend" },
    el("span", {}, el("i", { class: "gw-hue-key gw-hue-key-given" }, "a"), word("given")),
    el("span", {}, el("i", { class: "gw-hue-key" }, "a"), word("written")),
    el("span", { class: "gw-letters-scale" }, low, el("i", {}), high),
  );
  return { root, low, high };
}

/**
 * @param {Word} word @param {(at: number) => void} go @param {(by: number) => void} move
 */
export function createText(word, go, move) {
  const body = el("div", { class: "gw-letters", role: "group", tabindex: 0, "aria-label": word("text") });
  const legend = legendOf(word);
  /** @type {HTMLElement[]} */
  const cells = [];
  let shown = /** @type {string[]} */ ([]); // what is drawn of each letter
  let selected = -1;
  const colours = /** @type {string[]} */ ([]);

  body.addEventListener("click", ({ target }) => {
    const cell = target instanceof HTMLElement && target.closest(".gw-letter");
    if (cell) go(cells.indexOf(/** @type {HTMLElement} */ (cell)));
  });
  body.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, ArrowUp: -10, ArrowDown: 10 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own keys move the stage
    move(by);
  });

  /** The letters as elements, in words that are not broken: those that are still the same stay. @param {Draft} draft */
  function renew(draft) {
    const now = draft.reading.text.map((_, at) => `${at < draft.given().length}${draft.letterAt(at)}`);
    let same = 0;
    while (same < now.length && now[same] === shown[same]) same += 1;
    colours.length = Math.min(same, colours.length);
    for (const cell of cells.splice(same)) {
      const inWord = cell.parentElement;
      cell.remove();
      if (!inWord?.querySelector(".gw-letter")) inWord?.remove();
    }
    for (let at = same; at < now.length; at += 1) {
      const before = at ? draft.letterAt(at - 1) : " ";
      if (before === " " || before === "\n" || !body.lastElementChild) body.append(el("span", { class: "gw-word" }));
      const cell = cellOf(word, draft, at);
      cells.push(cell);
      body.lastElementChild?.append(cell, ...(draft.letterAt(at) === "\n" ? [el("br")] : []));
    }
    if (selected >= same) selected = -1;
    shown = now;
  }

  return {
    root: el("div", { class: "gw-text-pane" }, body, legend.root),
    /** @param {Draft} draft @param {number[]} state of the unit @param {number} letter */
    draw(draft, state, letter) {
      renew(draft);
      const end = endOf(state);
      say(legend.low, fixed(-end, 1));
      say(legend.high, `+${fixed(end, 1)}`);
      cells.forEach((cell, at) => {
        const colour = fill(state[at] / end);
        if (colours[at] !== colour) cell.style.background = colours[at] = colour;
        const behind = at > letter;
        if (cell.hasAttribute("data-behind") !== behind) cell.toggleAttribute("data-behind", behind);
      });
      if (selected !== letter) {
        cells[selected]?.removeAttribute("data-now");
        cells[letter]?.setAttribute("data-now", "");
        selected = letter;
        scrollTo(body, cells[letter]);
      }
    },
  };
}
