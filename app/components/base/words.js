/** The reader's words. */

import { filled } from "./format.js";

/**
 * @typedef {(key: string) => string|undefined} Lookup
 * @typedef {(key: string, values?: Record<string, string|number>|Lookup) => string} Word
 */

/**
 * A word that is missing is a mistake to be found at once, never text to be shown.
 * @param {Record<string, string>} words @returns {Word}
 */
export function wordsOf(words) {
  return (key, values = {}) => {
    const text = words[key];
    if (text === undefined) throw new Error(`No word for “${key}”`);
    return filled(
      text,
      typeof values === "function" ? values : (name) => (name in values ? String(values[name]) : undefined),
    );
  };
}
