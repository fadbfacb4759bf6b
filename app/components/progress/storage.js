/** Progress through the course, in this browser's own storage: what is noted here is never sent anywhere. */

const PLACE = "gatewalk.progress";

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

/** @param {Storage} storage */
export const clearDone = (storage) => storage.removeItem(PLACE);

/** What a window hears when the list has changed. */
export const CHANGED = "gatewalk-progress";

const OPENED = "opened"; // stands in the list beside a lesson's tasks

/** How many tasks of a lesson are done. @param {string[]} kept @param {string} lesson */
export const countOf = (kept, lesson) =>
  kept.filter((task) => task.startsWith(`${lesson}.`) && task !== `${lesson}.${OPENED}`).length;

/** @param {string[]} kept @param {string} lesson */
export const wasOpened = (kept, lesson) => kept.includes(`${lesson}.${OPENED}`);

/** @param {Storage} storage @param {string} lesson */
export const noteOpened = (storage, lesson) => noteDone(storage, `${lesson}.${OPENED}`);
