/** Progress through the course, in this browser's own storage: what is noted here is never sent anywhere. */

import { button, el } from "../base/element.js";
import { filled } from "../base/format.js";
import { mount } from "../base/mount.js";

/**
 * @typedef {import("./data.js").Lesson} Lesson
 * @typedef {import("./data.js").Data} Data
 */

const PLACE = "gatewalk.progress";
/** @type {import("../base/mount.js").Look} */
const LOOK = { base: import.meta.url, sheets: ["progress.css"], kind: "gw-course", tag: "nav" };

/** Tasks that are done, as `<lesson>.<task>`. @param {Storage} storage @returns {string[]} */
export function readDone(storage) {
  try {
    const kept = JSON.parse(storage.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? kept.filter((task) => typeof task === "string") : [];
  } catch {
    return []; // nothing readable is nothing done
  }
}

/** @param {Storage} storage @param {string} task */
export function noteDone(storage, task) {
  const all = readDone(storage);
  if (!all.includes(task)) storage.setItem(PLACE, JSON.stringify([...all, task]));
}

/** @param {HTMLElement} root @param {Required<Pick<Data, "lessons"|"words">>} data */
function list(root, { lessons, words }) {
  const all = readDone(localStorage);
  const items = lessons.map(({ key, title, href }, k) => {
    const count = all.filter((task) => task.startsWith(`${key}.`)).length;
    return el(
      "li",
      { "data-done": count > 0 },
      el("a", { href, target: "_self" }, el("i", { "aria-hidden": "true" }, String(k + 1)), el("span", {}, title)),
      count
        ? el(
            "small",
            {},
            filled(words.done, () => String(count)),
          )
        : null,
    );
  });
  const clear = all.length
    ? button(
        "",
        () => {
          localStorage.removeItem(PLACE);
          list(root, { lessons, words });
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
    } catch {
      return () => {}; // a browser that keeps nothing
    }
  }
  if (!data.lessons || !data.words) return () => {};
  const root = mount(parentElement, LOOK, (made) => made);
  list(root, { lessons: data.lessons, words: data.words });
  return () => {};
}
