/** Play, step, stages of the day, speed. */

import { button, el, icon, put, say } from "../../components/base/element.js";
import { SPEEDS } from "../state/clock.js";
import { memo } from "../state/memo.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 */

const PATHS = {
  play: ["M8 5.5v13l10.5-6.5z"],
  pause: ["M7.5 5.5h3.2v13h-3.2z", "M13.3 5.5h3.2v13h-3.2z"],
  restart: ["M18.6 12a6.6 6.6 0 1 1-2-4.7M17.2 3.6v4.2h-4.2"],
  back: ["M6.4 5.5h2.1v13h-2.1z", "M18 5.5v13l-8.6-6.5z"],
  forward: ["M15.5 5.5h2.1v13h-2.1z", "M6 5.5v13l8.6-6.5z"],
};

/** A button for each stage. @param {Pick<Context, "layout"|"word"|"actions">} context @param {boolean} numbered */
function dotsOf({ layout, word, actions }, numbered) {
  const dots = layout.stages.map(({ key, role }, index) =>
    button(
      "",
      () => actions.jump(index),
      { class: `gw-step role-${role}` },
      el("span", { class: "gw-dot" }, String(index + 1)),
      numbered ? null : el("span", { class: "gw-step-name" }, word(`stage.${key}.name`)),
    ),
  );
  dots.forEach((dot, index) =>
    put(dot, {
      "aria-label": word("stage.jump", {
        stage: index + 1,
        stages: dots.length,
        name: numbered ? "" : word(`stage.${layout.stages[index].key}.name`),
      }).replace(/: $/, ""),
    }),
  );
  return dots;
}

/** @param {Context} context @param {boolean} numbered the stages of several cells have no common names */
export function createTransport({ layout, word, actions }, numbered) {
  /** @param {string} key @param {() => void} act @param {keyof typeof PATHS} drawing @param {string} kind */
  const round = (key, act, drawing, kind) =>
    button(word(key), act, { class: `gw-round ${kind}`, named: true, title: word(key) }, icon(PATHS[drawing]));
  const play = round("play", actions.play, "play", "gw-play");
  const bar = el(
    "div",
    { class: "gw-bar" },
    round("restart", actions.restart, "restart", "gw-restart"),
    round("stage.back", () => actions.move(-1), "back", "gw-back"),
    play,
    round("stage.forward", () => actions.move(1), "forward", "gw-forward"),
  );

  const dots = dotsOf({ layout, word, actions }, numbered);
  const steps = el("div", { class: "gw-steps", role: "group", "aria-label": word("stages") }, ...dots);

  const speeds = SPEEDS.map((speed) => button("", () => actions.speed(speed), { class: "gw-choice" }, `${speed}×`));
  const turn = button(word("speed"), () => actions.nextSpeed(), { class: "gw-round gw-turn", named: true }, "1×");
  const speed = el(
    "div",
    { class: "gw-speed", role: "group", "aria-label": word("speed") },
    el("div", { class: "gw-choices" }, ...speeds),
    turn,
  );
  bar.append(speed);
  const ways = [false, true].map((backward) =>
    button("", () => actions.turn(backward), { class: "gw-choice" }, word(backward ? "way.back" : "way.forth")),
  );
  const way = el(
    "div",
    { class: "gw-way", role: "group", "aria-label": word("way") },
    el("div", { class: "gw-choices" }, ...ways),
  );

  const drawing = memo(
    (/** @type {View} */ view, /** @type {number} */ rate) => [
      view.stage,
      view.playing,
      rate,
      view.everything,
      view.backward,
    ],
    (view, rate) => {
      const name = word(view.playing ? "pause" : "play");
      if (play.getAttribute("aria-label") !== name) {
        put(play, { "aria-label": name, title: name });
        play.replaceChildren(icon(PATHS[view.playing ? "pause" : "play"]));
      }
      dots.forEach((dot, index) =>
        put(dot, {
          "data-state": (view.backward ? index > view.stage : index < view.stage)
            ? "done"
            : index === view.stage
              ? "active"
              : "later",
          "aria-current": index === view.stage ? "step" : null,
        }),
      );
      speeds.forEach((choice, k) => put(choice, { "aria-pressed": String(SPEEDS[k] === rate) }));
      ways.forEach((choice, k) => put(choice, { "aria-pressed": String(Boolean(k) === view.backward) }));
      say(turn, `${rate}×`);
      put(turn, { "aria-label": `${word("speed")} ${rate}×` });
    },
  );
  return {
    steps,
    bar,
    way,
    draw: drawing.draw,
  };
}
