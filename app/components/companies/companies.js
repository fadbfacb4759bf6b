/** Two sequences that end alike: what a network remembers after each day, and a guess at its answer. */

import { redrawn } from "../base/theme.js";
import { button, el, put } from "../base/element.js";
import { filled, fixed, typed } from "../base/format.js";
import { mount } from "../base/mount.js";
import sheet from "./companies.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Company} Company
 * @typedef {import("./data.js").Data} Data
 */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [sheet], kind: "gw-companies" };
const PACE = 800; // ms a day
const FULL = 1.5; // a remembered value of so much has the full colour

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The choice that an answer is nearest to: 0, a half or 1. @param {number} answer */
export const nearest = (answer) => Math.round(Math.min(1, Math.max(0, answer)) * 2);

/** A remembered number, as deep in colour as it is large. @param {Element} pill @param {number|null} value
 * @param {string} hidden */
function fill(pill, value, hidden) {
  pill.textContent = value === null ? "?" : fixed(value, 2);
  put(pill, {
    role: value === null ? "img" : null,
    "aria-label": value === null ? hidden : null,
    "data-hidden": value === null,
  });
  const share = value === null ? 0 : Math.min(100, (Math.abs(value) / FULL) * 100);
  /** @type {HTMLElement} */ (pill).style.setProperty("--share", `${share.toFixed(0)}%`);
  put(pill, { "data-sign": value !== null && value < 0 ? "neg" : "pos" });
}

/** A company's row: `show(count)` shows so many days, `tell()` its answer.
 * @param {Company} company @param {Data["words"]} words */
function row({ name, days, memory, answer }, words) {
  const pills = memory.map(() => el("b", { class: "gw-pill" }));
  const columns = days.map((value, k) =>
    el(
      "li",
      { style: `--height:${value}` },
      el(
        "span",
        { class: "gw-day" },
        filled(words.day, () => String(k + 1)),
      ),
      el("i", {}),
      el("span", { class: "gw-read" }, typed(value)),
      pills[k],
    ),
  );
  const end = el("b", { class: "gw-pill gw-end" });
  const root = el(
    "div",
    { class: "gw-row" },
    el(
      "div",
      { class: "gw-who" },
      el("strong", {}, name),
      el("span", {}, words.reads),
      el("span", {}, words.remembers),
    ),
    el("ol", {}, ...columns),
    el("div", { class: "gw-out" }, el("span", {}, words.answers), end),
  );
  /** @param {number} count */
  function show(count) {
    pills.forEach((pill, k) => fill(pill, k < count ? memory[k] : null, words.hidden));
    columns.forEach((column, k) => put(column, { "data-now": k === count - 1 && count < days.length }));
  }
  const tell = (/** @type {boolean} */ told) => fill(end, told ? answer : null, words.hidden);
  return { root, show, tell };
}

/** @param {HTMLElement} root @param {Data} data */
function draw(root, { companies, words, href }) {
  const rows = companies.map((company) => row(company, words));
  const [known, asked] = rows;
  const { memory, answer } = companies[1];
  const before = memory.length - 1;
  let timer = 0;
  known.show(memory.length);
  known.tell(true);

  /** Play the asked company up to a day, from one. @param {number} from @param {number} to @param {() => void} done */
  function play(from, to, done) {
    clearTimeout(timer);
    asked.show(still() ? to : from);
    if (still() || from >= to) done();
    else timer = setTimeout(() => play(from + 1, to, done), PACE);
  }

  const verdict = el("p", { class: "gw-verdict", role: "status" });
  const choices = words.near.map((text, k) => button(text, () => guess(k), {}, text));
  const again = button(words.again, start, { class: "gw-again" }, words.again);
  again.hidden = true;

  /** @param {number} k */
  function guess(k) {
    choices.forEach((choice, n) => put(choice, { "aria-pressed": String(n === k) }));
    play(before, memory.length, () => {
      asked.tell(true);
      const why = filled(words.then, () => fixed(memory[0], 2));
      verdict.replaceChildren(
        el("strong", {}, k === nearest(answer) ? words.right : words.wrong),
        ` ${why} `,
        el("a", { class: "gw-link", href }, words.more),
      );
      again.hidden = false;
    });
  }

  function start() {
    verdict.replaceChildren();
    again.hidden = true;
    for (const choice of choices) choice.removeAttribute("aria-pressed");
    asked.tell(false);
    play(0, before, () => {});
  }

  redrawn(
    root,
    el("h2", {}, words.question),
    known.root,
    asked.root,
    el("p", { class: "gw-same" }, words.same),
    el(
      "div",
      { class: "gw-guess", role: "group", "aria-label": words.guess },
      el("span", {}, words.guess),
      ...choices,
      again,
    ),
    verdict,
  );
  start();
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function companies({ data, parentElement }) {
  const text = JSON.stringify(data);
  const root = mount(parentElement, LOOK, (made) => made);
  if (root.dataset.drawn !== text) draw(root, data);
  root.dataset.drawn = text; // a run of the page that changes nothing does not start it anew
  return () => {};
}
