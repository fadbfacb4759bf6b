/**
 * Commits that are answered without a rerun of the page: posted to the server, which sends what follows from them. One
 * that it does not take goes to Streamlit, which says why.
 */

/**
 * @typedef {import("./types.js").Commit} Commit
 * @typedef {import("./types.js").Answer} Answer
 */

/**
 * @param {{take: (answer: Answer) => void, refuse: (commit: Commit) => void}} on
 * @param {typeof fetch} [request]
 */
export function createCommits({ take, refuse }, request = (...given) => fetch(...given)) {
  /** The newest wins. @type {AbortController|null} */
  let running = null;

  /** @param {string} token @param {Commit} commit */
  async function post(token, commit) {
    running?.abort();
    const { signal } = (running = new AbortController());
    const answer = await asked(new URL(`commits/${token}`, document.baseURI), commit, signal).catch(() => null);
    if (signal.aborted) return;
    if (answer) take(answer);
    else refuse(commit);
  }

  /** @param {URL} url @param {Commit} commit @param {AbortSignal} signal @returns {Promise<Answer|null>} */
  async function asked(url, commit, signal) {
    const response = await request(url, { method: "POST", body: JSON.stringify(commit), signal });
    return response.ok ? await response.json() : null;
  }

  return { post, cancel: () => running?.abort() };
}
