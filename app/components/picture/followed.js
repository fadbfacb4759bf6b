/** Pictures that follow from the stage are drawn anew when it says so, without a rerun of the page. */

/** @typedef {import("./picture.js").Drawing} Drawing */

const FOLLOWED = "gatewalk-pictures";

/** @param {Record<string, Drawing>} pictures by key */
export const follow = (pictures) => void dispatchEvent(new CustomEvent(FOLLOWED, { detail: pictures }));

/**
 * Draws at each picture of this key, until what is returned is called.
 * @param {string} key @param {(drawing: Drawing) => void} draw
 */
export function onFollowed(key, draw) {
  const listen = (/** @type {Event} */ event) => {
    const drawing = /** @type {CustomEvent<Record<string, Drawing>>} */ (event).detail[key];
    if (drawing) draw(drawing);
  };
  addEventListener(FOLLOWED, listen);
  return () => removeEventListener(FOLLOWED, listen);
}
