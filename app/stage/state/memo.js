/** Drawing only what has changed. Pure. */

/**
 * A drawing that is left out while all it depends on is the same.
 * @template {unknown[]} A
 * @param {(...given: A) => unknown[]} dependencies @param {(...given: A) => void} draw
 */
export function memo(dependencies, draw) {
  /** @type {unknown[]|null} */
  let known = null;
  return {
    /** @param {A} given */
    draw(...given) {
      const now = dependencies(...given);
      if (known?.length === now.length && now.every((part, k) => Object.is(part, known?.[k]))) return;
      known = now;
      draw(...given);
    },
    /** What is shown is no longer what was drawn. */
    forget: () => (known = null),
  };
}
