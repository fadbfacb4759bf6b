/** What a reader chooses around the text: the network, the unit to watch, how the text goes on, its beginning. */

import { button, el, icon, put, say } from "../base/element.js";
import { signed } from "../base/format.js";

/** @typedef {import("../base/words.js").Word} Word */

const PLAY = ["M7 4.5v15l12-7.5z"],
  PAUSE = ["M6 4.5h4v15H6z", "M14 4.5h4v15h-4z"],
  NEXT = ["M5 5v14l9-7z", "M16 5h3v14h-3z"],
  RESTART = ["M12 5V2L7 6l5 4V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z"];
const BEGINNING = 200; // letters of a beginning

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
 * @param {(unit: number) => void} watch
 */
export function createUnits(word, units, watched, watch) {
  const chips = watched.map(({ name, unit, r }) => {
    const told = ` ${word("chip", { unit: unit + 1, r: signed(r, 2) })}`;
    return { unit, root: button("", () => watch(unit), {}, el("b", {}, word(`feature.${name}`)), told) };
  });
  const options = Array.from({ length: units }, (_, k) => el("option", { value: k }, word("unit", { unit: k + 1 })));
  const every = el("select", { "aria-label": word("all", { n: units }) }, ...options);
  every.addEventListener("change", () => watch(Number(every.value)));
  const group = { class: "gw-unit-chips", role: "group", "aria-label": word("watch"), title: word("found") };
  return {
    root: el("div", group, ...chips.map((chip) => chip.root)),
    every,
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
 * The beginning that the reader gives; what a keyboard composes is read once it is composed.
 * @param {Word} word @param {(text: string) => void} type @param {() => void} rest
 */
export function createBeginning(word, type, rest) {
  const box = el("textarea", { rows: 1, maxlength: BEGINNING, spellcheck: "false", "aria-label": word("begin") });
  let composing = false;
  const read = () => composing || type(box.value);
  box.addEventListener("compositionstart", () => void (composing = true));
  box.addEventListener("compositionend", () => {
    composing = false;
    read();
  });
  box.addEventListener("input", read);
  box.addEventListener("change", rest);
  box.addEventListener("keydown", (event) => event.stopPropagation()); // the page's own keys
  return {
    root: el("label", { class: "gw-beginning" }, el("span", {}, word("begin")), box),
    /** @param {string} text */
    show(text) {
      if (document.activeElement?.shadowRoot?.activeElement !== box && box.value !== text) box.value = text;
    },
  };
}
