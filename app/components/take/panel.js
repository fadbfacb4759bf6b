/** The panel *Take it with you*: a bundle of its own. Opening it makes no file. */

import { button, el, icon, put } from "../base/element.js";
import { adoptSheets } from "../base/mount.js";
import base from "../base/parts.css" with { type: "css" };
import { createCards } from "./cards.js";
import { within } from "./contents.js";
import sheet from "./panel.css" with { type: "css" };
import phones from "./panel_phones.css" with { type: "css" };
import little from "./previews.css" with { type: "css" };
import { createSettings } from "./settings.js";
import { asking } from "./server.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./showing.js").Showing} Showing
 * @typedef {{data: Data, root: HTMLElement, showing: () => Showing|null}} Opening
 * @typedef {{words: string, look: string, digits: number|null, series: string, way: "day"|"run"}} Settings
 *   `digits`: decimals, null for all
 */

const CLOSE = ["M5 5l14 14", "M19 5L5 19"];
const LOCK = ["M7 11V8a5 5 0 0 1 10 0v3", "M5 11h14v9H5z"];

/** @param {Opening} opening */
export function open({ data, root, showing }) {
  const shown = showing();
  if (!shown || root.querySelector("dialog")) return;
  adoptSheets(root, [base, sheet, little, phones]);
  const { words } = data;
  const aborted = new AbortController();
  const first = shown.facets[0];
  /** @type {Settings} */
  const settings = {
    words: data.language,
    look: shown.root.dataset.theme ?? "light",
    digits: 3,
    series: first.series[0].key,
    way: "day",
  };
  const title = el("h2", { tabindex: -1, id: "gw-take-title" }, words.title);
  const close = button(
    words.close,
    () => dialog.close(),
    { class: "gw-take-close", named: true },
    icon(CLOSE, "gw-icon gw-outline"),
  );
  const server = asking(data.token, shown.state.controls);
  const cards = createCards({ data, shown, settings, server, signal: aborted.signal });
  const chosen = createSettings(data, shown, settings, cards.redraw);
  const foot = el("p", { class: "gw-take-foot" }, icon(LOCK, "gw-icon gw-outline"), words.foot);
  const dialog = el(
    "dialog",
    { class: "gw-take", "aria-labelledby": "gw-take-title" },
    el("header", {}, el("div", {}, title, within(data, shown)), chosen, close),
    cards.root,
    foot,
  );
  dialog.addEventListener("close", () => {
    aborted.abort();
    dialog.remove();
  });
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // the page's own keys are not the panel's
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  root.append(dialog);
  dialog.showModal();
  title.focus();
  put(dialog, { "data-open": "" });
  cards.redraw(); // what takes a while comes after the next picture on the screen
}
