/** What the address says of a text: its beginning, how it was written, the draw, the temperature. */

import { withTexts } from "../../stage/state/address.js";

/**
 * @param {import("./draft.js").Asked} now @param {string} begin what is given unless the address says otherwise
 * @param {{count: number, draw: number, temperature: number}} defaults
 * @returns {Record<string, string|null>}
 */
export const textsOf = ({ begin: given, kept, count, draw, temperature }, begin, defaults) => ({
  begin: given === begin ? null : given,
  kept: kept || null,
  count: count === defaults.count ? null : String(count),
  draw: draw === defaults.draw ? null : String(draw),
  temperature: temperature === defaults.temperature ? null : String(temperature),
});

const WRITTEN = ["begin", "kept", "count", "draw", "temperature", "at", "unit"];
const PAUSE = 250; // ms: what is done in one go is told once

/**
 * Tells the server what the address says, which would else write it as it was.
 * @param {() => string} token @param {typeof fetch} [request]
 */
export function createMemory(token, request = (...given) => fetch(...given)) {
  let timer = 0;
  function tell() {
    timer = 0;
    const query = new URLSearchParams(location.search);
    const body = JSON.stringify(Object.fromEntries(WRITTEN.map((name) => [name, query.get(name)])));
    const url = new URL(`commits/${token()}`, document.baseURI);
    void request(url, { method: "POST", body, keepalive: true }).catch(() => {}); // the address has it all the same
  }
  return { note: () => void (timer ||= window.setTimeout(tell, PAUSE)), end: () => clearTimeout(timer) };
}

/** @param {Record<string, string|null>} texts @param {boolean} entry as an entry of the browser's history */
export function write(texts, entry) {
  if (!location.protocol.startsWith("http")) return;
  const search = withTexts(location.search, texts);
  if (search === location.search) return;
  const address = `${location.pathname}${search}${location.hash}`;
  if (entry) history.pushState({}, "", address);
  else history.replaceState(history.state, "", address);
}
