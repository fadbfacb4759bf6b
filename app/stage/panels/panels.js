/**
 * Everything around the playhead that stays as long as the words and the series do: the figures, the sums, the
 * controls.
 */

import { createArithmetic } from "./arithmetic.js";
import { createSequence } from "./sequence.js";
import { createDiagram } from "../diagram/diagram.js";
import { el, put } from "../../components/base/element.js";
import { leading, mixed, ownView } from "../state/facets.js";
import { createHeading } from "./heading.js";
import { createLoss } from "../desk/loss.js";
import { createCorner } from "./corner.js";
import { createNarration } from "./narration.js";
import { refOf } from "../state/value_ref.js";
import { createSliders } from "./sliders.js";
import { createSheets } from "../desk/sheets.js";
import { createTimeline } from "./timeline.js";
import { createPlayer } from "../player/player.js";
import { countOf, pictured } from "../state/strips.js";
import { createMaps } from "../vector/weights.js";
import { wordsOf } from "../../components/base/words.js";

/**
 * @typedef {import("../types.js").Scene} Scene
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Controls} Controls
 * @typedef {import("../types.js").Actions} Actions
 * @typedef {{facets: () => Facet[], forward: () => Facet, controls: () => Controls, version: () => number,
 *   tray: HTMLElement, guide: {script: HTMLElement, task: HTMLElement}, announce: (text: string) => void,
 *   actions: Actions}} PanelsHost  what the stage provides; `announce`: to those who listen
 * @typedef {{layout: Layout, word: import("../../components/base/words.js").Word, actions: Actions, index: number,
 *   facet: () => Facet, controls: () => Controls, version: () => number}} Context
 *   what a panel of one series gets; `index` is the series'
 */

/**
 * The wide diagram is kept down to this width, a compact one down to the next; below `FOLD` the page is a phone's,
 * below `LINES` sums are receipts.
 */
const WIDE = 660,
  COMPACT = 480,
  FOLD = 660,
  COLUMNS = 1060,
  LINES = 620;
/** Here all groups of weights are open, and a strip of the table is shown; frame.css has the same height. */
const TALL = "(min-height: 860px)";

/**
 * What the panels are built for: with other words or series, or with gradients, they are built anew.
 * @param {Scene} facet @param {boolean} backward
 */
export const signatureOf = ({ series, cells, teach }, backward) =>
  `${backward} ${teach} ` +
  series
    .map(({ key, name, cell, units }) =>
      [key, name, cell, units?.count, units?.strips.x?.shape[1], cells[cell].words.lang].join(),
    )
    .join();

/** @param {PanelsHost} host @returns {Context[]} one for each series */
function contextsOf({ facets, controls, version, actions }) {
  return facets().map(({ layout, words }, index) => ({
    layout,
    actions,
    index,
    controls,
    version,
    word: wordsOf(words),
    facet: () => facets()[index],
  }));
}

/** @param {Context} context @param {boolean} named @param {boolean} different the series are of different cells */
function figureOf(context, named, different) {
  const { actions, layout, facet, index } = context;
  const weights =
    different || facet().parameters
      ? null // matrices are moved by their maps
      : { ...actions, now: (/** @type {string} */ parameter) => context.controls().weights[parameter] };
  const head = different ? createHeading(context, "figure") : null;
  const host = el(
    "div",
    { class: "gw-figure" },
    named ? el("h3", { class: "gw-series-name" }, facet().series[index].name) : null,
    head?.root,
  );
  const diagram = createDiagram(host, layout, {
    onStage: (stage) => actions.jump(stage),
    onHover: actions.hover,
    onUnit: actions.unit,
    weights,
    onValue: (value, step, anchor) => actions.card(refOf(facet().series[index].key, value, step), anchor),
  });
  return { host, head, diagram };
}

/**
 * @param {PanelsHost} host @param {HTMLElement} body
 * @param {{toggle: () => void, set: (open: boolean) => void}} table opens the table of all days
 */
