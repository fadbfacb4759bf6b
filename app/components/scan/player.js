/** What moves the clock of a scan: play, back, on, and a slider over its ticks. */

import { button, el, icon, put } from "../base/element.js";

/** @typedef {import("./data.js").Data} Data */

const PACE = 1100; // ms a tick
const PATHS = {
  play: ["M8 5.5v13l10.5-6.5z"],
  pause: ["M7.5 5.5h3.2v13h-3.2z", "M13.3 5.5h3.2v13h-3.2z"],
  back: ["M6.4 5.5h2.1v13h-2.1z", "M18 5.5v13l-8.6-6.5z"],
  on: ["M15.5 5.5h2.1v13h-2.1z", "M6 5.5v13l8.6-6.5z"],
};

/**
 * @param {Data["words"]} words @param {(tick: number) => void} changed
 * @returns {{root: HTMLElement, reset: (data: Data) => void, stop: () => void}}
 */
export function createPlayer(words, changed) {
  let tick = 0,
    last = 0,
    timer = 0;
  /** @type {string[]} */
  let told = [];
  const round = (/** @type {"play"|"back"|"on"} */ key, /** @type {() => void} */ act) =>
    button(words[key], act, { class: `gw-round gw-${key}`, named: true, title: words[key] }, icon(PATHS[key]));
  const play = round("play", () => (timer ? stop() : start()));
  const scrubber = el("input", {
    type: "range",
    min: 0,
    step: 1,
    "aria-label": words.scrubber,
    oninput: () => move(Number(scrubber.value)),
  });
  const root = el(
    "div",
    { class: "gw-player" },
    play,
    round("back", () => move(tick - 1)),
    round("on", () => move(tick + 1)),
    scrubber,
  );

  function draw() {
    const name = words[timer ? "pause" : "play"];
    put(play, { "aria-label": name, title: name });
    play.replaceChildren(icon(PATHS[timer ? "pause" : "play"]));
    scrubber.value = String(tick);
    put(scrubber, { "aria-valuetext": told[tick] });
    scrubber.style.setProperty("--from", "0");
    scrubber.style.setProperty("--to", String(last ? tick / last : 0));
  }

  function go(/** @type {number} */ to) {
    tick = Math.min(last, Math.max(0, to));
    if (tick === last) halt();
    draw();
    changed(tick);
  }

  function halt() {
    clearInterval(timer);
    timer = 0;
  }

  function stop() {
    halt();
    draw();
  }

  function move(/** @type {number} */ to) {
    halt();
    go(to);
  }

  function start() {
    timer = window.setInterval(() => go(tick + 1), PACE);
    go(tick === last ? 0 : tick + 1);
  }

  return {
    root,
    stop,
    /** Another scan: the clock stays where it is, if it can. */
    reset(data) {
      last = data.loop.nodes.length;
      told = data.told;
      put(scrubber, { max: last });
      scrubber.style.setProperty("--mark", String((data.rows.length - 1) / last)); // where the scan is ready
      move(tick);
    },
  };
}
