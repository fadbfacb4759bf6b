/** What makes each file: in the browser where it can, else the server. */

import { asSvg, painted } from "../base/picture_file.js";
import { filled } from "../base/format.js";
import { pageFile } from "../../stage/page_file.js";
import { framesOf, MOST } from "./frames.js";
import { NoFile } from "./server.js";

/**
 * @typedef {import("./cards.js").Host} Host
 * @typedef {import("./showing.js").Look} Look
 * @typedef {{name: string, blob: Blob}} Made
 * @typedef {(progress: (share: number) => void, signal: AbortSignal) => Promise<Made>} Make
 */

const PILL = 4; // decimals that a value in the picture has room for

/** How the stage is drawn by the settings. @param {Host} host @param {AbortSignal} signal @returns {Promise<Look>} */
export async function lookOf({ data, settings, words }, signal) {
  const own = settings.words === data.language;
  return {
    theme: settings.look,
    digits: settings.digits ?? PILL,
    ...(!own && { words: await words(settings.words, signal) }),
  };
}

/** @param {Host} host @param {AbortSignal} signal */
async function reelOf(host, signal) {
  return host.shown.reel(await lookOf(host, signal));
}

/** One moment. @param {Host} host @param {"svg"|"png"} kind @returns {Make} */
const picture = (host, kind) => async (_, signal) => {
  const reel = await reelOf(host, signal);
  try {
    await reel.fonts();
    reel.draw(reel.position, true);
    const drawn = reel.picture();
    return { name: `${host.data.stem}.${kind}`, blob: kind === "svg" ? asSvg(drawn.text) : await painted(drawn) };
  } finally {
    reel.destroy();
  }
};

/** A day or the run, moving. @param {Host} host @param {"gif"|"webm"} kind @returns {Make} */
const moving = (host, kind) => async (progress, signal) => {
  const { words, film: address, stem } = host.data;
  /** @type {typeof import("./film.js")} */
  const { film, possible } = await import(new URL(address, document.baseURI).href);
  if (!(await possible(kind))) throw new NoFile(words["no.video"]);
  const reel = await reelOf(host, signal);
  try {
    const frames = framesOf(reel.run, host.settings.way === "run" ? null : reel.position.step);
    if (!frames) throw new NoFile(filled(words["no.long"], () => String(Math.floor(MOST / 12))));
    return { name: `${stem}.${kind}`, blob: await film(kind, { reel, frames, progress, signal }) };
  } finally {
    reel.destroy();
  }
};

/** @param {Host} host @returns {Make} */
const page = (host) => async (_, signal) => {
  const { scene, state } = host.shown;
  const blob = await pageFile(scene, state, location.href, await lookOf(host, signal));
  return { name: `${host.data.stem}.html`, blob };
};

/** @param {Host} host @param {string} file @returns {Make} */
const fromServer = (host, file) => (_, signal) => {
  const { series, digits, words } = host.settings;
  return host.server.file({ file, series, digits, language: words }, signal);
};

/**
 * @param {Host} host @param {string} kind of file
 * @returns {Make}
 */
export function makerOf(host, kind) {
  if (kind === "svg" || kind === "png") return picture(host, kind);
  if (kind === "gif" || kind === "webm") return moving(host, kind);
  return kind === "html" ? page(host) : fromServer(host, kind);
}
