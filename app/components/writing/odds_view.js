/** The odds of the letter to come as bars, with marks at what they are at temperature 1; and the temperature. */

import { el, put, say } from "../base/element.js";
import { fixed } from "../base/format.js";
import { entropyOf, oddsOf } from "./odds.js";
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

/** @param {number} odd */
const percent = (odd) => `${fixed(100 * odd, 1)}%`;

/** @param {Word} word */
function createRow(word) {
  const letter = el("b", {}),
    bar = el("i", {}),
    mark = el("u", { title: word("mark") }),
    number = el("span", {});
  const root = el("li", {}, letter, el("span", { class: "gw-odd", "aria-hidden": "true" }, bar, mark), number);
  return {
    root,
    /** @param {string} name @param {number} odd @param {number} plain at temperature 1 @param {number} end */
    draw(name, odd, plain, end) {
      say(letter, name);
      say(number, percent(odd));
      bar.style.width = `${(100 * odd) / end}%`;
      mark.style.left = `${(100 * plain) / end}%`;
    },
  };
}

/**
 * @param {Word} word @param {string[]} letters @param {(temperature: number) => void} warm while it is dragged
 * @param {() => void} rest
 */
export function createOdds(word, letters, warm, rest) {
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
    told,
    note,
  );
  return {
    root,
    /** @param {Float64Array} scores @param {number} temperature @param {string} before @param {number|null} next */
    draw(scores, temperature, before, next) {
      const odds = oddsOf(scores, temperature),
        plain = oddsOf(scores, 1);
      const order = [...letters.keys()].sort((a, b) => odds[b] - odds[a] || plain[b] - plain[a]);
      const others = order.slice(TOP);
      const rest = others.reduce((sum, k) => sum + odds[k], 0),
        restPlain = others.reduce((sum, k) => sum + plain[k], 0);
      const end = Math.max(...order.slice(0, TOP).flatMap((k) => [odds[k], plain[k]]), rest, restPlain);
      rows.slice(0, TOP).forEach((row, k) => {
        row.draw(visible(letters[order[k]]), odds[order[k]], plain[order[k]], end);
        put(row.root, { "data-next": order[k] === next });
      });
      rows[TOP].draw(word("others", { n: others.length }), rest, restPlain, end);
      say(after, word("after", { text: before }));
      say(output, fixed(temperature, 2));
      const place = placeOf(temperature);
      if (Math.round(Number(slider.value)) !== Math.round(place)) slider.value = String(place);
      const how = temperature === 0 ? "zero" : temperature < 1 ? "sharper" : temperature > 1 ? "flatter" : "plain";
      put(slider, { "aria-valuetext": `${fixed(temperature, 2)}, ${word(how)}` });
      const bits = {
        bits: fixed(entropyOf(odds), 1),
        plain: fixed(entropyOf(plain), 1),
        best: percent(odds[order[0]]),
      };
      say(told, word(`told.${how}`, bits));
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
