/**
 * A lesson's questions, as the reader's numbers answer them now: Streamlit calls this beside the stage, which hears of
 * it without another scene.
 */

/** @typedef {import("./types.js").Asked} Asked */

const ASKED = "gatewalk-questions";

/** Calls back at each, until what is returned is called. @param {(asked: Asked) => void} heard */
export function followQuestions(heard) {
  const listen = (/** @type {Event} */ event) => heard(/** @type {CustomEvent<Asked>} */ (event).detail);
  addEventListener(ASKED, listen);
  return () => removeEventListener(ASKED, listen);
}

/** @param {Asked} asked */
export const ask = (asked) => void dispatchEvent(new CustomEvent(ASKED, { detail: asked }));

/** @param {{data: Asked}} component */
export default function questions({ data }) {
  ask(data);
  return () => {};
}
