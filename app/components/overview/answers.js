/** What follows from a place is asked of the server while a reader looks around: one at a time, the newest next. */

/** @typedef {{unit: number, step: number, value: string}} Place */
/** @typedef {Record<string, import("../picture/picture.js").Drawing>} Pictures */

/**
 * @param {() => string} token @param {(pictures: Pictures) => void} take
 * @param {typeof fetch} [request]
 */
export function createAnswers(token, take, request = (...given) => fetch(...given)) {
  /** @type {Place|null} */
  let next = null;
  let busy = false;
  const ending = new AbortController(),
    { signal } = ending;

  /** @param {Place} place */
  async function ask(place) {
    next = place;
    if (busy) return;
    busy = true;
    while (next && !signal.aborted) {
      const body = JSON.stringify(next);
      next = null;
      const pictures = await post(body).catch(() => null); // Streamlit brings it when the reader lets go
      if (pictures && !signal.aborted) take(pictures);
    }
    busy = false;
  }

  /** @param {string} body @returns {Promise<Pictures|null>} */
  async function post(body) {
    const response = await request(new URL(`commits/${token()}`, document.baseURI), { method: "POST", body, signal });
    return response.ok ? await response.json() : null;
  }

  return { ask, end: () => ending.abort() };
}
