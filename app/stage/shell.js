/** The stage around the diagram: it joins the playback, the selection, the controls and the panels that draw them. */

import { el, say } from "../components/base/element.js";
import { offerStage, stageMoved } from "../components/class_room/stage_link.js";
import { followTheme } from "../components/base/theme.js";
import { clearHighlightOn } from "./input/highlight.js";
import { listenToKeys } from "./input/keyboard.js";
import { createAnnotations } from "./panels/annotations.js";
import { createPanels, signatureOf } from "./panels/panels.js";
import { createGuide } from "./guide.js";
import { createPlayback } from "./playback.js";
import { createRoomStage, whileFree } from "./room.js";
import { createSelection } from "./selection.js";
import { looked } from "../components/overview/look.js";
import { writeView } from "./state/address.js";
import { SPEEDS } from "./state/clock.js";
import { createControls } from "./state/controls.js";
import { leading } from "./state/facets.js";
import { refOf } from "./state/value_ref.js";
import { stateNow, taken } from "./taken.js";
import { changesOf, comings, followWidth } from "./watch.js";

/**
 * @typedef {import("./types.js").Arrived} Arrived
 * @typedef {import("./types.js").Actions} Actions
 * @typedef {import("./types.js").View} View
 * @typedef {{commit: (commit: import("./types.js").Commit) => void, unit: (unit: number) => void,
 *   covering: (any: boolean) => void, page: import("./page_file.js").Save, scene: () => string,
 *   came?: (unit: number, step: number) => void}} Send
 *   to Python, and into a file; `scene`: which one is shown; `came`: it has come to another unit, timestep or stage
 * @typedef {{root: HTMLElement, send: Send, announce: (text: string) => void,
 *   playback: ReturnType<typeof createPlayback>,
 *   selection: ReturnType<typeof createSelection>, annotations: ReturnType<typeof createAnnotations>,
 *   controls: ReturnType<typeof createControls>, guide: ReturnType<typeof createGuide>,
 *   display: ReturnType<typeof createDisplay>, writeAddress: () => void}} Parts
 */

/**
 * What shows a state: the panels, and the open card and the pins over them. They are built once they are first asked
 * for.
 * @param {HTMLElement} root @param {HTMLElement} body @param {Omit<Parts, "display"|"writeAddress">} parts
 * @param {() => Actions} actions
 */
function createDisplay(root, body, { playback, selection, annotations, guide, announce, controls, send }, actions) {
  const came = comings(send.came);
  let version = 0;
  const build = () =>
    createPanels(root, body, {
      facets: selection.facets,
      forward: () => selection.forward()[0],
      controls: controls.now,
      version: () => version,
      tray: annotations.tray,
      guide,
      announce,
      actions: actions(),
    });
  /** @type {ReturnType<typeof createPanels>} */
  let panels;

  /** @returns {View} */
  function view() {
    const selected = selection.view();
    const hover = selected.hover ?? annotations.lit();
    const own = { ...playback.view(), ...selected, hover, covering: annotations.covering(), light: [] };
    return { ...own, light: guide.light(own) };
  }
  function draw() {
    const now = view();
    panels.draw(now, playback.playhead.rail(), playback.speed());
    annotations.draw(now);
    guide.draw(now);
    stageMoved();
    came(now);
  }
  /** The data have changed. With other words, other series or the other direction the panels are built anew. */
  function renew() {
    version += 1;
    if (panels.signature !== signatureOf(selection.scene(), selection.playsBackward())) {
      panels.destroy();
      panels = build();
      panels.measure();
    }
    guide.renew();
    panels.update();
    draw();
  }
  return {
    view,
    draw,
    renew,
    version: () => version,
    panels: () => panels,
    /** For the first time. */
    build: () => (panels = build()),
  };
}

/** What a reader can do. @param {Parts} parts @returns {Actions} */
function createActions({ root, send, playback, selection, annotations, controls, display, writeAddress }) {
  let frame = 0;
  /** Everything computed and drawn for the controls as they are now. */
  function renew() {
    cancelAnimationFrame(frame);
    frame = 0;
    selection.compute();
    playback.playhead.clamp();
    display.renew();
  }
  /** @param {number} by */
  function shiftSpeed(by) {
    const place = SPEEDS.indexOf(playback.speed()) + by;
    playback.setTempo({ speed: SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, place))] });
  }
  return {
    play: playback.toggle,
    restart: () => playback.ends(false),
    move: playback.moveStages,
    moveDays: playback.moveSteps,
    ends: playback.ends,
    jump: (stage) => playback.seek(playback.playhead.place().step, stage),
    seek: playback.seek,
    scrub: playback.scrub,
    place: playback.place,
    playTo: playback.playTo,
    tempo: playback.setTempo,
    slower: () => shiftSpeed(-1),
    faster: () => shiftSpeed(1),
    unit(to) {
      if (!selection.selectUnit(to)) return;
      display.renew();
      writeAddress();
      send.unit(selection.selected().unit);
      display.panels().narration.turn(display.view());
    },
    /** A unit at a step, at the stage that is on show. */
    look(unit, step) {
      if (selection.selectUnit(unit)) display.renew();
      playback.seek(step, playback.playhead.place().stage);
    },
    turn(backward) {
      if (backward === selection.playsBackward()) return;
      selection.turn(backward);
      playback.reverse();
      display.renew();
      writeAddress();
    },
    hover(name, from) {
      if (selection.highlight(name, from)) display.draw();
    },
    everything() {
      selection.toggleEverything();
      display.draw();
    },
    card: annotations.open,
    /** The card of the value that the playhead is at. */
    read() {
      const facets = selection.facets();
      const facet = leading(facets);
      const index = facets.indexOf(facet);
      const { step, stage } = playback.playhead.position();
      const { value } = facet.layout.stages[stage];
      const pill = root.querySelectorAll(".gw-figure")[index]?.querySelector(`.gw-target.value[data-key="${value}"]`);
      if (pill) annotations.open(refOf(facet.series[index].key, { name: value }, step), pill, root);
    },
    coverResults: annotations.coverResults,
    preview(change) {
      controls.preview(change);
      frame ||= requestAnimationFrame(renew); // once per refresh of the screen, however fast the pointer is
    },
    commit(change) {
      controls.commit(change);
      renew();
    },
    undo() {
      controls.undo();
      renew();
    },
    renew,
    redraw: display.draw,
    savePage: (name) => send.page(stateNow({ playback, selection, annotations, controls }), name),
  };
}

