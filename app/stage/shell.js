/** The stage around the diagram: it holds the playhead and the controls, and has every panel draw them. */

import { writePlayhead } from "./address.js";
import { createArithmetic } from "./arithmetic.js";
import * as clock from "./clock.js";
import { createControls } from "./commits.js";
import { createDays } from "./days.js";
import { createDiagram } from "./diagram/diagram.js";
import { createDrag } from "./drag.js";
import { el, put } from "./element.js";
import { createHead } from "./head.js";
import { listenToKeys } from "./keyboard.js";
import { createLegend } from "./legend.js";
import { createNarration } from "./narration.js";
import { createSliders } from "./sliders.js";
import { followTheme } from "./theme.js";
import { createTimeline } from "./timeline.js";
import { createTransport } from "./transport.js";
import { wordsOf } from "./words.js";

/**
 * @typedef {import("./types.js").Scene} Scene
 * @typedef {import("./types.js").Layout} Layout
 * @typedef {import("./types.js").Controls} Controls
 * @typedef {import("./types.js").View} View
 * @typedef {import("./clock.js").Position} Position
 * @typedef {{play: () => void, restart: () => void, move: (by: number) => void, moveDays: (by: number) => void,
 *   ends: (last: boolean) => void, jump: (stage: number) => void, seek: (step: number, stage: number) => void,
 *   scrub: (at: number, done: boolean) => void, speed: (rate: number) => void, nextSpeed: () => void, slower: () => void, faster: () => void,
 *   hover: (name: string|null) => void, everything: () => void,
 *   grab: (parameter: string) => void, drag: (value: number) => void, release: () => void, commit: (change: Partial<Controls>) => void, redraw: () => void}} Actions
 * @typedef {{layout: Layout, word: import("./words.js").Word, actions: Actions, scene: () => Scene, controls: () => Controls,
 *   version: () => number}} Context
 */

/** The wide diagram is kept down to this width; below `FOLD` the page is a phone's, below `LINES` sums are receipts. */
const WIDE = 660, FOLD = 700, LINES = 620;

/**
 * @param {HTMLElement} root @param {Layout} layout @param {Scene} first
 * @param {{commit: (controls: Controls) => void, grab: (parameter: string) => void}} send
 */
