/** The parts of one geometry of the diagram, wide or narrow, each in its layer. */

import { svg } from "../../components/base/svg.js";
import { highlightOn } from "../input/highlight.js";
import { decimalsOf, stripAt } from "../state/strips.js";
import { keyOf } from "../state/visibility.js";
import { createCard } from "../vector/card.js";
import { lengthOf, pathData, route } from "./geometry.js";
import { carriedBy, createMotion } from "./motion.js";
import { createBadge, createNode } from "./nodes.js";
import { createTargets } from "./targets.js";
import { createPill, defineHatch, NARROW, NARROW_BACK, WIDE, WIDE_BACK } from "./values.js";
import { createHandles } from "./weight_handles.js";
import { createWires } from "./wires.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("./targets.js").Hooks} Hooks
 * @typedef {import("./targets.js").Tooltip} Tooltip
 * @typedef {ReturnType<typeof createParts>} Parts
 */

const LAYERS = /** @type {const} */ ([
  "cell",
  "halos",
  "later",
  "bus",
  "done",
  "lit",
  "taps",
  "nodes",
  "badges",
  "trails",
  "values",
  "captions",
  "notes",
  "tokens",
  "hits",
]);

/** From one line of a note to the next. */
const LINE = 18;

/** @param {Element} canvas */
function layersIn(canvas) {
  const entries = LAYERS.map((name) => [name, svg("g", { class: `layer-${name}` }, canvas)]);
  return /** @type {Record<typeof LAYERS[number], SVGGElement>} */ (Object.fromEntries(entries));
}

/** @param {HTMLElement} root */
function fontsOf(root) {
  const style = getComputedStyle(root);
  return { sans: style.fontFamily, maths: style.getPropertyValue("--gw-maths") || "serif" };
}

/**
 * The geometry with cards where they have a place of their own, and without steps where there is little room.
 * @param {Geometry} geometry @param {Series} series @returns {Geometry}
 */
export function withCards(geometry, series) {
  const bare = (/** @type {import("../types.js").LayoutValue} */ value) =>
    series.compact ? { ...value, label: value.label.map(({ index: _, ...span }) => span) } : value;
  return {
    ...geometry,
    values: geometry.values.map((value) =>
      bare(value.card && stripAt(series, value, 0) ? { ...value, at: value.card } : value),
    ),
  };
}

/**
 * The captions, in their hue; a stage's own hint is lit with it.
 * @param {SVGGElement} layer @param {Geometry} geometry
 */
function createCaptions(layer, geometry) {
  const texts = geometry.captions.map((caption) => {
    const text = svg("text", { x: caption.at[0], y: caption.at[1], "text-anchor": caption.anchor }, layer);
    return { caption, text };
  });
  /** A word with line breaks is a note. @param {SVGTextElement} text @param {number} x @param {string} words */
  function write(text, x, words) {
    const lines = words.split("\n");
    if (lines.length === 1) text.textContent = words;
    else
      text.replaceChildren(
        ...lines.map((line, k) => Object.assign(svg("tspan", { x, dy: k ? LINE : 0 }), { textContent: line })),
      );
  }
  return {
    /**
     * @param {(caption: Geometry["captions"][number]) => string} wordsOf @param {number} stage
     * @param {boolean} backward
     */
    update(wordsOf, stage, backward) {
      for (const { caption, text } of texts) {
        write(text, caption.at[0], wordsOf(caption));
        const hint = caption.stage !== undefined;
        const strong = hint ? backward || caption.stage === stage + 1 : caption.role !== "m";
        const kind = hint ? "caption own" : "caption";
        text.setAttribute("class", strong ? `${kind} strong role-${caption.role}` : kind);
      }
    },
  };
}

/**
 * The value a wire brings: the one on it, or what is made of what it brings.
 * @param {Layout} layout @param {Geometry} geometry @param {import("../types.js").LayoutWire} wire
 */
const broughtBy = ({ stages }, geometry, wire) =>
  carriedBy(wire, geometry)?.name ?? stages[wire.stage - 1]?.value ?? null;

/**
 * Wide, unseen strokes that a pointer can find; the shorter of two lies on top.
 * @param {SVGGElement} layer @param {Layout} layout @param {Geometry} geometry @param {Hooks} hooks
 */
function createHits(layer, layout, geometry, hooks) {
  for (const wire of geometry.wires.slice().sort((a, b) => lengthOf(b.points) - lengthOf(a.points))) {
    const hit = svg("path", { class: "hit", "data-wire": wire.id, d: pathData(route(wire.points)) }, layer);
    highlightOn(hit, () => broughtBy(layout, geometry, wire), hooks.onHover);
    hit.addEventListener("click", () => hooks.onStage(Math.max(0, wire.stage - 1)));
  }
}

/** Where the chips' weights are drawn. @param {Geometry} geometry */
const chipSpots = ({ nodes }) =>
  nodes
    .filter(({ kind }) => kind === "chip")
    .map(({ parameter = "", role, x, y, width = 52, height = 28 }) => ({ parameter, role, x, y, width, height }));

/**
 * @param {HTMLElement} root @param {HTMLElement} frame @param {Element} canvas @param {Layout} layout
 * @param {Geometry} geometry @param {boolean} narrow @param {Hooks} hooks @param {Tooltip} tooltip
 * @param {Series} first @param {boolean} backward
 */
export function createParts(root, frame, canvas, layout, geometry, narrow, hooks, tooltip, first, backward) {
  defineHatch(canvas);
  const layers = layersIn(canvas);
  const [x, y, width, height] = geometry.body;
  svg("rect", { class: "cell", x, y, width, height, rx: 20 }, layers.cell);
  const wires = createWires(
    layers,
    geometry.wires,
    backward ? geometry.nodes.filter(({ kind }) => kind === "copy") : null,
  );
  const nodes = geometry.nodes.map((node) => ({ node, shape: createNode(layers.nodes, layers.halos, node) }));
  const badges = geometry.badges.map((badge) => ({
    badge,
    shape: createBadge(layers.badges, badge, layout.stages[badge.stage - 1].role),
  }));
  const sizes = backward ? (narrow ? NARROW_BACK : WIDE_BACK) : narrow ? NARROW : WIDE,
    fonts = fontsOf(root);
  const pills = geometry.values.map((value) => {
    const length = stripAt(first, value, 0)?.length;
    return {
      value,
      pill: length
        ? createCard(layers.values, value, length, narrow, fonts)
        : createPill(layers.values, value, sizes, fonts),
    };
  });
  const captions = createCaptions(layers.captions, geometry);
  const motion = createMotion(layers.tokens, layout, geometry, narrow, decimalsOf(first));
  layers.trails.append(motion.trail);
  createHits(layers.hits, layout, geometry, hooks);
  const targets = createTargets(frame, layout, geometry, hooks, tooltip, (key, share) => {
    const unit = pills.find(({ value }) => keyOf(value) === key)?.pill.unitAt(share) ?? null;
    if (unit !== null) hooks.onUnit(unit);
    return unit !== null;
  });
  const handles = createHandles(frame, geometry, hooks.weights);
  const chips = chipSpots(geometry);
  const brought = new Map(geometry.wires.map((wire) => [wire.id, carriedBy(wire, geometry)?.name]));
  const passers = pills.flatMap(({ value, pill }) => {
    const left = pills.find((other) => other.value.before && other.value.name === value.name);
    return value.before || !left ? [] : [{ pill, value, left }];
  });
  const made = { layers, wires, nodes, badges, pills, captions, motion, targets, handles, chips, brought, passers };
  return { ...made, layout, geometry, narrow };
}
