/** The stage around the diagram: it holds the playhead and the controls, and has the panels draw them. */

import { writeView } from "./state/address.js";
import * as clock from "./state/clock.js";
import { createControls } from "./state/pending_controls.js";
import { createDesk } from "./panels/annotations.js";
import { createDrag } from "./state/drag.js";
import { el } from "../components/base/element.js";
import { facetsOf, leading } from "./state/facets.js";
import { listenToKeys } from "./input/keyboard.js";
import { listenForDark } from "./input/highlight.js";
import { createPanels, signatureOf } from "./panels/panels.js";
import { refOf } from "./state/value_ref.js";
import { followTheme } from "../components/base/theme.js";
import { seenFrom } from "./state/strips.js";

/**
 * @typedef {import("./types.js").Scene} Scene
 * @typedef {import("./types.js").Facet} Facet
 * @typedef {import("./types.js").Controls} Controls
 * @typedef {import("./types.js").View} View
 * @typedef {import("./types.js").Want} Want
 * @typedef {import("./state/clock.js").Position} Position
 * @typedef {{play: () => void, restart: () => void, move: (by: number) => void, moveDays: (by: number) => void,
 *   ends: (last: boolean) => void, jump: (stage: number) => void, seek: (step: number, stage: number) => void,
 *   scrub: (at: number, done: boolean) => void, speed: (rate: number) => void, nextSpeed: () => void, slower: () => void, faster: () => void,
 *   unit: (to: number) => void, turn: (backward: boolean) => void,
 *   hover: import("./input/highlight.js").Hover, everything: () => void,
 *   card: (ref: import("./types.js").Ref, anchor: HTMLElement) => void, read: () => void, coverResults: () => void,
 *   grab: (parameter: string) => void, drag: (value: number) => void, release: () => void, commit: (change: import("./state/pending_controls.js").Change) => void, redraw: () => void}} Actions
 * @typedef {{commit: (controls: Controls) => void, grab: (parameter: string) => void, want: (want: Want) => void, covering: (any: boolean) => void}} Send  to Python
 */

