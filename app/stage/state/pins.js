/** Which values are pinned, in the order a reader pinned them. Pure. */

import { refKey } from "./value_ref.js";

/** @typedef {import("../types.js").Ref} Ref */

export function createPins() {
  /** @type {Ref[]} */
  let pins = [];
  let version = 0;
  /** @param {Ref} ref */
  const has = (ref) => pins.some((pin) => refKey(pin) === refKey(ref));
  /** @param {Ref[]} next */
  const set = (next) => {
    pins = next;
    version += 1;
  };
  return {
    version: () => version,
    all: () => pins,
    has,
    /** @param {Ref} ref */
    add: (ref) => {
      if (!has(ref)) set([...pins, ref]);
    },
    /** @param {Ref} ref */
    remove: (ref) => set(pins.filter((pin) => refKey(pin) !== refKey(ref))),
    clear: () => set([]),
  };
}
