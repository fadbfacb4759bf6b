/** Progress through the course, as this browser remembers it. */

import { button, el } from "../base/element.js";
import { filled } from "../base/format.js";
import { mount } from "../base/mount.js";
import sheet from "./progress.css" with { type: "css" };
import { CHANGED, clearDone, countOf, noteDone, readDone } from "./storage.js";

/**
 * @typedef {import("./data.js").Lesson} Lesson
 * @typedef {import("./data.js").Data} Data
 */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [sheet], kind: "gw-course", tag: "nav" };

/** @param {HTMLElement} root @param {Required<Pick<Data, "lessons"|"words">>} data */
function list(root, { lessons, words }) {
  const all = readDone(localStorage);
  const items = lessons.map(({ key, title, href, tasks }, k) => {
    const count = Math.min(countOf(all, key), tasks);
    return el(
      "li",
      { "data-done": count > 0 },
      el("a", { href, class: "gw-link" }, el("i", { "aria-hidden": "true" }, String(k + 1)), el("span", {}, title)),
      count
        ? el(
            "small",
            {},
            filled(words.done, (name) => String(name === "total" ? tasks : count)),
          )
        : null,
    );
  });
  const clear = all.length
    ? button(
        "",
        () => {
          clearDone(localStorage);
          list(root, { lessons, words });
          dispatchEvent(new Event(CHANGED));
        },
        { class: "gw-clear" },
        words.clear,
      )
    : null;
  root.replaceChildren(el("ol", {}, ...items), all.length ? el("p", {}, words.kept, " ", clear) : "");
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function progress({ data, parentElement }) {
  if (data.done) {
    try {
      noteDone(localStorage, data.done);
      dispatchEvent(new Event(CHANGED));
    } catch {
      return () => {}; // a browser that keeps nothing
    }
  }
  if (!data.lessons || !data.words) return () => {};
  const root = mount(parentElement, LOOK, (made) => made);
  list(root, { lessons: data.lessons, words: data.words });
  return () => {};
}