/** @param {HTMLElement} root @param {Scene} first @param {Send} send */
export function createShell(root, first, send) {
  /** What Python sent, and what of it the selected unit sees. */
  let told = first,
    scene = first,
    seen = facetsOf(first, false),
    facets = seen,
    version = 0,
    width = 0,
    frame = 0,
    last = 0,
    speed = 1;
  let playing = false,
    everything = false,
    covering = false;
  let unit = first.unit ?? 0,
    backward = first.backward ?? false;
  let hover = /** @type {string|null} */ (null);
  /** Where the playhead is in what is played: backward that counts from the run's end. */
  let position = clock.START;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const controls = createControls(scene.controls, send.commit);
  const hand = createDrag((shown) => {
    take(shown);
    renew();
  }, send.grab);
  const theme = followTheme(root, () => panels.update());
  const desk = createDesk(root, {
    facets: () => seen,
    view,
    version: () => version,
    redraw: () => draw(),
    seek: (step, stage) => actions.seek(step, stage),
    hover: (name, from) => actions.hover(name, from),
    covered() {
      take(told);
      renew();
      if (desk.covering() === covering) return;
      covering = desk.covering();
      send.covering(covering);
    },
  });
  const body = el("div", { class: "gw-body" });
  root.append(body);

  /** @param {Scene} next */
  function take(next) {
    told = next;
    scene = seenFrom(next, unit);
    face();
  }

  /** What the panels show: the run's values, or its gradients, but for those that are covered. */
  function face() {
    seen = desk.masked(facetsOf(scene, false));
    facets = back() ? desk.masked(facetsOf(scene, true)) : seen;
  }

  /** Is the gradient played? It is wanted, and Python has sent it. */
  const back = () => backward && scene.series.every(({ gradients }) => gradients);

  /** A place in the run as a place in what is played, or the other way round. @template {{step: number, stage: number}} P @param {P} place @returns {P} */
  const played = (place) => (back() ? clock.mirrored(place, run()) : place);

  /** Do something after which the other direction may be played: the same place is on show. @param {() => void} act */
  function turning(act) {
    const was = back();
    act();
    face();
    if (back() === was) return;
    playing = false;
    cancelAnimationFrame(frame);
    const start = !position.step && !position.stage && !position.progress;
    position =
      start || clock.ended(position, run())
        ? clock.START
        : { ...clock.mirrored(position, run()), progress: 1, rest: 0 };
  }

  function run() {
    return { steps: scene.steps, stages: leading(facets).layout.stages.length };
  }
  const pace = () => (calm.matches ? clock.STILL : clock.MOVING);

  /** @returns {View} */
  function view() {
    const { progress } = position,
      { step, stage } = played(position),
      [last, furthest] = clock.reached(position, run());
    const reached = played({ step: last, stage: furthest });
    return {
      step,
      stage,
      stages: run().stages,
      progress,
      handover: back() ? null : clock.handover(position, run(), pace()),
      playing,
      still: calm.matches,
      everything,
      hover: hover ?? desk.lit(),
      unit,
      backward: back(),
      covering: desk.covering(),
      reached: [reached.step, reached.stage],
    };
  }

  /** The playhead's place on the rail, in stages from its left. */
  const playhead = () => {
    const units = clock.units(position, run()),
      { steps, stages } = run();
    return back() ? steps * stages - units : units;
  };

  function draw() {
    const now = view();
    panels.draw(now, playhead(), speed);
    desk.draw(now);
  }

  // ---- time ----------------------------------------------------------------------------------------------------

  /** @param {number} time */
  function tick(time) {
    const before = position;
    position = clock.advance(position, (time - last) * speed, run(), pace());
    last = time;
    const over = clock.ended(position, run());
    if (over) playing = false;
    announce(before);
    draw();
    if (over) settle();
    else frame = requestAnimationFrame(tick);
  }

  /** A stage that has just ended is told; at double speed only a day's last one. @param {Position} before */
  function announce(before) {
    const ends =
      position.progress >= 1 &&
      (before.progress < 1 || before.step !== position.step || before.stage !== position.stage);
    if (ends && (speed < 2 || !playing || position.stage === run().stages - 1)) panels.narration.tell(view());
  }

  function start() {
    if (clock.ended(position, run())) position = clock.START;
    if (calm.matches && position.progress < 1) position = clock.standing(position.step, position.stage);
    playing = true;
    last = performance.now();
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tick);
    draw();
  }

  function pause() {
    playing = false;
    cancelAnimationFrame(frame);
    draw();
    settle();
  }

  /** The playhead stands: the address says where. */
  function settle() {
    writeView({
      at: position.step || position.stage || position.progress >= 1 ? played(position) : null,
      unit,
      backward,
    });
  }

  /** Going somewhere: while playing a stage starts anew, otherwise its result stands. @param {Position} to */
  function go(to) {
    const before = position;
    const atStart = to.progress === 0;
    position = playing && !calm.matches && !atStart ? clock.beginning(to.step, to.stage) : to;
    last = performance.now();
    announce(before);
    draw();
    if (!playing) settle();
  }

  // ---- what a reader can do ------------------------------------------------------------------------------------

  /** @param {number} by */
  const shift = (by) => {
    const place = clock.SPEEDS.indexOf(speed) + by;
    actions.speed(clock.SPEEDS[Math.min(clock.SPEEDS.length - 1, Math.max(0, place))]);
  };
  /** Another way of looking: drawn with what is here, and Python told what is missing. */
  function look() {
    send.want({ unit, backward });
    draw();
    settle();
  }
  /** @type {Actions} */
  const actions = {
    play: () => (playing ? pause() : start()),
    restart: () => go(clock.START),
    move: (by) => go(clock.moveStages(position, by, run())),
    moveDays: (by) => go(clock.moveSteps(position, by, run())),
    ends: (end) => go(end ? clock.last(run()) : clock.START),
    jump: (stage) => actions.seek(played(position).step, stage),
    seek(step, stage) {
      const to = played({ step, stage });
      go(clock.standing(to.step, to.stage));
    },
    scrub(at, done) {
      const { steps, stages } = run(),
        units = back() ? steps * stages - at : at;
      position = clock.fromUnits(done ? Math.round(units) : units, run());
      last = performance.now();
      if (done && position.progress >= 1) panels.narration.tell(view());
      draw();
      if (done && !playing) settle();
    },
    speed(rate) {
      speed = rate;
      draw();
    },
    nextSpeed: () => actions.speed(clock.SPEEDS[(clock.SPEEDS.indexOf(speed) + 1) % clock.SPEEDS.length]),
    slower: () => shift(-1),
    faster: () => shift(1),
    unit(to) {
      const next = Math.min((scene.units ?? 1) - 1, Math.max(0, to));
      if (next === unit) return;
      unit = next;
      hand.release(); // what was computed for a drag is another unit's
      take(told);
      renew();
      look();
      panels.narration.turn(view());
    },
    turn(way) {
      if (way === backward) return;
      turning(() => {
        backward = way;
      });
      rebuild();
      look();
    },
    hover(name, from) {
      if (hover === name || (from !== undefined && hover !== from)) return;
      hover = name;
      draw();
    },
    everything() {
      everything = !everything;
      draw();
    },
    card: desk.open,
    /** The card of the value that the playhead stands at. */
    read() {
      const facet = leading(facets),
        index = facets.indexOf(facet),
        { value } = facet.layout.stages[position.stage];
      const pill = root.querySelectorAll(".gw-figure")[index]?.querySelector(`.gw-target.value[data-key="${value}"]`);
      if (pill) desk.open(refOf(facet.series[index].key, { name: value }, position.step), pill, root);
    },
    coverResults: desk.coverResults,
    grab: (parameter) => hand.grab(parameter),
    drag: (value) => hand.drag(value),
    release: () => hand.release(),
    commit(change) {
      controls.commit(change);
      panels.committed(view());
    },
    redraw: draw,
  };
  listenForDark(root, actions.hover);
  listenToKeys(root, actions, () => ({ stages: run().stages, unit }));

  // ---- the panels ----------------------------------------------------------------------------------------------

  /** The controls, with the weight that is under a hand. */
  const shown = () => ({ ...controls.now(), weights: hand.over(controls.now().weights) });
  const build = () =>
    createPanels(root, body, {
      facets: () => facets,
      forward: () => seen[0],
      controls: shown,
      version: () => version,
      tray: desk.tray,
      actions,
    });
  if (first.at) position = clock.clamped(clock.standing(first.at[0] - 1, first.at[1] - 1), run());
  if (back()) {
    position = first.at ? clock.mirrored(position, run()) : position;
    take(first);
  }
  let panels = build();

  /** Other words, other series or the other direction: the panels are built anew. */
  function rebuild() {
    if (panels.signature === signatureOf(scene, back())) return;
    panels.destroy();
    panels = build();
    panels.measure();
    renew();
  }

  /** The page around may have changed. */
  function settleIn() {
    theme.read();
    panels.measure();
    renew();
  }

  /** The data have changed. */
  function renew() {
    version += 1;
    panels.update();
    draw();
  }

  const observer = new ResizeObserver(() => {
    if (root.clientWidth === width || !root.clientWidth) return;
    width = root.clientWidth;
    settleIn();
  });
  width = root.clientWidth;
  settleIn();
  observer.observe(root);
  calm.addEventListener("change", draw);

  if (first.autoplay && !first.at && !calm.matches) start();

  return {
    covering: desk.covering,
    /** @param {Scene} next */
    update(next) {
      unit = Math.min(unit, (next.units ?? 1) - 1);
      turning(() => take(hand.shown(next)));
      controls.answer(next.controls);
      position = clock.clamped(position, run());
      rebuild();
      settleIn();
      if (!playing) settle();
    },
    destroy() {
      cancelAnimationFrame(frame);
      controls.destroy();
      desk.destroy();
      observer.disconnect();
      calm.removeEventListener("change", draw);
      panels.destroy();
    },
  };
}
