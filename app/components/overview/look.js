/** What is looked at, told from the overview to the stage beside it, and back. */

const LOOK = "gatewalk-look",
  LOOKED = "gatewalk-looked";

/**
 * @typedef {{unit: number|null, step: number}} Look
 *   the step as the stage counts it, from 0; no unit of a stage that has but one
 */

/** @param {string} name @param {Look} look */
const tell = (name, look) => void dispatchEvent(new CustomEvent(name, { detail: look }));

/** @param {string} name @param {(look: Look) => void} take */
function hear(name, take) {
  const listen = (/** @type {Event} */ event) => take(/** @type {CustomEvent<Look>} */ (event).detail);
  addEventListener(name, listen);
  return () => removeEventListener(name, listen);
}

/** What was asked for last: a stage may come later. @type {Look|null} */
let latest = null;

/** The overview asks the stage to show it. @param {Look} look */
export function look(look) {
  latest = look;
  tell(LOOK, look);
}
/** @param {(look: Look) => void} take */
export function onLook(take) {
  return hear(LOOK, take);
}
/** For a stage that comes to a page with an overview. */
export const wanted = () => latest;
/** The overview has gone. */
export const forget = () => void (latest = null);
/** The stage shows it. @param {Look} look */
export const looked = (look) => tell(LOOKED, look);
/** @param {(look: Look) => void} take */
export const onLooked = (take) => hear(LOOKED, take);
