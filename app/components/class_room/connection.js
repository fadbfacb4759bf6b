/** A stream from the server, opened again whenever it is gone, until that is of no use any more. */

/**
 * @typedef {{status: number, body: any}} Answer  status 0: none came
 * @typedef {{addEventListener: (type: string, heard: (event: any) => void) => void, close: () => void}} Stream
 * @typedef {{request: (path: string, body?: object) => Promise<Answer>, stream: (path: string) => Stream,
 *   later: (act: () => void, ms: number) => () => void}} Host
 * @typedef {"unknown"|"full"|"key"} Problem
 */

export const RETRY = [1000, 2000, 4000, 8000]; // ms
const PROBLEMS = /** @type {Problem[]} */ (["unknown", "full", "key"]);

/** Why nothing more will come of it, if that is so. @param {Answer} answer @returns {Problem|null} */
export function problemOf({ status, body }) {
  const said = typeof body?.error === "string" ? body.error.replace("room.", "") : "";
  return PROBLEMS.find((problem) => problem === said) ?? (status === 404 ? "unknown" : null);
}

/**
 * @param {Host} host
 * @param {{path: () => Promise<string|Answer>, reason: () => Promise<Answer>,
 *   hear: Record<string, (data: any) => void>, begin: () => void, lost: () => void,
 *   refused: (problem: Problem) => void}} on
 *   `path`: where the stream is, or the answer that is none; `reason`: asked why a stream was refused, which does not
 *   say it; `begin`: another stream is opened
 */
export function createConnection(host, on) {
  let tries = 0,
    gone = false;
  /** @type {Stream|null} */
  let stream = null;
  let cancel = () => {};

  /** @param {string} path */
  function listen(path) {
    on.begin();
    const opened = (stream = host.stream(path));
    for (const [type, take] of Object.entries(on.hear))
      opened.addEventListener(type, ({ data }) => {
        if (gone || opened !== stream) return;
        tries = 0;
        take(JSON.parse(data));
      });
    opened.addEventListener("error", () => {
      if (opened === stream) void lose();
    });
  }

  async function connect() {
    cancel();
    drop();
    if (gone) return;
    const path = await on.path();
    if (gone || stream) return;
    if (typeof path === "string") listen(path);
    else await lose(path);
  }

  /** It is gone: for good, or until it is tried again. @param {Answer} [known] */
  async function lose(known) {
    drop();
    on.lost();
    const problem = problemOf(known ?? (await on.reason()));
    if (gone || stream) return;
    if (problem) {
      on.refused(problem);
      return;
    }
    const wait = RETRY[Math.min(tries, RETRY.length - 1)];
    tries += 1;
    cancel();
    cancel = host.later(() => void connect(), wait * (1 + 0.3 * Math.random())); // not all at once
  }

  function drop() {
    stream?.close();
    stream = null;
  }
  return {
    connect,
    close() {
      gone = true;
      cancel();
      drop();
    },
  };
}
