/** A card's buttons, each for a file, and what becomes of it: it is made, it is saved, it failed, there is none. */

import { button, el, put, say } from "../base/element.js";
import { filled, percent } from "../base/format.js";
import { save } from "../base/picture_file.js";
import { makerOf } from "./making.js";
import { NoFile } from "./server.js";

/**
 * @typedef {import("./cards.js").Host} Host
 * @typedef {ReturnType<typeof createStatus>} Status
 */

const STANDS = 4000; // ms that a success is told
const KEEPS_COVERS = new Set(["png", "svg", "gif", "webm", "html"]); // other files have all numbers

/** What a card says of its files, to those who listen, too. */
export function createStatus() {
  const told = el("span");
  const root = el("p", { class: "gw-take-status", role: "status" }, told);
  let timer = 0;
  /** @param {string} text @param {HTMLElement|null} [more] a button after it */
  function tell(text, more = null) {
    clearTimeout(timer);
    say(told, text);
    root.replaceChildren(told, ...(more ? [" ", more] : []));
  }
  return {
    root,
    tell,
    /** For a while. @param {string} text */
    done(text) {
      tell(text);
      timer = setTimeout(() => tell(""), STANDS);
    },
  };
}

/**
 * @param {Host} host @param {string} title of the card @param {[string, string]} kind of file, and its button's face
 * @param {Status} status @param {() => boolean} agreed to take along what it holds
 */
function createFile(host, title, [kind, text], { tell, done }, agreed) {
  const { words, stem } = host.data;
  const face = text || `${stem}.html`;
  const what = title.toLocaleLowerCase();
  const name = filled(words.save, (key) => (key === "what" ? what : text || "HTML"));
  const look = { class: "gw-take-cancel", named: true };
  const one = button(name, () => void start(), { class: "gw-take-button", named: true }, face);
  let running = /** @type {AbortController|null} */ (null);
  let refused = /** @type {string|null} */ (null);

  function stop() {
    running?.abort();
    running = null;
    one.style.removeProperty("--share");
    put(one, { "aria-busy": null });
    say(one, face);
  }
  function cancel() {
    stop();
    tell("");
    one.focus();
  }
  /** @param {number} share */
  function progress(share) {
    one.style.setProperty("--share", String(share));
    say(one, `${face} ${percent(share)} %`);
  }
  async function start() {
    if (running) return cancel();
    if (!agreed()) return tell(words.asks);
    running = new AbortController();
    const signal = AbortSignal.any([running.signal, host.signal]);
    put(one, { "aria-busy": "true" });
    tell(words.making, button(`${words.cancel}: ${name}`, cancel, look, words.cancel));
    try {
      const made = await makerOf(host, kind)(progress, signal);
      signal.throwIfAborted();
      stop();
      save(made.blob, made.name);
      done(filled(words.saved, () => made.name));
    } catch (error) {
      if (signal.aborted) return;
      stop();
      if (error instanceof NoFile) tell(error.message);
      else
        tell(
          words.failed,
          button(`${words.retry}: ${name}`, () => void start(), look, words.retry),
        );
    }
  }
  return {
    kind,
    one,
    /** @param {string|null} why there is none */
    refuse(why) {
      refused = why;
      put(one, { disabled: why ? "" : null });
    },
    refused: () => refused,
    busy: () => running !== null,
  };
}

/** @param {Host} host @param {import("./data.js").Card} card @param {[string, string][]} kinds */
export function createFiles(host, card, kinds) {
  const { words, own } = host.data;
  const status = createStatus();
  let asked = !own;
  const agreed = () => {
    const before = asked;
    asked = true;
    return before;
  };
  const made = kinds.map((kind) => createFile(host, card.title, kind, status, agreed));
  return {
    status,
    buttons: el("div", { class: "gw-take-buttons" }, ...made.map(({ one }) => one)),
    /** @param {Record<string, string|null>} reasons why there is none, by file */
    offer(reasons) {
      for (const { kind, refuse } of made) {
        const covered = host.shown.covered && !KEEPS_COVERS.has(kind) ? words.covered : null;
        refuse(covered ?? reasons[kind] ?? null);
      }
      if (!made.length || made.some(({ busy }) => busy())) return;
      status.tell([...new Set(made.map(({ refused }) => refused()).filter(Boolean))].join(" "));
    },
  };
}
