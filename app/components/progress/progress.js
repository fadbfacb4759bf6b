/** Notes in this browser that a task is done. */

import { CHANGED, noteDone } from "./storage.js";

/** @param {{data: import("./data.js").Done}} component */
export default function progress({ data }) {
  try {
    noteDone(localStorage, data.done);
    dispatchEvent(new Event(CHANGED));
  } catch {
    // a browser that keeps nothing
  }
  return () => {};
}