export function createShell(root, layout, first, send) {
  let scene = first, version = 0, width = 0, frame = 0, last = 0, speed = 1;
  let playing = false, everything = false;
  let hover = /** @type {string|null} */ (null);
  let position = first.at ? clock.clamped(clock.standing(first.at[0] - 1, first.at[1] - 1), run()) : clock.START;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const controls = createControls(scene.controls, send.commit);
  const hand = createDrag((shown) => {
    scene = shown;
    renew();
  }, send.grab);
  const theme = followTheme(root);
  const body = el("div", { class: "gw-body" });
  root.append(body);

  function run() {
    return { steps: scene.steps, stages: layout.stages.length };
  }
  const pace = () => (calm.matches ? clock.STILL : clock.MOVING);

  /** @returns {View} */
  function view() {
    const { step, stage, progress } = position;
    return { step, stage, progress, handover: clock.handover(position, run(), pace()), playing, still: calm.matches, everything, hover, reached: clock.reached(position, run()) };
  }

  /** A series shorter than the run rests at its own end. @param {number} index @param {View} now @returns {View} */
  function own(index, now) {
    const end = Object.values(scene.series[index].values)[0].length - 1, stage = layout.stages.length - 1;
    if (now.step < end || (now.step === end && now.handover === null)) return now;
    return { ...now, step: end, stage, progress: 1, handover: null, playing: false, reached: [end, stage] };
  }

  function draw() {
    const now = view();
    for (const panel of panels.all) panel.draw(now);
    root.setAttribute("aria-label", panels.word("stage.label", { title: scene.title, step: panels.word("step.of", { n: now.step + 1, total: scene.steps }) }));
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
    const ends = position.progress >= 1 && (before.progress < 1 || before.step !== position.step || before.stage !== position.stage);
    if (ends && (speed < 2 || !playing || position.stage === layout.stages.length - 1)) panels.narration.tell(position);
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
    writePlayhead(position.step || position.stage || position.progress >= 1 ? position : null);
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
  /** @type {Actions} */
  const actions = {
    play: () => (playing ? pause() : start()),
    restart: () => go(clock.START),
    move: (by) => go(clock.moveStages(position, by, run())),
    moveDays: (by) => go(clock.moveSteps(position, by, run())),
    ends: (end) => go(end ? clock.last(run()) : clock.START),
    jump: (stage) => go(clock.standing(position.step, stage)),
    seek: (step, stage) => go(clock.standing(step, stage)),
    scrub(at, done) {
      position = clock.fromUnits(done ? Math.round(at) : at, run());
      last = performance.now();
      if (done && position.progress >= 1) panels.narration.tell(position);
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
    hover(name) {
      if (hover === name) return;
      hover = name;
      draw();
    },
    everything() {
      everything = !everything;
      draw();
    },
    grab: (parameter) => hand.grab(parameter),
    drag: (value) => hand.drag(value),
    release: () => hand.release(),
    commit(change) {
      controls.commit(change);
      panels.sliders.update(controls.now().weights);
      panels.days.draw(view());
    },
    redraw: draw,
  };
  listenToKeys(root, actions, layout.stages.length);
  let panels = build();

  // ---- the panels ----------------------------------------------------------------------------------------------

  /** Everything that stays as long as the words and the number of series do. */
  function build() {
    const word = wordsOf(scene.words);
    /** @type {Context} */
    const context = { layout, word, actions, scene: () => scene, controls: controls.now, version: () => version };
    const double = scene.series.length > 1;
    const hosts = scene.series.map((series) => el("div", { class: "gw-figure" }, double ? el("h3", { class: "gw-series-name" }, series.name) : null));
    const diagrams = hosts.map((host) => createDiagram(host, layout, { onStage: (index) => actions.jump(index), onHover: (name) => actions.hover(name) }));
    const transport = createTransport(context), timeline = createTimeline(context), narration = createNarration(context);
    const sums = scene.series.map((_, index) => createArithmetic(context, index));
    const sliders = createSliders(context, scene), days = createDays(context);
    const top = createHead(context, true), head = createHead(context, false);
    const works = sums.map(({ root: sum, spoken }, index) => el("div", { class: "gw-work" },
      double ? el("h3", { class: "gw-series-name" }, scene.series[index].name) : null, sum, double ? spoken : null));
    if (!double) head.line.append(sums[0].spoken);
    const main = el("div", { class: "gw-main" },
      el("section", { class: "gw-card gw-show" }, top.root, el("div", { class: "gw-figures" }, ...hosts),
        el("div", { class: "gw-transport" }, transport.bar, transport.steps), timeline.root),
      el("section", { class: "gw-card gw-working" }, head.root, el("div", { class: "gw-works" }, ...works)));
    const side = el("div", { class: "gw-side" }, sliders.root, days.root, createLegend(context, scene.curves));
    const help = el("p", { class: "gw-hidden", id: "gw-keys" }, word("help.keys"));
    body.replaceChildren(main, side, help, narration.live, narration.tables);
    put(body, { "data-double": double });
    put(root, { role: "group", tabindex: 0, "aria-describedby": "gw-keys", lang: scene.words.lang });
    if (scene.words.lang) document.documentElement.lang = scene.words.lang;

    const room = { main: 0, figure: 0, work: 0 };
    return {
      word, narration, sliders, days, diagrams, timeline, room,
      measure: () => Object.assign(room, { main: main.clientWidth, figure: hosts[0].clientWidth, work: works[0].clientWidth }),
      signature: signature(),
      all: [
        { draw: (/** @type {View} */ now) => {
          const narrow = double || room.figure < WIDE;
          diagrams.forEach((diagram, k) => diagram.draw(scene, k, own(k, now), narrow));
        } },
        { draw: (/** @type {View} */ now) => transport.draw(now, speed) },
        { draw: (/** @type {View} */ now) => timeline.draw(now, clock.units(position, run())) },
        { draw: (/** @type {View} */ now) => sums.forEach((sum, k) => sum.draw(scene, own(k, now), double || room.work < LINES)) },
        { draw: (/** @type {View} */ now) => sliders.draw(now, width < FOLD) },
        top, head, days, narration,
      ],
    };
  }

  function signature() {
    return [scene.words.lang, scene.title, ...scene.series.map(({ key, name }) => key + name)].join();
  }

  /** The page around may have changed. */
  function look() {
    theme.read();
    panels.measure();
    renew();
  }

  /** The data have changed. Nothing here asks the browser for sizes: under a moving hand that would lay the page out twice. */
  function renew() {
    version += 1;
    panels.timeline.update(scene, panels.room.main - 40);
    panels.sliders.update(controls.now().weights);
    panels.days.update();
    panels.narration.update();
    draw();
  }

  const observer = new ResizeObserver(() => {
    if (root.clientWidth === width || !root.clientWidth) return;
    width = root.clientWidth;
    look();
  });
  width = root.clientWidth;
  look();
  observer.observe(root);
  calm.addEventListener("change", draw);

  return {
    /** @param {Scene} next */
    update(next) {
      scene = hand.shown(next);
      controls.answer(next.controls);
      position = clock.clamped(position, run());
      if (panels.signature !== signature()) {
        for (const diagram of panels.diagrams) diagram.destroy();
        panels = build();
      }
      look();
      if (!playing) settle();
    },
    destroy() {
      cancelAnimationFrame(frame);
      controls.destroy();
      observer.disconnect();
      calm.removeEventListener("change", draw);
      for (const diagram of panels.diagrams) diagram.destroy();
    },
  };
}
