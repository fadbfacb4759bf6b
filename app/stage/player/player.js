/** The player, at the foot of the stage's card: play, the scrubber, speed, direction, and the table of all days. */

import { button, el, icon, put, say } from "../../components/base/element.js";
import { SPEEDS } from "../state/clock.js";
import { memo } from "../state/memo.js";
import { createPopover } from "./popover.js";
import { createScrubber } from "./scrubber.js";

/**
 * @typedef {import("../panels/panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 * @typedef {{root: HTMLElement, choices: HTMLElement[]}} Switch
 */

const PATHS = {
  play: ["M8 5.5v13l10.5-6.5z"],
  pause: ["M7.5 5.5h3.2v13h-3.2z", "M13.3 5.5h3.2v13h-3.2z"],
  restart: ["M18.6 12a6.6 6.6 0 1 1-2-4.7M17.2 3.6v4.2h-4.2"],
  back: ["M6.4 5.5h2.1v13h-2.1z", "M18 5.5v13l-8.6-6.5z"],
  forward: ["M15.5 5.5h2.1v13h-2.1z", "M6 5.5v13l8.6-6.5z"],
  table: ["M4 5.5h16v13H4zM4 10h16M4 14.3h16M9.3 5.5v13M14.7 5.5v13"],
};

/**
 * Buttons of which one is pressed.
 * @param {string} label @param {string} kind @param {[string, () => void][]} options @returns {Switch}
 */
function createSwitch(label, kind, options) {
  const choices = options.map(([text, act]) => button("", act, { class: "gw-choice" }, text));
  return { root: el("div", { class: `gw-choices ${kind}`, role: "group", "aria-label": label }, ...choices), choices };
}

/** @param {Switch} one @param {number} pressed */
const press = ({ choices }, pressed) =>
  choices.forEach((choice, k) => put(choice, { "aria-pressed": String(k === pressed) }));

/** Forward in time, or the gradient's way back. @param {Context} context */
const createWay = ({ word, actions }) =>
  createSwitch(word("way"), "gw-way", [
    [word("way.forth"), () => actions.turn(false)],
    [word("way.back"), () => actions.turn(true)],
  ]);

/** How fast, and in what pieces. On a phone the direction is here too. @param {Context} context */
function createTempo(context) {
  const { word, actions } = context;
  const speeds = createSwitch(
    word("speed"),
    "gw-speeds",
    SPEEDS.map((speed) => [`${speed}×`, () => actions.tempo({ speed })]),
  );
  const paces = createSwitch(word("pace"), "gw-paces", [
    [word("pace.stage"), () => actions.tempo({ byDay: false })],
    [word("pace.day"), () => actions.tempo({ byDay: true })],
  ]);
  const way = createWay(context);
  const face = el("span", {}, "1×");
  const popover = createPopover(word("speed"), "gw-speed", face, speeds.root, paces.root, way.root);
  return {
    ...popover,
    /** @param {View} view @param {number} speed */
    draw(view, speed) {
      say(face, `${speed}×`);
      put(popover.opener, { "aria-label": `${word("speed")} ${speed}×` });
      press(speeds, SPEEDS.indexOf(speed));
      press(paces, Number(view.byDay));
      press(way, Number(view.backward));
    },
  };
}

/**
 * @param {Context} context @param {boolean} numbered the stages of several cells have no common names
 * @param {() => void} onTable opens or closes the table of all days
 */
export function createPlayer(context, numbered, onTable) {
  const { word, actions } = context;
  /** @param {string} key @param {() => void} act @param {keyof typeof PATHS} drawing @param {string} kind */
  const round = (key, act, drawing, kind) =>
    button(word(key), act, { class: `gw-round ${kind}`, named: true, title: word(key) }, icon(PATHS[drawing]));
  const play = round("play", actions.play, "play", "gw-play");
  const scrubber = createScrubber(context, numbered);
  const tempo = createTempo(context);
  const way = createWay(context);
  const table = button(
    word("table.all"),
    onTable,
    { class: "gw-key gw-table-key", named: true, title: word("table.all"), "aria-expanded": "false" },
    icon(PATHS.table, "gw-icon gw-outline"),
  );
  const root = el(
    "div",
    { class: "gw-player", role: "group", "aria-label": word("player") },
    play, // first for a keyboard, third on the screen
    round("restart", actions.restart, "restart", "gw-restart"),
    round("stage.back", () => actions.move(-1), "back", "gw-back"),
    round("stage.forward", () => actions.move(1), "forward", "gw-forward"),
    scrubber.root,
    tempo.root,
    way.root,
    table,
  );
  root.addEventListener("keydown", (event) => {
    // What opens closes by the same key's press on the root, too.
    if (event.key === "Escape" && table.getAttribute("aria-expanded") === "true") onTable();
  });

  const drawing = memo(
    (/** @type {View} */ view, /** @type {number} */ speed) => [view.playing, speed, view.byDay, view.backward],
    (view, speed) => {
      const name = word(view.playing ? "pause" : "play");
      if (play.getAttribute("aria-label") !== name) {
        put(play, { "aria-label": name, title: name });
        play.replaceChildren(icon(PATHS[view.playing ? "pause" : "play"]));
      }
      tempo.draw(view, speed);
      press(way, Number(view.backward));
    },
  );
  return {
    root,
    table,
    press: tempo.press,
    /** @param {View} view @param {number} playhead in stages @param {number} speed */
    draw(view, playhead, speed) {
      scrubber.draw(view, playhead);
      drawing.draw(view, speed);
    },
  };
}
