/**
 * An answer for each key, asked for once; one that fails is asked for again.
 * @template T @param {(key: string, signal: AbortSignal) => Promise<T>} ask
 */
export function memoized(ask) {
  const known = /** @type {Map<string, Promise<T>>} */ (new Map());
  return (/** @type {string} */ key, /** @type {AbortSignal} */ signal) => {
    const found = known.get(key) ?? ask(key, signal);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
}
