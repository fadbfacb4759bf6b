/** What fills the teacher's screen: the code, large; and whether the class is to end. */

import { button, el } from "../base/element.js";
import { wordsOf } from "../base/words.js";
import { createPart, qrOf } from "./pieces.js";
import { spoken } from "./seat.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./session.js").Client} Client
 */

/** @param {() => Data} data @param {() => Client} client @param {{summary: () => void, leave: () => void}} host */
export function createDialogs(data, client, host) {
  let large = true,
    ending = false,
    asked = false; // somebody pressed for the code
  const root = el("div", { class: "gw-dialogs" });
  const part = createPart(root, (/** @type {{code: string, qr: Data["qr"], what: string}} */ { code, qr, what }) => {
    const word = wordsOf(data().words);
    root.hidden = !what;
    if (what === "large")
      return [
        el(
          "div",
          { class: "gw-large", role: "dialog", "aria-label": word("code") },
          qr ? qrOf(qr.rows, word("qr")) : null,
          el("small", {}, qr ? qr.link.replace(/^https?:\/\//, "") : ""),
          el("b", { class: "gw-code" }, spoken(code)),
          el("p", {}, word("wait")),
          button("", () => set(false, false), { class: "gw-secondary", "data-act": "close" }, word("small")),
        ),
      ];
    if (!what) return [];
    const over = what === "over";
    const choices = over
      ? [button("", host.leave, { class: "gw-primary", "data-act": "leave" }, word("closed"))]
      : [
          button("", host.summary, { class: "gw-secondary", "data-act": "summary" }, word("summary")),
          button("", () => set(false, false), { class: "gw-secondary", "data-act": "no" }, word("no")),
          button("", () => void client().tell("end"), { class: "gw-primary", "data-act": "yes" }, word("yes")),
        ];
    return [
      el(
        "div",
        { class: "gw-ask", role: "alertdialog", "aria-label": word("end") },
        el("h2", {}, word(over ? "ended_taught" : "end_sure")),
        el("div", { class: "gw-poll-foot" }, ...choices),
      ),
    ];
  });
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") set(false, false);
  });
  root.addEventListener("click", (event) => {
    if (event.target === root) set(false, false);
  });

  /** @param {boolean} code @param {boolean} end */
  function set(code, end) {
    [large, ending, asked] = [code, end, code];
    draw();
    /** @type {HTMLElement|null} */ (root.querySelector("button"))?.focus();
  }
  function draw() {
    const { view } = client();
    if (large && !asked && view.counts && view.counts.present > 0) large = false; // the first student is here
    const what = view.ended ? "over" : ending ? "end" : large && view.room ? "large" : "";
    part.draw({ code: view.seat.code, qr: data().qr?.code === view.seat.code ? data().qr : null, what });
  }
  return { root, draw, large: (/** @type {boolean} */ on) => set(on, false), end: () => set(false, true) };
}
