/** A parallel scan over the loop that arrives at the same states: one clock, and what every node comes from. */

import controls from "../base/controls.css" with { type: "css" };
import { el, say } from "../base/element.js";
import { mount } from "../base/mount.js";
import parts from "../base/parts.css" with { type: "css" };
import { frameOf, LOOP, next } from "./geometry.js";
import { drawPicture } from "./picture.js";
import { createPlayer } from "./player.js";
import sheet from "./scan.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./geometry.js").Place} Place
 */

/** @type {import("../base/mount.js").Look} */
const LOOK = { sheets: [parts, controls, sheet], kind: "gw-scan" };

/** What is said of a node. @param {Data} data @param {Place} place */
const said = (data, { round, step }) => (round === LOOP ? data.loop : data.rows[round]).nodes[step].said;

/** @param {HTMLElement} root @param {Data} first */
function create(root, first) {
  const board = el("div", { class: "board" });
  const clock = el("p", { class: "told", role: "status" });
  const detail = el("p", { class: "told", "aria-hidden": "true" });
  const difference = el("p", { class: "difference" });
  const player = createPlayer(first.words, (to) => {
    tick = to;
    draw();
  });
  root.append(
    el("div", { class: "says" }, clock, detail),
    board,
    el("div", { class: "foot" }, player.root, difference),
  );

  let data = first,
    tick = 0,
    width = 0;
  /** @type {{hovered: Place|null, focused: Place|null, tabbed: Place}} */
  const at = { hovered: null, focused: null, tabbed: { round: 0, step: 0 } };
  /** @type {import("./picture.js").Picture} */
  let picture;

  /** Whether a node is there at this tick. @param {Place|null} place @returns {place is Place} */
  const shown = (place) =>
    place !== null &&
    place.step < data.loop.nodes.length &&
    (place.round === LOOP ? place.step < tick : place.round < data.rows.length && place.round <= tick);

  function draw() {
    const chosen = [at.hovered, at.focused].find(shown) ?? null;
    const begin = data.rows.length ? { round: 0, step: 0 } : { round: LOOP, step: 0 };
    picture.show(tick, chosen, shown(at.tabbed) ? at.tabbed : begin);
    say(clock, data.told[tick]);
    say(detail, chosen ? said(data, chosen) : "");
    root.toggleAttribute("data-detail", chosen !== null);
    say(difference, tick === data.loop.nodes.length ? data.words.difference : "");
  }

  /** @param {import("./geometry.js").Frame} frame */
  function listen(frame) {
    for (const { place, element } of picture.nodes) {
      element.addEventListener("pointerenter", () => follow({ hovered: place }));
      element.addEventListener("pointerleave", () => follow({ hovered: null }));
      element.addEventListener("focus", () => follow({ focused: place, tabbed: place }));
      element.addEventListener("blur", () => follow({ focused: null }));
      element.addEventListener("click", () => element.focus());
      element.addEventListener("keydown", (event) => {
        const to = next(place, event.key, frame, data, tick);
        if (!to) return;
        event.preventDefault();
        picture.nodes.find((one) => one.place.round === to.round && one.place.step === to.step)?.element.focus();
      });
    }
  }

  /** @param {Partial<typeof at>} change */
  function follow(change) {
    Object.assign(at, change);
    draw();
  }

  function redraw() {
    const frame = frameOf(width, data);
    picture = drawPicture(data, frame);
    listen(frame);
    board.replaceChildren(picture.root);
    player.reset(data);
  }

  new ResizeObserver(() => {
    if (!board.clientWidth || board.clientWidth === width) return;
    width = board.clientWidth;
    redraw();
  }).observe(board);

  return {
    stop: player.stop,
    /** @param {Data} sent */
    follow(sent) {
      if (width && JSON.stringify(sent) === JSON.stringify(data)) return;
      data = sent;
      width = board.clientWidth || 800;
      redraw();
    },
  };
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function scan({ data, parentElement }) {
  const { follow, stop } = mount(parentElement, LOOK, (root) => create(root, data));
  follow(data);
  return stop;
}
