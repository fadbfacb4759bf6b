/** Notes in this browser that a task is done. */

import { taskSolved } from "../class_room/stage_link.js";
import { CHANGED, noteDone } from "./storage.js";

/** @param {{data: import("./data.js").Done}} component */
export default function progress({ data }) {
  try {
    noteDone(localStorage, data.done);
    dispatchEvent(new Event(CHANGED));
  } catch {
    // a browser that keeps nothing
  }
  const [lesson, task] = data.done.split(".");
  taskSolved(lesson, task);
  return () => {};
}
