/** What is looked at, told from the overview to the stage beside it, and back. */

const LOOK = "gatewalk-look",
  LOOKED = "gatewalk-looked";

/** @typedef {{unit: number, step: number}} Look  the step as the stage counts it, from 0 */

/** @param {string} name @param {Look} look */
const tell = (name, look) => void dispatchEvent(new CustomEvent(name, { detail: look }));

/** @param {string} name @param {(look: Look) => void} take */
function hear(name, take) {
  const listen = (/** @type {Event} */ event) => take(/** @type {CustomEvent<Look>} */ (event).detail);
  addEventListener(name, listen);
  return () => removeEventListener(name, listen);
}

/** The overview asks the stage to show it. @param {Look} look */
export const look = (look) => tell(LOOK, look);
/** @param {(look: Look) => void} take */
export const onLook = (take) => hear(LOOK, take);
/** The stage shows it. @param {Look} look */
export const looked = (look) => tell(LOOKED, look);
/** @param {(look: Look) => void} take */
export const onLooked = (take) => hear(LOOKED, take);
