/** A box for one number: read when it is left or at Enter; a mistake shows a message and changes nothing. */

import { el, put, say } from "./element.js";
import { fixed, typed } from "./format.js";
import { readNumber } from "./parse.js";

/**
 * @param {{label: string, word: import("./words.js").Word, span: [number, number], take: (number: number) => void,
 *   whole?: boolean, written?: (number: number) => string}} about  `written`: the number while nobody types
 */
export function createNumberBox({ label, word, span, take, whole = false, written = (number) => fixed(number, 2) }) {
  const box = el("input", {
    type: "text",
    inputmode: "decimal",
    class: "gw-box",
    "aria-label": label,
    autocomplete: "off",
    spellcheck: "false",
  });
  const message = el("p", { class: "gw-message", role: "alert" });
  let value = 0,
    typing = false,
    dirty = false;

  /** @param {string} text */
  const complain = (text) => {
    say(message, text);
    put(box, { "aria-invalid": text ? "true" : null });
  };
  /** @param {number} now */
  function show(now) {
    value = now;
    if (!dirty) box.value = typing ? typed(now) : written(now);
  }
  function read() {
    if (!dirty) return void (box.value = written(value));
    dirty = false;
    const answer = readNumber(box.value, span, whole);
    if ("mistake" in answer) {
      complain(word(answer.mistake.key, answer.mistake.values));
      return show(value);
    }
    complain("");
    show(answer.number);
    take(answer.number);
  }
  box.addEventListener("focus", () => {
    typing = true;
    box.value = typed(value);
    box.select();
  });
  box.addEventListener("input", () => {
    dirty = true;
  });
  box.addEventListener("blur", () => {
    typing = false;
    read();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      read();
      box.select();
    } else if (event.key === "Escape") {
      dirty = false;
      complain("");
      show(value);
    }
  });
  return { box, message, show, complain, busy: () => dirty };
}
