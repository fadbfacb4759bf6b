/** The course: its lessons in groups, with what this browser remembers of each. */

import { redrawn } from "../base/theme.js";
import { button, el } from "../base/element.js";
import { filled } from "../base/format.js";
import { mount } from "../base/mount.js";
import sheet from "./course.css" with { type: "css" };
import { noted, storedProgress } from "./reader.js";
import { CHANGED, clearDone } from "./storage.js";

/** @typedef {import("./data.js").Course} Course */
/** @typedef {import("./data.js").Lesson} Lesson */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [sheet], kind: "gw-course", tag: "nav" };

/** @param {Lesson} lesson @param {number} n @param {string[]} kept @param {Course["words"]} words */
function item(lesson, n, kept, words) {
  const { state, count } = storedProgress(lesson, kept);
  const tasks = filled(words.tasks, (name) => String(name === "total" ? lesson.tasks : count));
  const done = count ? tasks : state === "read" ? words.opened : "";
  const minutes = filled(words.minutes, () => String(lesson.minutes));
  return el(
    "li",
    { "data-state": state },
    el(
      "a",
      { href: lesson.href, class: "gw-link" },
      el("i", { "aria-hidden": "true" }, state === "done" ? "✓" : String(n)),
      el("span", { class: "gw-title" }, lesson.title),
      el("small", {}, done || minutes),
      el("span", { class: "gw-line" }, lesson.line, lesson.needs && el("em", {}, ` · ${lesson.needs}`)),
    ),
  );
}

/** @param {HTMLElement} root @param {Course} course */
function list(root, course) {
  const { groups, words } = course,
    kept = noted();
  let n = 0;
  const columns = groups.map(({ title, hint, lessons }) => {
    const done = lessons.filter((lesson) => storedProgress(lesson, kept).state === "done").length;
    return el(
      "section",
      {},
      el("h2", {}, title, " ", el("span", {}, hint), el("small", {}, `${done}/${lessons.length}`)),
      el("ol", {}, ...lessons.map((lesson) => item(lesson, (n += 1), kept, words))),
    );
  });
  const clear = button(words.clear, forget, { class: "gw-clear" }, words.clear);
  const stored = kept.length ? [" ", words.kept, " ", clear] : [];
  redrawn(root, el("div", { class: "gw-groups" }, ...columns), el("p", {}, words.how, ...stored));

  function forget() {
    clearDone(localStorage);
    dispatchEvent(new Event(CHANGED));
  }
}

/** @param {HTMLElement} root */
function make(root) {
  /** @type {Course} */
  let course;
  addEventListener(CHANGED, () => list(root, course));
  return {
    /** @param {Course} sent */
    update(sent) {
      course = sent;
      list(root, course);
    },
  };
}

/** @param {{data: Course, parentElement: ShadowRoot|HTMLElement}} component */
export default function course({ data, parentElement }) {
  mount(parentElement, LOOK, make).update(data);
  return () => {};
}
