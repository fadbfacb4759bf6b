/** The odds of the letter to come as bars, with marks at what they are at temperature 1; and the temperature. */

import { el, put, say } from "../base/element.js";
import { fixed } from "../base/format.js";
import { entropyOf, oddsOf, tenthsOf } from "./odds.js";
import { visible } from "./text.js";

/** @typedef {import("../base/words.js").Word} Word */

const TOP = 7; // letters that have a bar
const FLASH = 160; // ms
const LOW = 0.2,
  HIGH = 2,
  PLACES = 100; // of the slider: the first is temperature 0, then from LOW to HIGH by equal factors

/** @param {number} place */
export function temperatureAt(place) {
  if (place <= 0) return 0;
  const warm = LOW * (HIGH / LOW) ** ((place - 1) / (PLACES - 1));
  return Math.abs(warm - 1) < 0.012 ? 1 : Number(warm.toFixed(2));
}

/** @param {number} temperature */
export const placeOf = (temperature) =>
  temperature < LOW / 2 ? 0 : 1 + ((PLACES - 1) * Math.log(Math.max(LOW, temperature) / LOW)) / Math.log(HIGH / LOW);

/** @param {number} tenths */
const percent = (tenths) => `${fixed(tenths / 10, 1)}%`;

/**
 * What is told of odds.
 * @param {Float64Array} odds @param {Float64Array} plain at temperature 1
 * @param {string[]} printed of the best letters, and of the others together @param {number[]} marks at temperature 1
 */
const numbersOf = (odds, plain, printed, marks) => ({
  bits: fixed(entropyOf(odds), 1),
  plain: fixed(entropyOf(plain), 1),
  best: printed[0],
  rest: printed[TOP],
  top: TOP,
  was: percent(tenthsOf(marks)[TOP]),
  n: odds.length,
  most: fixed(Math.log2(odds.length), 1),
  even: percent(1000 / odds.length),
});

/** @param {Word} word */
function createRow(word) {
  const letter = el("b", {}),
    bar = el("i", {}),
    mark = el("u", { title: word("mark") }),
    number = el("span", {});
  const root = el("li", {}, letter, el("span", { class: "gw-odd", "aria-hidden": "true" }, bar, mark), number);
  return {
    root,
    /**
     * @param {string} name @param {string} printed @param {number} odd @param {number} plain at temperature 1
     * @param {number} end
     */
    draw(name, printed, odd, plain, end) {
      say(letter, name);
      say(number, printed);
      bar.style.width = `${(100 * odd) / end}%`;
      mark.style.left = `${(100 * plain) / end}%`;
    },
  };
}

/**
 * @param {Word} word @param {string[]} letters @param {boolean} untrained the network has learned nothing
 * @param {(temperature: number) => void} warm while it is dragged @param {() => void} rest
 */
export function createOdds(word, letters, untrained, warm, rest) {
  const after = el("span"),
    told = el("p", { class: "gw-odds-told" }),
    note = el("p", { class: "gw-odds-note", role: "status" });
  const rows = Array.from({ length: TOP + 1 }, () => createRow(word));
  rows[TOP].root.className = "gw-others";
  const output = el("output", {});
  const slider = el("input", {
    type: "range",
    class: "role-b",
    min: 0,
    max: PLACES,
    step: "any",
    "aria-label": word("temperature"),
    style: `--mark:${placeOf(1) / PLACES}`,
  });
  slider.addEventListener("input", () => warm(temperatureAt(Math.round(Number(slider.value)))));
  slider.addEventListener("change", rest);
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    slider.value = String(Math.min(PLACES, Math.max(0, Math.round(Number(slider.value)) + by)));
    warm(temperatureAt(Number(slider.value)));
    rest();
  });
  const root = el(
    "section",
    { class: "gw-card gw-odds-card", "aria-label": word("next") },
    el("header", {}, el("h3", {}, word("next")), after),
    el("ol", { class: "gw-odds" }, ...rows.map((row) => row.root)),
    el("label", { class: "gw-temperature" }, el("b", {}, word("temperature")), slider, output),
    el("div", { class: "gw-odds-words" }, told, note),
  );
  return {
    root,
    /**
     * @param {Float64Array} scores @param {number} temperature @param {string} before @param {number|null} next
     * @returns what the best letter is, and has
     */
    draw(scores, temperature, before, next) {
      const odds = oddsOf(scores, temperature),
        plain = oddsOf(scores, 1);
      const order = [...letters.keys()].sort((a, b) => odds[b] - odds[a] || plain[b] - plain[a]);
      const others = order.slice(TOP);
      const sharesOf = (/** @type {Float64Array} */ of) => [
        ...order.slice(0, TOP).map((k) => of[k]),
        others.reduce((sum, k) => sum + of[k], 0),
      ];
      const shares = sharesOf(odds),
        marks = sharesOf(plain),
        printed = tenthsOf(shares).map(percent);
      const end = Math.max(...shares, ...marks);
      rows.forEach((row, k) => {
        const name = k < TOP ? visible(letters[order[k]] ?? "") : word("others", { n: others.length });
        row.draw(name, printed[k], shares[k], marks[k], end);
        if (k < TOP) put(row.root, { "data-next": order[k] === next });
      });
      say(after, word("after", { text: before }));
      say(output, fixed(temperature, 2));
      const place = placeOf(temperature);
      if (Math.round(Number(slider.value)) !== Math.round(place)) slider.value = String(place);
      const how = temperature === 0 ? "zero" : temperature < 1 ? "sharper" : temperature > 1 ? "flatter" : "plain";
      put(slider, { "aria-valuetext": `${fixed(temperature, 2)}, ${word(how)}` });
      say(told, word(`told.${untrained && temperature ? "untrained" : how}`, numbersOf(odds, plain, printed, marks)));
      return { best: printed[0], letter: visible(letters[order[0]]) };
    },
    /** @param {string} text */
    note: (text) => say(note, text),
    /** The bar of the letter that was drawn. */
    flash() {
      const row = rows.find((each) => each.root.hasAttribute("data-next"))?.root ?? rows[TOP].root;
      put(row, { "data-flash": true });
      setTimeout(() => put(row, { "data-flash": null }), FLASH);
    },
  };
}