/**
 * What is looked at, in the address and for an overview beside the stage.
 * @param {Pick<Parts, "playback"|"guide"|"selection">} parts
 */
function writePlace({ playback, guide, selection }) {
  writeView({ at: playback.playhead.address(), step: guide.address(), ...selection.selected() });
  const one = selection.scene().unit_of !== undefined;
  looked({ unit: one ? null : selection.selected().unit, step: playback.playhead.place().step });
}

/**
 * How other data are taken.
 * @param {Omit<Parts, "display">} parts @param {Parts["display"]} display @param {() => void} refit
 * @param {() => void} renew
 */
const receiving = ({ controls, selection, playback, writeAddress }, display, refit, renew) => ({
  /**
   * Other runs of the same cells, at one place: drawn once, neither announced nor written into the address.
   * @param {Arrived} next @param {number} unit @param {number} step
   */
  show(next, unit, step) {
    selection.open(next, unit);
    playback.playhead.open([step + 1, playback.playhead.place().stage + 1]);
    display.renew();
  },
  /** @param {Arrived} next */
  update(next) {
    controls.receive(next.controls, next.committed);
    selection.receive(next);
    refit();
    renew();
    if (!playback.playing()) writeAddress();
  },
});

/** @param {HTMLElement} root @param {Arrived} first @param {Send} send */
export function createShell(root, first, send) {
  const live = el("div", { class: "gw-hidden", "aria-live": "polite", "aria-atomic": "true" });
  const announce = (/** @type {string} */ text) => say(live, text);
  const controls = createControls(first.controls, send.commit);
  const selection = createSelection(first, controls.now, (facets) => annotations.masked(facets));
  const writeAddress = () => room.follows() || writePlace({ playback, guide, selection });
  const playback = createPlayback({
    run: selection.run,
    backward: selection.playsBackward,
    draw: () => display.draw(),
    settled: writeAddress,
    stageEnded: () => display.panels().narration.announce(display.view()),
  });
  const theme = followTheme(root, () => display.renew());
  const annotations = createAnnotations(root, {
    covers: first.covers,
    facets: selection.forward,
    view: () => display.view(),
    version: () => display.version(),
    redraw: () => display.draw(),
    seek: playback.seek,
    hover: (name, from) => actions.hover(name, from),
    covered() {
      selection.mask();
      display.renew();
      tellCovering();
    },
  });
  if (first.covers) selection.mask();
  const hiding = () => annotations.hiding() || guide.asking();
  const tellCovering = changesOf(hiding, send.covering);
  const guide = createGuide({
    selection,
    controls: controls.now,
    undoes: controls.undoes,
    actions: () => actions,
    redraw: () => display.draw(),
    ask: annotations.ask,
    answer: annotations.answer,
    answered: tellCovering,
    announce,
    settled: writeAddress,
  });
  const body = el("div", { class: "gw-body" });
  root.append(body, live);
  const parts = { root, send, announce, playback, selection, annotations, controls, guide, writeAddress };
  const display = createDisplay(root, body, parts, () => actions);
  /** @type {Actions} */
  const actions = whileFree(createActions({ ...parts, display }), () => room.follows());
  clearHighlightOn(root, actions.hover);
  const room = createRoomStage({ ...parts, body, display, actions });
  listenToKeys(root, actions, () => ({ ...selection.run(), ...selection.selected(), follows: room.follows() }));

  if (first.at) playback.playhead.open(first.at);
  display.build();
  /** The page around may have changed. */
  function refit() {
    theme.read();
    display.panels().measure();
  }
  const observer = followWidth(root, refit, () => display.renew());
  guide.begin(Boolean(first.at));
  addEventListener("popstate", controls.moved);
  const withdraw = offerStage(room.shown);

  return {
    covering: hiding,
    look: actions.look,
    taken: () => taken(parts),
    writeAddress,
    ...receiving(parts, display, refit, actions.renew),
    destroy() {
      withdraw();
      removeEventListener("popstate", controls.moved);
      observer.disconnect();
      for (const part of [playback, annotations, guide, display.panels()]) part.destroy();
    },
  };
}
