/**
 * Messages to the server, one at a time and in their order; of one name the newest alone is kept. What does not arrive
 * waits until the connection is back.
 */

/** @typedef {"taken"|"refused"|"lost"} Outcome */

/**
 * @template M
 * @param {(message: M) => Promise<Outcome>} post
 * @param {(ms: number) => Promise<void>} rest
 * @param {Record<string, number>} pace how long after a message of a name the next one waits, in ms
 */
export function createQueue(post, rest, pace = {}) {
  /** @type {Map<string, M>} */
  let waiting = new Map();
  let busy = false,
    under = ""; // the one that is on its way

  async function run() {
    if (busy) return;
    busy = true;
    while (waiting.size) {
      const [[name, message]] = waiting;
      waiting.delete(name);
      under = name;
      const outcome = await post(message).catch(() => /** @type {Outcome} */ ("lost"));
      under = "";
      if (outcome === "lost") {
        if (!waiting.has(name)) waiting = new Map([[name, message], ...waiting]); // a newer one takes its place
        break;
      }
      if (pace[name]) await rest(pace[name]);
    }
    busy = false;
  }

  return {
    /** @param {string} name @param {M} message */
    put(name, message) {
      waiting.set(name, message);
      return run();
    },
    /** The connection is back. */
    flush: run,
    /** Is one of that name on its way, or waiting? @param {string} name */
    has: (name) => waiting.has(name) || under === name,
    forget: () => waiting.clear(),
  };
}