function createParts(host, body, table) {
  const contexts = contextsOf(host);
  const first = contexts[0];
  const facet = first.facet();
  const lead = contexts[host.facets().indexOf(leading(host.facets()))];
  const several = contexts.length > 1;
  const different = mixed(facet);
  const figures = contexts.map((context) => figureOf(context, several, different));
  const sums = contexts.map((context) => createArithmetic(context));
  const forth = { ...first, facet: host.forward }; // weights and their maps are the same in both directions
  const top = createHeading(first, different ? "day" : "top");
  const head = createHeading(first, different ? "day" : "sum");
  return {
    contexts,
    first,
    facet,
    several,
    different,
    figures,
    sums,
    top,
    head,
    player: createPlayer(lead, different, table.toggle),
    timeline: createTimeline(contexts),
    corner: createCorner(contexts),
    narration: createNarration(contexts, host.announce),
    sliders: different ? null : (facet.parameters ? createMaps : createSliders)(forth, host.forward()),
    days: createSequence(first),
    loss: facet.notation.backward && facet.guide ? createLoss(lead) : null,
    sheets: createSheets(first, body, { task: Boolean(facet.guide), weights: !different }, table.set),
    heads: [top, head, ...figures.flatMap((figure) => figure.head ?? [])],
  };
}

/** @param {ReturnType<typeof createParts>} parts */
function worksOf({ facet, sums, several, head }) {
  if (!several) head.line.append(sums[0].spoken);
  return sums.map(({ root: sum, spoken }, k) => {
    const name = several ? el("h3", { class: "gw-series-name" }, facet.series[k].name) : null;
    return el("div", { class: "gw-work" }, name, sum, several ? spoken : null);
  });
}

/**
 * Puts the parts in their places.
 * @param {HTMLElement} root @param {HTMLElement} body @param {PanelsHost} host
 * @param {ReturnType<typeof createParts>} parts
 */
function arrange(root, body, { tray, guide }, parts) {
  const { contexts, first, facet, several, different, figures, player, timeline, narration } = parts;
  const works = worksOf(parts);
  const units = countOf(facet.series[0]) > 1;
  const told = facet.teach ? el("div", { class: "gw-told" }, parts.head.root) : null; // else it heads the sums
  const working = el(
    "div",
    { class: "gw-working" },
    told ? null : parts.head.root,
    el("div", { class: "gw-works" }, ...works),
  );
  const main = el(
    "div",
    { class: "gw-main" },
    el(
      "section",
      { class: "gw-card gw-show" },
      el("div", { class: "gw-foot" }, player.root, timeline.root), // first for a keyboard, last on the screen
      parts.top.root,
      el("div", { class: "gw-figures" }, ...figures.map(({ host }) => host)),
      parts.corner.root,
      tray,
      told ?? working,
    ),
  );
  const { sliders, days, sheets, loss } = parts;
  const beside = facet.teach ? [el("section", { class: "gw-card gw-sums" }, working), guide.script] : [];
  const cards = [sheets.close, guide.task, loss?.root, ...beside, sliders?.root, days.root, sheets.root];
  const side = el("div", { class: "gw-side" }, ...cards);
  const keys = [first.word("help.keys"), units && first.word("help.units")].filter(Boolean).join(" ");
  const help = el("p", { class: "gw-hidden", id: "gw-keys" }, keys);
  body.replaceChildren(...(facet.teach ? [] : [guide.script]), main, side, help, narration.tables);
  put(body, {
    "data-double": several,
    "data-cells": different ? contexts.length : null,
    "data-units": units,
    "data-guided": Boolean(facet.guide),
    "data-teach": Boolean(facet.teach),
    "data-compact": Boolean(facet.compact),
    "data-one": facet.unit_of !== undefined,
  });
  put(root, { role: "group", tabindex: 0, "aria-describedby": "gw-keys", lang: facet.words.lang });
  if (facet.words.lang) document.documentElement.lang = facet.words.lang;
  return { main, works };
}

