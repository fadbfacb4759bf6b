/** A text that is written, and all that shows it. */

import { el } from "../base/element.js";
import { wordsOf } from "../base/words.js";
import layouts from "../../stage/layouts.js";
import { textsOf, write } from "./address.js";
import { createBeginning, createButtons, createOptions, createUnits } from "./choices.js";
import { createDraft, loopOf, MOST } from "./draft.js";
import { networkOf } from "./network.js";
import { createOdds } from "./odds_view.js";
import { habitOf, stepOf } from "./said.js";
import { createStage } from "./stage.js";
import { createText, visible } from "./text.js";
import { createTimeline } from "./timeline.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{send: (name: string, value: unknown) => void, announce: (text: string) => void}} Host
 */

const PACE = 200; // ms a letter
const STILL = 1400; // ms a line, with reduced motion
const BEFORE = 12; // letters that are told before the next one
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {Data} data @param {Host} host */
export function createWriter(data, host) {
  const word = wordsOf(data.words);
  const written = JSON.parse(Object.values(data.scene.cells)[0].still);
  const network = networkOf(data.network, written.graph);
  const draft = createDraft(network, data.asked);
  const { reading, now } = draft;
  const last = () => reading.text.length - 1;
  const at = { unit: 0, letter: last() };
  const { watched } = data;
  let playing = 0;
  /** @type {ReturnType<typeof createStage>|null} */
  let stage = null;
  const stateOf = (/** @type {number} */ unit) =>
    reading.text.map((_, letter) => reading.valuesAt(network.state, letter)[unit]);
  const letters = () => reading.text.map((_, letter) => draft.letterAt(letter));

  const text = createText(word, go, (by) => go(at.letter + by));
  const odds = createOdds(word, network.letters, warm, () => note(true));
  const units = createUnits(word, network.units, watched, watch);
  const buttons = createButtons(word, {
    play,
    letter: () => act(() => add(1)),
    line: () => act(line),
    start: () => act(() => changed(draft.fromStart), true),
    draw: () => act(() => changed(() => draft.redraw(now.draw + 1)), true),
  });
  const beginning = createBeginning(
    word,
    (typed) => act(() => changed(() => draft.open({ ...now, begin: typed || data.begin, kept: "", count: 0 })), null),
    () => choose({}),
  );
  /** The server takes it into the address: a network is another one, or a beginning is judged. */
  const choose = (/** @type {Partial<{source: string, kind: string}>} */ to) => {
    const texts = textsOf(now, data.begin, { draw: 1, temperature: data.temperature });
    host.send("choice", { n: Date.now(), source: data.source, kind: data.kind, ...to, texts });
  };
  const sources = createOptions(word("source"), data.sources, (source) => choose({ source }));
  const kinds = createOptions(word("kind"), data.kinds, (kind) => choose({ kind }));
  sources.draw(data.source);
  kinds.draw(data.kind);
  const place = el("div", { class: "gw-write-stage gw-card" });
  const timeline = createTimeline(word, layoutOf(data), namesOf(written.words), units.every, go);

  /** What is chosen is put into the address. @param {boolean|null} entry of the history; null: later */
  function note(entry) {
    if (entry !== null) write(textsOf(now, data.begin, { draw: 1, temperature: data.temperature }), entry);
  }
  /** @param {() => void} change @param {boolean|null} [entry] */
  function act(change, entry = false) {
    stop();
    change();
    note(entry);
    tell();
  }
  /** @param {() => void} change of the whole text */
  function changed(change) {
    change();
    at.letter = last();
    draw(true);
  }
  /** @param {number} count letters @returns {boolean} whether there was room */
  function add(count) {
    draft.fork(at.letter);
    const written = draft.write(count);
    at.letter = last();
    draw(true);
    if (written) odds.flash();
    return written === count;
  }
  /** Up to the end of the line. */
  function line() {
    let room = true;
    draft.fork(at.letter);
    do room = draft.write(1) === 1;
    while (room && network.letters[reading.text[last()]] !== "\n" && reading.text.length % 80);
    at.letter = last();
    draw(true);
    return room;
  }
  function play() {
    if (playing) return act(() => {});
    const lines = still();
    playing = window.setInterval(() => (lines ? line() : add(1)) || act(() => {}), lines ? STILL : PACE);
    draw(false);
  }
  function stop() {
    if (!playing) return;
    clearInterval(playing);
    playing = 0;
    draw(false);
  }
  /** @param {number} letter */
  function go(letter) {
    stop();
    at.letter = Math.min(last(), Math.max(0, letter));
    draw(false);
    tell();
  }
  /** @param {number} unit */
  function watch(unit) {
    at.unit = unit;
    draw(false);
    tell();
  }
  /** @param {number} temperature */
  function warm(temperature) {
    draft.warm(temperature);
    drawOdds();
  }
  const named = (/** @type {string} */ letter) =>
    letter === " " ? word("space") : letter === "\n" ? word("line_end") : letter;
  const told = () => stepOf(word, reading, network.state, Object.keys(written.formulas), at.unit, at.letter);
  /** To those who listen. */
  function tell() {
    host.announce(
      word("live", { n: at.letter + 1, letter: named(draft.letterAt(at.letter)), unit: at.unit + 1, step: told() }),
    );
  }

  function drawOdds() {
    const from = Math.max(0, at.letter + 1 - BEFORE);
    const before = letters()
      .slice(from, at.letter + 1)
      .map(visible)
      .join("");
    const next = at.letter < last() ? reading.text[at.letter + 1] : null;
    odds.draw(reading.scores(at.letter), now.temperature, before, next);
    const loop = at.letter === last() ? loopOf(reading.text.slice(draft.given().length)) : null;
    const full = reading.text.length >= MOST;
    odds.note(full ? word("full", { n: MOST }) : loop ? word("loop", { n: loop.period, times: loop.times }) : "");
  }
  /** @param {boolean} longer the text is another one */
  function draw(longer) {
    const state = stateOf(at.unit);
    text.draw(draft, state, at.letter);
    drawOdds();
    units.draw(at.unit);
    buttons.draw(playing > 0, now.draw);
    beginning.show(now.begin);
    const habit = habitOf(
      word,
      letters(),
      state,
      watched.find(({ unit }) => unit === at.unit),
    );
    timeline.draw(reading, at.unit, at.letter, draft.letterAt, `${habit} ${told()}`.trim());
    stage?.show(at, longer);
  }

  const left = el(
    "div",
    { class: "gw-write-left" },
    el(
      "section",
      { class: "gw-card gw-text-card" },
      el("header", {}, sources.root, kinds.root, el("span", { class: "gw-facts" }, data.facts)),
      text.root,
      beginning.root,
      units.root,
    ),
    odds.root,
    buttons.root,
  );
  const root = el(
    "div",
    { class: "gw-writing-grid" },
    left,
    el("div", { class: "gw-write-right" }, place, timeline.root),
  );
  return {
    root,
    /** Once it is in the page. */
    begin() {
      at.unit = data.asked.unit ?? watched[0]?.unit ?? 0;
      at.letter = Math.min(last(), data.asked.letter ?? last());
      stage = createStage(
        place,
        data,
        network,
        reading,
        (letter) => visible(draft.letterAt(letter)),
        at,
        (letter) => {
          if (letter !== at.letter && letter <= last()) {
            at.letter = letter;
            draw(false);
          }
        },
      );
      draw(false);
    },
    /** What another address asks for. @param {Data["asked"]} asked */
    open(asked) {
      stop();
      const { unit, letter, ...rest } = asked;
      draft.open(rest);
      at.unit = unit ?? at.unit;
      at.letter = Math.min(last(), letter ?? last());
      draw(true);
    },
    end() {
      stop();
      stage?.end();
    },
  };
}

/** @param {Data} data @returns {import("../../stage/types.js").Layout} */
function layoutOf({ scene }) {
  const { layout } = Object.values(scene.cells)[0];
  return typeof layout === "string" ? layouts[layout] : layout;
}

/** What the values of a cell are called. @param {Record<string, string>} words */
const namesOf = (words) =>
  Object.fromEntries(
    Object.entries(words).flatMap(([key, text]) => {
      const [, name] = /^value\.(\w+)\.name$/.exec(key) ?? [];
      return name ? [[name, text]] : [];
    }),
  );
