/** The card of the link: the page's own address holds all of its state. */

import { button, el } from "../base/element.js";
import { svgOf } from "./previews.js";
import { NoFile } from "./server.js";

/** @typedef {import("./cards.js").Host} Host */

/** @param {Host} host @param {import("./files.js").Status} status @param {HTMLElement} preview */
export function linkButtons({ data, server, signal, settings, link }, { tell, done }, preview) {
  const { words } = data;
  if (data.own) {
    tell(words["no.link"]);
    return el("div", { class: "gw-take-buttons" });
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(link());
      done(words.copied);
    } catch {
      tell(words["no.copy"]);
    }
  }
  async function code() {
    try {
      const { blob } = await server.file({ file: "qr", language: settings.words, address: location.href }, signal);
      preview.replaceChildren(svgOf(await blob.text()));
      preview.removeAttribute("aria-hidden");
      tell("");
    } catch (error) {
      if (!signal.aborted) tell(error instanceof NoFile ? error.message : words.failed);
    }
  }
  const share = () => void navigator.share({ title: data.title, url: link() }).catch(() => {});
  const shares = "share" in navigator && matchMedia("(pointer: coarse)").matches;
  const look = { class: "gw-take-button", named: true };
  return el(
    "div",
    { class: "gw-take-buttons" },
    button(words["copy.name"], copy, look, words.copy),
    button(words["qr.name"], code, look, words.qr),
    shares && button(words["share.name"], share, look, words.share),
  );
}