/**
 * The table of all days is opened over the arithmetic; play closes it.
 * @param {HTMLElement} body @param {() => HTMLElement} opener
 */
function createTableSwitch(body, opener) {
  let open = false,
    played = false;
  /** @param {boolean} now */
  function set(now) {
    open = now;
    put(body, { "data-table": open });
    put(opener(), { "aria-expanded": String(open) });
  }
  put(body, { "data-table": null });
  return {
    set,
    toggle: () => set(!open),
    /** @param {View} view */
    follow({ playing }) {
      if (open && playing && !played) set(false);
      played = playing;
    },
  };
}

/** @param {HTMLElement} root @param {HTMLElement} body @param {PanelsHost} host */
export function createPanels(root, body, host) {
  const table = createTableSwitch(body, () => parts.player.table);
  const parts = createParts(host, body, table);
  const { first, facet, several, figures, sums, player, timeline, corner, narration, sliders, days, heads } = parts;
  const { main, works } = arrange(root, body, host, parts);
  const tall = matchMedia(TALL);
  tall.addEventListener("change", host.actions.redraw);
  const closeOutside = (/** @type {Event} */ event) => [player, corner].forEach(({ press }) => press(event));
  root.addEventListener("pointerdown", closeOutside);
  root.addEventListener("keydown", parts.sheets.escape);
  const room = { main: 0, figure: 0, work: 0, root: 0 };
  /** What a compact stage does not show. @param {View} view @param {Facet[]} facets @param {View[]} own */
  function drawWorks(view, facets, own) {
    timeline.draw(view);
    corner.draw(view);
    sums.forEach((sum, k) => sum.draw(facets[k], own[k], several || room.work < LINES, room.work));
    sliders?.draw(view, !tall.matches || room.root < FOLD);
    days.draw(view);
    parts.loss?.draw(view);
  }
  return {
    signature: signatureOf(facet, facet.notation.backward),
    narration,
    /** What every panel has room for. */
    measure() {
      const width = root.clientWidth;
      // The script above the stage: where there is no room for three columns, or where three cells take all of it.
      const crowded = width >= FOLD && (width < COLUMNS || figures.length > 2);
      put(body, { "data-strip": crowded && Boolean(host.facets()[0].guide) && !host.facets()[0].teach });
      Object.assign(room, {
        main: main.clientWidth,
        figure: figures[0].host.clientWidth,
        work: works[0].clientWidth,
        root: width,
      });
    },
    /**
     * The data have changed. Nothing here asks the browser for sizes: during a drag that would lay the page out
     * twice.
     */
    update() {
      narration.update();
      if (facet.compact) return; // styles/compact.css hides the others
      timeline.update(room.main - 40);
      sliders?.update(host.controls().weights);
      days.update();
    },
    /** @param {View} view @param {number} playhead in stages @param {number} speed */
    draw(view, playhead, speed) {
      const facets = host.facets(),
        own = facets.map((facet, k) => ownView(facet, k, view));
      const narrow = several || room.figure < (facet.compact ? COMPACT : WIDE);
      table.follow(view);
      figures.forEach(({ diagram }, k) => diagram.draw(pictured(facets[k]), k, own[k], narrow));
      player.draw(view, playhead, speed);
      put(body, { "data-way": view.backward ? "back" : "forth" });
      heads.forEach((each) => each.draw(own[each.index]));
      narration.draw(view);
      if (!facet.compact) drawWorks(view, facets, own);
      const day = first.word("step.of", { n: view.step + 1, total: facet.steps });
      put(root, {
        "aria-label": first.word("stage.label", {
          title: [...new Set(facets.map(({ title }) => title))].join(", "),
          step: day,
        }),
      });
    },
    destroy() {
      root.removeEventListener("pointerdown", closeOutside);
      root.removeEventListener("keydown", parts.sheets.escape);
      tall.removeEventListener("change", host.actions.redraw);
      for (const { diagram } of figures) diagram.destroy();
      narration.destroy();
    },
  };
}
