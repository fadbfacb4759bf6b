/** Where the reader is in the course: dashes and a list, both of links. */

import { button, el, put } from "../base/element.js";
import { filled } from "../base/format.js";
import { noted, storedProgress } from "../progress/reader.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Lesson} Lesson */
/** @typedef {import("./data.js").Words} Words */

/** How far the reader is in a lesson: its state, and words for it. @param {Lesson} lesson @param {string[]} kept
 * @param {Words} words */
function stateOf(lesson, kept, words) {
  const { state, count } = storedProgress(lesson, kept);
  const text = count ? told(words.done, { count, total: lesson.tasks }) : words.opened;
  return { state, text: state === "new" ? "" : text };
}

/** @param {string} text @param {Record<string, number>} values */
const told = (text, values) => filled(text, (name) => String(values[name]));

/** @param {Data} data */
export function lessons({ here, lessons: all, words, glossary, worksheet }) {
  const kept = noted();
  const states = all.map((lesson) => stateOf(lesson, kept, words));
  const dashes = el(
    "ol",
    { class: "gw-dashes", "aria-label": words.lessons },
    ...all.map(({ title, href }, k) => {
      const { state, text } = states[k];
      const name = [`${k + 1}. ${title}`, text].filter(Boolean).join(" · ");
      const current = k + 1 === here ? "page" : null;
      const props = { class: "gw-link", href, "aria-label": name, "aria-current": current, "data-state": state };
      return el("li", {}, el("a", props, el("span", { class: "gw-tip", "aria-hidden": "true" }, name)));
    }),
  );
  const list = el(
    "nav",
    { class: "gw-list", id: "gw-lessons", "aria-label": words.lessons, hidden: true },
    el(
      "ol",
      {},
      ...all.map(({ title, href }, k) => {
        const { state, text } = states[k];
        const props = { class: "gw-link", href, "aria-current": k + 1 === here ? "page" : null, "data-state": state };
        return el("li", {}, el("a", props, el("i", {}, String(k + 1)), el("span", {}, title), el("small", {}, text)));
      }),
    ),
    el("a", { class: "gw-link gw-glossary", href: glossary }, words.glossary),
    el("a", { class: "gw-link gw-glossary", href: worksheet }, words.worksheet),
  );
  const opener = button(words.lessons, () => toggle(list.hidden), {
    class: "gw-where",
    "aria-expanded": "false",
    "aria-controls": "gw-lessons",
  });
  opener.removeAttribute("aria-label");
  const place = { n: here, total: all.length };
  opener.append(
    el("span", { class: "gw-wide" }, here ? told(words.place, place) : words.lessons),
    el("span", { class: "gw-narrow" }, here ? told(words.short, place) : words.lessons),
  );

  /** @param {boolean} open */
  function toggle(open) {
    list.hidden = !open;
    put(opener, { "aria-expanded": String(open) });
    if (open) /** @type {HTMLElement|null} */ (list.querySelector("[aria-current], a"))?.focus();
  }

  const root = el("div", { class: "gw-lessons" }, opener, list, dashes);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    toggle(false);
    opener.focus();
  });
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (!list.hidden && !root.contains(/** @type {Node|null} */ (relatedTarget))) toggle(false);
  });
  list.addEventListener("click", () => toggle(false));
  return root;
}
