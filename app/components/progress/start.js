/** A link to the lesson that comes next for this reader. */

import { redrawn } from "../base/theme.js";
import { el } from "../base/element.js";
import { filled } from "../base/format.js";
import { mount } from "../base/mount.js";
import sheet from "./course.css" with { type: "css" };
import { nextOf, noted, storedProgress } from "./reader.js";
import { CHANGED } from "./storage.js";

/** @typedef {import("./data.js").Course} Course */

/** @param {HTMLElement} root @param {Course} course */
function draw(root, { groups, words }) {
  const kept = noted(),
    lessons = groups.flatMap((group) => group.lessons);
  const next = nextOf(lessons, kept),
    fresh = lessons.every((lesson) => storedProgress(lesson, kept).state === "new");
  const open = lessons.filter((lesson) => storedProgress(lesson, kept).state !== "done");
  /** @type {Record<string, string|number>} */
  const values = {
    title: next.title,
    count: lessons.length - open.length,
    total: lessons.length,
    minutes: open.reduce((sum, lesson) => sum + lesson.minutes, 0),
  };
  const say = (/** @type {string} */ text) => filled(text, (name) => String(values[name]));
  redrawn(
    root,
    el(
      "a",
      { class: "gw-link gw-begin", href: next.href },
      el("span", {}, say(fresh ? words.begin : words.resume)),
      el(
        "small",
        {},
        filled(words.minutes, () => String(next.minutes)),
      ),
    ),
    el("p", {}, say(fresh ? words.fresh : words.left)),
  );
}

/** @param {HTMLElement} root */
function make(root) {
  /** @type {Course} */
  let course;
  addEventListener(CHANGED, () => draw(root, course));
  return {
    /** @param {Course} sent */
    update(sent) {
      course = sent;
      draw(root, course);
    },
  };
}

/** @param {{data: Course, parentElement: ShadowRoot|HTMLElement}} component */
export default function start({ data, parentElement }) {
  mount(parentElement, { sheets: [sheet], kind: "gw-start" }, make).update(data);
  return () => {};
}
