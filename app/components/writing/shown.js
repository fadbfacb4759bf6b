/** All that shows a text that is written, and the controls around it. */

import { el, put } from "../base/element.js";
import layouts from "../../stage/layouts.js";
import { createBeginning, createButtons, createOptions, createUnits } from "./choices.js";
import { loopOf, MOST, othersOf } from "./draft.js";
import { createOdds } from "./odds_view.js";
import { habitOf, stepOf } from "./said.js";
import { createStage } from "./stage.js";
import { createText, visible } from "./text.js";
import { createTimeline } from "./timeline.js";
import { openUnits } from "./unit_map.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("../base/words.js").Word} Word
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {Record<"play"|"letter"|"line"|"start"|"draw"|"rest", () => void> & {
 *   warm: (temperature: number) => void, begin: (typed: string) => void, playing: () => boolean,
 *   came: (unit: number, letter: number) => void, look: (to: {unit?: number, letter?: number}) => void,
 *   choose: (to: Partial<{source: string, kind: string}>) => void}} Actions
 */

const BEFORE = 12; // letters that are told before the next one

/**
 * @param {Data} data @param {Word} word @param {import("./network.js").Network} network
 * @param {import("./writer.js").Place} at @param {Actions} actions
 * @param {() => void} openAll opens the map of all units
 */
function createParts(data, word, network, at, actions, openAll) {
  const { words } = JSON.parse(Object.values(data.scene.cells)[0].still);
  const go = (/** @type {number} */ letter) => actions.look({ letter });
  const text = createText(word, go, (by) => go(at.letter + by));
  const odds = createOdds(word, network.letters, data.kind === "untrained", actions.warm, actions.rest);
  const units = createUnits(
    word,
    network.units,
    data.watched,
    (unit) => actions.look({ unit }),
    openAll,
    data.every.length > 0,
  );
  const buttons = createButtons(word, actions);
  const beginning = createBeginning(word, actions.begin, () => actions.choose({}));
  const sources = createOptions(word("source"), data.sources, (source) => actions.choose({ source }));
  const kinds = createOptions(word("kind"), data.kinds, (kind) => actions.choose({ kind }));
  sources.draw(data.source);
  kinds.draw(data.kind);
  const place = el("div", { class: "gw-write-stage gw-card" });
  const timeline = createTimeline(word, layoutOf(data), namesOf(words), units.every, go);
  const head = el("header", {}, sources.root, kinds.root, el("span", { class: "gw-facts" }, data.facts));
  const card = el("section", { class: "gw-card gw-text-card" }, head, text.root, beginning.root, units.root);
  const left = el("div", { class: "gw-write-left" }, card, odds.root, buttons.root);
  const right = el("div", { class: "gw-write-right" }, place, timeline.root);
  const root = el("div", { class: "gw-writing-grid" }, left, right);
  return { root, text, odds, units, buttons, beginning, timeline, place };
}

/**
 * @param {Data} data @param {Word} word @param {import("./network.js").Network} network @param {Draft} draft
 * @param {import("./writer.js").Place} at @param {Actions} actions
 */
export function createShown(data, word, network, draft, at, actions) {
  const { reading, now } = draft;
  const openAll = () =>
    openUnits(parts.root, {
      word,
      reading,
      state: network.state,
      every: data.every,
      at,
      shown: draft.letterAt,
      named: (letter) => named(draft.letterAt(letter)),
      choose: actions.look,
    });
  const parts = createParts(data, word, network, at, actions, openAll);
  const { formulas } = JSON.parse(Object.values(data.scene.cells)[0].still);
  const last = () => reading.text.length - 1;
  /** @type {ReturnType<typeof createStage>|null} */
  let stage = null;
  const letters = () => reading.text.map((_, letter) => draft.letterAt(letter));
  const shownAt = (/** @type {number} */ letter) => visible(draft.letterAt(letter));
  const told = () => stepOf(word, reading, network.state, Object.keys(formulas), at.unit, at.letter);
  const named = (/** @type {string} */ letter) =>
    letter === " " ? word("space") : letter === "\n" ? word("line_end") : letter;

  function drawOdds() {
    const from = Math.max(0, at.letter + 1 - BEFORE);
    const before = Array.from({ length: at.letter + 1 - from }, (_, k) => shownAt(from + k)).join("");
    const next = at.letter < last() ? reading.text[at.letter + 1] : null;
    const best = parts.odds.draw(reading.scores(at.letter), now.temperature, before, next);
    const loop = at.letter === last() ? loopOf(reading.text.slice(draft.given().length)) : null;
    const full = reading.text.length >= MOST;
    const note = full
      ? word("full", { n: MOST })
      : loop && word("loop", { n: loop.period, times: loop.times, ...best });
    parts.odds.note(note || "");
  }
  /** All but the stage. */
  function drawText() {
    const state = reading.text.map((_, letter) => reading.valuesAt(network.state, letter)[at.unit]);
    const watched = data.watched.find(({ unit }) => unit === at.unit);
    parts.text.draw(draft, at.unit, state, at.letter);
    drawOdds();
    parts.units.draw(at.unit);
    parts.buttons.draw(actions.playing(), now.draw);
    parts.beginning.show(now.begin, othersOf(network, draft.given()));
    const habit = habitOf(word, letters(), state, watched);
    parts.timeline.draw(reading, at.unit, at.letter, draft.letterAt, `${habit} ${told()}`.trim());
  }
  function draw() {
    drawText();
    stage?.show(at);
  }
  return {
    root: parts.root,
    draw,
    drawText,
    drawOdds,
    flash: parts.odds.flash,
    /** Another network is on its way, or has not come. @param {boolean} now */
    load: (now) => put(parts.root, { "data-loading": now, "aria-busy": now }),
    /** To those who listen. */
    live: () =>
      word("live", { n: at.letter + 1, letter: named(draft.letterAt(at.letter)), unit: at.unit + 1, step: told() }),
    /** Once it is in the page. */
    begin: () => void (stage = createStage(parts.place, data, network, reading, shownAt, at, actions.came)),
    /** The place that is shown, into the address. */
    settle: () => stage?.settle(),
    end: () => stage?.end(),
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
