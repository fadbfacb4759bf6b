/** What a reader chooses around the text: the network, the unit to watch, how the text goes on, its beginning. */

import { button, el, icon, put, say } from "../base/element.js";
import { signed } from "../base/format.js";
import { visible } from "./text.js";

/** @typedef {import("../base/words.js").Word} Word */

const PLAY = ["M7 4.5v15l12-7.5z"],
  PAUSE = ["M6 4.5h4v15H6z", "M14 4.5h4v15h-4z"],
  NEXT = ["M5 5v14l9-7z", "M16 5h3v14h-3z"],
  RESTART = ["M12 5V2L7 6l5 4V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z"];
const BEGINNING = 200; // letters of a beginning
const ROWS = 2; // lines of it that are shown
const OTHERS = 4; // letters that are told to be read as other ones

/**
 * A row of options of which one is pressed.
 * @param {string} name @param {import("./data.js").Source[]} options @param {(key: string) => void} choose
 */
export function createOptions(name, options, choose) {
  const buttons = options.map(({ key, title }) => button(title, () => choose(key), { "data-key": key }, title));
  return {
    root: el("div", { class: "gw-pick", role: "group", "aria-label": name }, ...buttons),
    /** @param {string} chosen */
    draw: (chosen) => buttons.forEach((one) => put(one, { "aria-pressed": String(one.dataset.key === chosen) })),
  };
}

/**
 * @param {Word} word @param {number} units @param {import("./data.js").Watched[]} watched
 * @param {(unit: number) => void} watch @param {() => void} openAll opens the map of them
 * @param {boolean} mapped it is known what each of them follows
 */
export function createUnits(word, units, watched, watch, openAll, mapped) {
  const chips = watched.map(({ name, unit, r }) => {
    const told = ` ${word("chip", { unit: unit + 1, r: signed(r, 2) })}`;
    return { unit, root: button("", () => watch(unit), {}, el("b", {}, word(`feature.${name}`)), told) };
  });
  const options = Array.from({ length: units }, (_, k) => el("option", { value: k }, word("unit", { unit: k + 1 })));
  const every = el("select", { "aria-label": word("watch") }, ...options);
  every.addEventListener("change", () => watch(Number(every.value)));
  const all = button("", openAll, { class: "gw-all-units", "aria-haspopup": "dialog" }, word("all", { n: units }));
  const group = { class: "gw-unit-chips", role: "group", "aria-label": word("watch"), title: word("found") };
  return {
    root: el("div", group, ...chips.map((chip) => chip.root)),
    every: el("span", { class: "gw-unit-ways" }, every, mapped && all),
    /** @param {number} unit */
    draw(unit) {
      for (const chip of chips) put(chip.root, { "aria-pressed": String(chip.unit === unit) });
      every.value = String(unit);
    },
  };
}

/** @param {Word} word @param {Record<"play"|"letter"|"line"|"start"|"draw", () => void>} actions */
export function createButtons(word, actions) {
  const play = button(word("play"), actions.play, { class: "gw-write-play" });
  const draw = button("", actions.draw, { class: "gw-write-draw", title: word("draw.other") });
  const root = el(
    "div",
    { class: "gw-write", role: "group", "aria-label": word("write") },
    play,
    button(
      word("letter"),
      actions.letter,
      { named: true, "aria-label": word("write.letter") },
      icon(NEXT),
      word("letter"),
    ),
    button(word("line"), actions.line, { named: true, "aria-label": word("write.line") }, word("line")),
    button(word("start"), actions.start, {}, icon(RESTART), word("start")),
    draw,
  );
  return {
    root,
    /** @param {boolean} playing @param {number} number of the draw */
    draw(playing, number) {
      if (play.dataset.playing !== String(playing)) {
        play.dataset.playing = String(playing);
        play.replaceChildren(icon(playing ? PAUSE : PLAY));
        put(play, { "aria-label": word(playing ? "pause" : "play") });
      }
      say(draw, word("draw", { n: number }));
    },
  };
}

/**
 * The beginning that the reader gives; what a keyboard composes is read once it is composed, of a long text the first
 * letters.
 * @param {Word} word @param {(text: string) => void} type @param {() => void} rest
 */
export function createBeginning(word, type, rest) {
  const box = el("textarea", { rows: 1, spellcheck: "false", "aria-label": word("begin") });
  const note = el("p", { class: "gw-begin-note", role: "status" });
  let composing = false,
    cut = 0; // letters of a text that was too long
  function read() {
    if (composing) return;
    const letters = [...box.value.normalize("NFC")];
    cut = letters.length > BEGINNING ? letters.length : 0;
    if (cut) box.value = letters.slice(0, BEGINNING).join("");
    type(box.value);
  }
  box.addEventListener("compositionstart", () => void (composing = true));
  box.addEventListener("compositionend", () => {
    composing = false;
    read();
  });
  box.addEventListener("input", read);
  box.addEventListener("change", rest);
  box.addEventListener("keydown", (event) => event.stopPropagation()); // the page's own keys
  return {
    root: el("div", {}, el("label", { class: "gw-beginning" }, el("span", {}, word("begin")), box), note),
    /** @param {string} text @param {[string, string][]} others letters that are read as other ones */
    show(text, others) {
      if (document.activeElement?.shadowRoot?.activeElement !== box && box.value !== text) box.value = text;
      box.rows = Math.min(ROWS, box.value.trimEnd().split("\n").length);
      const pairs = others
        .slice(0, OTHERS)
        .map(([typed, letter]) => word("read_as", { typed, letter: visible(letter) }));
      const read =
        pairs.length && word("begin.read", { letters: pairs.join(", ") + (others.length > OTHERS ? " …" : ".") });
      say(note, [cut && word("begin.cut", { most: BEGINNING, n: cut }), read].filter(Boolean).join(" "));
    },
  };
}
