/** All units over some letters, in a dialog: a row a unit, those that follow the same thing together. */

import { button, el, icon, say } from "../base/element.js";
import { fixed, signed } from "../base/format.js";
import { createMap } from "../overview/map.js";
import { ranksOf } from "../overview/numbers.js";
import { endOf, visible } from "./text.js";

/**
 * @typedef {import("../base/words.js").Word} Word
 * @typedef {import("./data.js").Watched} Watched
 * @typedef {import("./network.js").Reading} Reading
 * @typedef {{unit: number, letter: number}} Place
 * @typedef {{word: Word, reading: Reading, state: string, every: Watched[], at: Place,
 *   shown: (letter: number) => string, named: (letter: number) => string, choose: (place: Place) => void}} Opening
 *   `state`: what is shown of a unit; `at`: what is looked at; `named`: to those who listen
 */

const CLOSE = ["M5 5l14 14", "M19 5L5 19"];
const LETTERS = 60,
  NARROW = 28; // letters on a phone
const QUANTILE = 0.9; // of the magnitudes: a few units are far from zero all the time
const BESIDE = 190,
  BESIDE_NARROW = 270; // px of the window's height that the map leaves
const ROOM = 640,
  LEAST = 200;
const LABEL = 17; // px of a group's name

const narrow = () => matchMedia("(max-width: 700px)").matches;

/** The units of each feature, in the order of the rows. @param {Watched[]} every */
function groupsOf(every) {
  /** @type {{name: string, count: number}[]} */
  const groups = [];
  for (const { name } of every) {
    if (groups.at(-1)?.name === name) groups[groups.length - 1].count += 1;
    else groups.push({ name, count: 1 });
  }
  return groups;
}

/**
 * What the map's rows follow, beside them.
 * @param {Word} word @param {Watched[]} every @param {number} height of a row
 */
function namesOf(word, every, height) {
  const names = groupsOf(every).map(({ name, count }) => {
    const text = word(`feature.${name}`);
    const named = count * height >= LABEL ? [text, el("small", {}, ` ${count}`)] : [];
    return el("span", { style: `height:${count * height}px`, title: `${text} ${count}` }, ...named);
  });
  return el("div", { class: "gw-unit-groups", "aria-hidden": "true" }, ...names);
}

/** @param {Opening} opening @param {number} from the first letter @param {number} count of letters */
function createUnits({ word, reading, state, every, at, shown, named, choose }, from, count) {
  const units = every.length,
    order = every.map(({ unit }) => unit),
    ranks = ranksOf(order);
  const place = { unit: at.unit, step: at.letter - from };
  const values = new Float32Array(count * units);
  for (let step = 0; step < count; step += 1) values.set(reading.valuesAt(state, from + step), step * units);
  const end = endOf([...values], QUANTILE);
  const room = Math.max(LEAST, Math.min(ROOM, innerHeight - (narrow() ? BESIDE_NARROW : BESIDE)));
  const map = createMap(
    { units, steps: count, label: word("map", { n: units, letters: count }), room },
    {
      order: () => order,
      rank: (unit) => ranks[unit],
      at: () => place,
      go(to) {
        Object.assign(place, to);
        draw();
      },
      rest: () => choose({ unit: place.unit, letter: from + place.step }),
    },
  );
  const height = parseFloat(/** @type {HTMLElement} */ (map.root.querySelector(".gw-map-sheet")).style.height) / units;
  const heads = Array.from({ length: count }, (_, step) => el("b", {}, visible(shown(from + step))));
  const told = el("p", { class: "gw-unit-told" });
  function draw() {
    const { name, r } = every[ranks[place.unit]];
    const about = { unit: place.unit + 1, what: word(`feature.${name}`), r: signed(r, 2) };
    const letter = from + place.step,
      value = fixed(values[place.step * units + place.unit], 2);
    map.draw(word("map.at", { ...about, n: letter + 1, letter: named(letter), value }), word("map.told", about));
    say(told, word("map.at", { ...about, n: letter + 1, letter: named(letter), value }));
    heads.forEach((head, step) => head.toggleAttribute("data-now", step === place.step));
  }
  const scale = el("span", { class: "gw-letters-scale" }, fixed(-end, 1), el("i", {}), `+${fixed(end, 1)}`);
  return {
    root: el(
      "div",
      { class: "gw-units", style: `--columns:${count}` },
      el("div", { class: "gw-unit-heads", "aria-hidden": "true" }, ...heads),
      namesOf(word, every, height),
      map.root,
      el("footer", {}, told, scale),
    ),
    /** Once it is in the page. */
    begin() {
      map.paint(values, end);
      draw();
      map.show();
      /** @type {HTMLElement|null} */ (map.root.querySelector("[role=gridcell]"))?.focus();
    },
  };
}

/** @param {HTMLElement} root that styles it @param {Opening} opening */
export function openUnits(root, opening) {
  const { word, every, at } = opening;
  const count = Math.min(narrow() ? NARROW : LETTERS, opening.reading.text.length);
  const from = Math.max(0, Math.min(at.letter - count + 1, opening.reading.text.length - count));
  const units = createUnits(opening, from, count);
  const close = button(
    word("close"),
    () => dialog.close(),
    { class: "gw-units-close", named: true },
    icon(CLOSE, "gw-icon gw-outline"),
  );
  const title = el("h3", {}, word("map", { n: every.length, letters: count }));
  const dialog = el(
    "dialog",
    { class: "gw-units-dialog", "aria-label": title.textContent },
    el("header", {}, title, close),
    el("p", { class: "gw-units-hint" }, word("map.hint")),
    units.root,
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the page's own keys are not the dialog's
    if (event.key === "Enter" && event.target !== close) dialog.close();
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  root.append(dialog);
  dialog.showModal();
  units.begin();
}
