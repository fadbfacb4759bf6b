/**
 * The controls as the reader has them: what is committed, and what is previewed. Pure, but for
 * `send`.
 *
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {import("../types.js").Change} Change
 * @typedef {import("../types.js").Commit} Commit
 */

/** @param {Controls} controls @param {Change} change @returns {Controls} */
function changed({ weights, days, show }, change) {
  const chosen = Object.entries({ ...weights, ...change.weights }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return { weights: Object.fromEntries(chosen), days: { ...days, ...change.days }, show: change.show ?? show };
}

/** @param {Controls} one @param {Controls} other */
function same(one, other) {
  const names = Object.keys({ ...one.weights, ...other.weights });
  return (
    names.every((name) => one.weights[name] === other.weights[name]) &&
    Object.keys(one.days).every((name) => one.days[name].join() === other.days[name]?.join()) &&
    one.show.join() === other.show.join()
  );
}

/** @param {Controls} first @param {(value: Commit) => void} send */
export function createControls(first, send) {
  let committed = first;
  let preview = /** @type {Change} */ ({});
  /** Those of a teacher, in place of the reader's own. @type {Controls|null} */
  let followed = null;
  /** What was committed before, the last at its end. @type {Controls[]} */
  const past = [];
  /** Which commit was the last. */
  let last = -Infinity;
  function post() {
    last = Math.max(last + 1, Date.now()); // the same controls twice must still be sent twice
    send({ ...committed, n: last });
  }
  return {
    now: () => followed ?? changed(committed, preview),
    /** @param {Controls|null} to null: what was followed is the reader's own from now on */
    follow(to) {
      if (!to && followed) committed = followed;
      followed = to;
    },
    /** Shown while a control is dragged. @param {Change} change */
    preview: (change) => (preview = change),
    /** @param {Change} change */
    commit(change) {
      preview = {};
      past.push(committed);
      committed = changed(committed, change);
      post();
    },
    undoes: () => past.length > 0,
    /** The last commit of this visit is taken back. */
    undo() {
      committed = past.pop() ?? committed;
      post();
    },
    /**
     * A scene has come, with the controls of the address; where it has not the last commit yet, or a server that was
     * away never got it, that is sent once more.
     * @param {Controls} controls @param {number} n the last commit that Streamlit took
     */
    receive(controls, n) {
      if (n >= last || same(controls, committed)) committed = controls;
      else post();
    },
    /** The reader has gone back or forth to another address: what comes next is of that one. */
    moved: () => void (last = -Infinity),
  };
}
