/** A text on several rows, each word on a ground as strong as its number; the number itself at hover, focus and tap. */

import { el, put, say } from "../base/element.js";
import { filled } from "../base/format.js";
import { mount } from "../base/mount.js";
import sheet from "./sentence.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Row} Row
 * @typedef {import("./data.js").Data} Data
 */

const MANY = 44; // words of which the rows are not all seen at once,
const SOME = 24; // and on a phone
const LOOK = { sheets: [sheet], kind: "gw-sentence" };

/** The colour of a strength. @param {number} strength −1…1 */
function ground(strength) {
  const end = strength < 0 ? "neg" : "pos";
  return `color-mix(in oklab, var(--gw-value-${end}) ${(100 * Math.abs(strength)).toFixed(1)}%, var(--gw-card))`;
}

/** @param {HTMLElement} root @param {{read: () => void}} theme */
function createSentence(root, theme) {
  const body = el("div", { class: "gw-rows" }),
    readout = el("p", { class: "gw-readout", role: "status" });
  const scale = el("div", { class: "gw-scale" });
  root.append(body, readout, scale);

  /** @param {Data} data @param {Row} row @param {number} at @param {(chosen: number) => void} choose */
  function wordOf(data, row, at, choose) {
    const word = el(
      "button",
      {
        type: "button",
        class: "gw-word",
        tabindex: at ? -1 : 0,
        "data-marked": at === data.marked,
        "data-unknown": data.unknown.includes(at),
        "data-hidden": data.hidden.includes(at),
        "aria-label": `${data.words[at]}: ${row.numbers[at]}`,
        onpointerenter: () => choose(at),
        onfocus: () => choose(at),
        onclick: () => choose(at),
      },
      data.words[at],
    );
    if (!data.hidden.includes(at)) word.style.background = ground(row.strengths[at]);
    return word;
  }

  /** Arrow keys walk along a row. @param {HTMLElement} line */
  function walk(line) {
    line.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const words = /** @type {HTMLElement[]} */ ([...line.children]),
        here = words.indexOf(/** @type {HTMLElement} */ (event.target));
      const next = by ? words[here + by] : event.key === "Home" ? words[0] : event.key === "End" ? words.at(-1) : null;
      if (!next) return;
      event.preventDefault();
      words.forEach((word) => put(word, { tabindex: word === next ? 0 : -1 }));
      next.focus();
    });
  }

  return {
    /** @param {Data} data */
    draw(data) {
      theme.read();
      const lines = data.rows.map((row) => el("div", { class: "gw-line", role: "group", "aria-label": row.name }));
      /** @param {number} at */
      const choose = (at) => {
        for (const line of lines) [...line.children].forEach((word, k) => put(word, { "data-chosen": k === at }));
        const place = filled(
          data.scale.word,
          (key) => ({ n: String(at + 1), total: String(data.words.length), word: data.words[at] })[key],
        );
        const notes = [data.unknown.includes(at) && data.scale.unknown, data.hidden.includes(at) && data.scale.hidden];
        const numbers = data.rows.map((row) => `${row.name} ${row.numbers[at]}`);
        say(readout, [place, ...notes.filter(Boolean), ...numbers].join(" · "));
      };
      data.rows.forEach((row, k) => {
        lines[k].append(...data.words.map((_, at) => wordOf(data, row, at, choose)));
        walk(lines[k]);
      });
      body.replaceChildren(
        ...data.rows.map((row, k) =>
          el("section", { part: `row-${k + 1}` }, el("h3", {}, row.name, el("small", {}, row.note)), lines[k]),
        ),
      );
      const many = data.beside ? data.words.length : 0;
      put(body, { "data-beside": data.beside, "data-many": many > MANY, "data-some": many > SOME });
      put(scale, { "data-sides": data.scale.sides ?? false });
      scale.replaceChildren(
        el("span", {}, data.scale.title),
        el("b", {}, data.scale.low),
        el("i"),
        el("b", {}, data.scale.high),
      );
      if (data.marked !== null) choose(data.marked);
    },
  };
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function sentence({ data, parentElement }) {
  mount(parentElement, LOOK, createSentence).draw(data);
  return () => {};
}
