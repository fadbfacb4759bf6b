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

const WORD = 16; // letters that are not broken
const QUANTILE = 0.97; // of the magnitudes: what is larger has the full colour too

/** What the full colour stands for. @param {number[]} state @param {number} [quantile] */
export function endOf(state, quantile = QUANTILE) {
  const sizes = state.map(Math.abs).sort((a, b) => a - b);
  return Math.max(0.1, Math.ceil(10 * (sizes[Math.floor(quantile * (sizes.length - 1))] ?? 1)) / 10);
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
  if (other !== null) cell.title = word("read_as", { typed: letter, letter: visible(other) });
  return cell;
}

/** Scroll only where a cell is not in sight. @param {HTMLElement} body @param {HTMLElement|undefined} cell */
function scrollTo(body, cell) {
  if (!cell) return;
  const place = cell.getBoundingClientRect(),
    top = place.top - body.getBoundingClientRect().top + body.scrollTop, // its line contains its layout
    bottom = top + place.height;
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

/** @param {HTMLElement} body @param {(at: number) => void} go @param {(by: number) => void} move */
function listen(body, go, move) {
  body.addEventListener("click", ({ target }) => {
    const cell = target instanceof HTMLElement && target.closest(".gw-letter");
    if (cell) go([...body.querySelectorAll(".gw-letter")].indexOf(cell));
  });
  body.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, ArrowUp: -10, ArrowDown: 10 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own keys move the stage
    move(by);
  });
}

/**
 * The letters as elements, in words that are not broken and in lines of their own: what is added lays out no line but
 * the last.
 * @param {Word} word @param {HTMLElement} body
 */
function createCells(word, body) {
  /** @type {HTMLElement[]} */
  const cells = [];
  let shown = /** @type {string[]} */ ([]); // what is drawn of each letter
  /** @param {number} length letters that stay */
  function cut(length) {
    for (const cell of cells.splice(length).reverse()) {
      const inWord = cell.parentElement,
        line = inWord?.parentElement;
      cell.remove();
      if (!inWord?.firstChild) inWord?.remove();
      if (!line?.firstChild) line?.remove();
    }
  }
  /** @param {Draft} draft @param {number} at */
  function add(draft, at) {
    const before = at ? draft.letterAt(at - 1) : "\n";
    if (before === "\n") body.append(el("div", { class: "gw-text-line" }));
    const line = /** @type {HTMLElement} */ (body.lastElementChild);
    const full = line.lastElementChild?.childElementCount === WORD;
    if (before === " " || before === "\n" || full) line.append(el("span", { class: "gw-word" }));
    const cell = cellOf(word, draft, at);
    cells.push(cell);
    line.lastElementChild?.append(cell);
  }
  return {
    cells,
    /** Those that are still the same stay. @param {Draft} draft @returns {number} how many */
    renew(draft) {
      const now = draft.reading.text.map((_, at) => `${at < draft.given().length}${draft.letterAt(at)}`);
      let same = 0;
      while (same < now.length && now[same] === shown[same]) same += 1;
      cut(same);
      for (let at = same; at < now.length; at += 1) add(draft, at);
      shown = now;
      return same;
    },
  };
}

/**
 * @param {Word} word @param {(at: number) => void} go @param {(by: number) => void} move
 */
export function createText(word, go, move) {
  const body = el("div", { class: "gw-letters", role: "group", tabindex: 0, "aria-label": word("text") });
  const legend = legendOf(word);
  const { cells, renew } = createCells(word, body);
  listen(body, go, move);
  const drawn = { unit: -1, end: 0, letter: -1 };
  new ResizeObserver(() => scrollTo(body, cells[drawn.letter])).observe(body); // it may be hidden at first

  /** @param {number[]} state @param {number} from @param {number} end */
  function colour(state, from, end) {
    for (let at = from; at < cells.length; at += 1) cells[at].style.background = fill(state[at] / end);
  }
  /**
   * The frame goes to another letter; those behind it are grey.
   * @param {number} from @param {number} to @param {number} added the first letter that is new
   */
  function frame(from, to, added) {
    const behind = (/** @type {number} */ at) => cells[at]?.toggleAttribute("data-behind", at > to);
    for (let at = Math.min(from, to) + 1; at <= Math.max(from, to); at += 1) behind(at);
    for (let at = added; at < cells.length; at += 1) behind(at);
    cells[from]?.removeAttribute("data-now");
    cells[to]?.setAttribute("data-now", "");
    if (from !== to) requestAnimationFrame(() => scrollTo(body, cells[drawn.letter]));
  }
  return {
    root: el("div", { class: "gw-text-pane" }, body, legend.root),
    /** @param {Draft} draft @param {number} unit @param {number[]} state of the unit @param {number} letter */
    draw(draft, unit, state, letter) {
      const same = renew(draft),
        end = endOf(state);
      say(legend.low, fixed(-end, 1));
      say(legend.high, `+${fixed(end, 1)}`);
      colour(state, unit === drawn.unit && end === drawn.end ? same : 0, end);
      frame(Math.min(drawn.letter, same - 1), letter, same);
      Object.assign(drawn, { unit, end, letter });
    },
  };
}
