/**
 * The covers of open questions, apart from those a reader lays: revealing everything leaves them. Pure.
 *
 * @typedef {import("../types.js").Ref} Ref
 */

/** @param {ReturnType<typeof import("./covers.js").createCovers>} covers */
export function createAsked(covers) {
  /** @type {Ref[]} */
  let asked = [];
  return {
    /** @param {Ref[]} refs */
    lay(refs) {
      asked = refs;
      refs.forEach(covers.cover);
    },
    /** @param {Ref[]} refs */
    lift(refs) {
      asked = asked.filter((ref) => !refs.includes(ref));
      refs.forEach((ref) => covers.reveal(ref));
    },
    /** All that a reader has covered is revealed. */
    revealRest() {
      covers.revealAll();
      asked.forEach(covers.cover);
    },
    /** Has the reader covered something? */
    more: () => covers.count() > asked.length,
  };
}
