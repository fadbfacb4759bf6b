/** The cards of the panel: a preview, what it is, and a button for each file. */

import { el } from "../base/element.js";
import { memoized } from "./memoized.js";
import { createFiles } from "./files.js";
import { linkButtons } from "./link.js";
import { lookOf } from "./making.js";
import { previews } from "./previews.js";
import { choice } from "./settings.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./data.js").Card} Card
 * @typedef {{data: Data, shown: import("./showing.js").Showing, settings: import("./panel.js").Settings,
 *   server: import("./server.js").Server, signal: AbortSignal,
 *   link: () => string, words: (language: string, signal: AbortSignal) => Promise<import("./data.js").Words>}} Host
 * @typedef {{series: Record<string, Record<string, string|null>>, link: string}} Offers
 *   by series and file, why there is none; the page's address, shortened where it is long
 */

const IN_BROWSER = /** @type {Record<string, [string, string][]>} */ ({
  picture: [
    ["png", "PNG"],
    ["svg", "SVG"],
    ["gif", "GIF"],
    ["webm", "WebM"],
  ],
  page: [["html", ""]],
});

/** @param {Host} host @param {Card} card */
function createCard(host, card) {
  const { data, settings } = host;
  const kinds = IN_BROWSER[card.key] ?? card.kinds.map(({ key, text }) => [key, text]);
  const files = createFiles(host, card, kinds);
  const preview = el("div", { class: `gw-take-preview gw-take-${card.key}`, "aria-hidden": "true" });
  const { words } = data;
  const ways = /** @type {["day"|"run", string][]} */ ([
    ["day", words["way.day"]],
    ["run", words["way.run"]],
  ]);
  const way = card.key === "picture" && choice(words.way, ways, settings.way, (to) => void (settings.way = to));
  const root = el(
    "article",
    { class: "gw-take-card", "data-card": card.key },
    preview,
    el("h3", {}, card.title),
    el("p", { class: "gw-take-about" }, card.about),
    way,
    card.key === "link" ? linkButtons(host, files.status, preview) : files.buttons,
    files.status.root,
  );
  return { key: card.key, root, preview, files };
}

/** @param {Omit<Host, "words"|"link">} given */
export function createCards(given) {
  let link = location.href;
  /** @type {Host} */
  const host = {
    ...given,
    link: () => link,
    words: memoized((language, signal) => given.server.json({ file: "words", language }, signal)),
  };
  const { data, shown, settings, server, signal } = host;
  const cards = data.cards.map((card) => createCard(host, card));
  /** What there is of each file. @param {string} language @returns {Promise<Offers>} */
  const offers = memoized((language, until) =>
    server.json({ file: "offers", language, address: location.href }, until),
  );

  async function draw() {
    const look = await lookOf(host, signal);
    const reel = shown.reel(look);
    reel.draw(reel.position, true);
    const drawn = reel.picture().text;
    reel.destroy();
    const at = Math.max(
      0,
      shown.facets.findIndex(({ series }, k) => series[k].key === settings.series),
    );
    for (const { key, preview } of cards) {
      const draw = previews[key];
      if (draw) preview.replaceChildren(draw({ host, look, drawn, at }));
    }
    const found = await offers(data.language, signal);
    link = found.link;
    cards.forEach(({ files }) => files.offer(found.series[settings.series] ?? {}));
  }
  return {
    root: el("div", { class: "gw-take-cards" }, ...cards.map(({ root }) => root)),
    /** By the settings as they are now. */
    redraw() {
      requestAnimationFrame(() => setTimeout(() => void draw().catch(() => {})));
    },
  };
}
