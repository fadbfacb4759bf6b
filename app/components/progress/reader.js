/** How far a reader is. */

import { countOf, readDone, wasOpened } from "./storage.js";

/** @typedef {{key: string, tasks: number}} Tasks */
/** @typedef {{state: "new"|"read"|"done", count: number}} Progress */

/** The tasks that are noted in this browser, if it keeps any. */
export function noted() {
  try {
    return readDone(localStorage);
  } catch {
    return [];
  }
}

/** How far the reader is in a lesson. @param {Tasks} lesson @param {string[]} kept @returns {Progress} */
export function storedProgress({ key, tasks }, kept) {
  const count = Math.min(countOf(kept, key), tasks);
  if (count === tasks) return { state: "done", count };
  return { state: count || wasOpened(kept, key) ? "read" : "new", count };
}

/**
 * The lesson that comes next: the last that was opened, unless all its tasks are done; then the one after it.
 * @template {Tasks} L
 * @param {L[]} lessons @param {string[]} kept @returns {L}
 */
export function nextOf(lessons, kept) {
  const opened = lessons.filter(({ key }) => wasOpened(kept, key) || countOf(kept, key));
  const last = opened.at(-1);
  if (!last) return lessons[0];
  return storedProgress(last, kept).state === "done" ? (lessons[lessons.indexOf(last) + 1] ?? lessons[0]) : last;
}
