/** One geometry of the diagram, wide or narrow: its layers, its parts, and how they follow the facet and the clock. */

import { chainText } from "../backward/text.js";
import { filled, fixed } from "../../components/base/format.js";
import { short } from "../state/notation.js";
import { createCard } from "../vector/card.js";
import { matrixOf, valueOf } from "../state/entries.js";
import { decimalsOf, stripAt, unitOf } from "../state/strips.js";
import { PHASES } from "../state/easing.js";
import { drawFeeds } from "./gate_inputs.js";
import { lengthOf, pathData, route } from "./geometry.js";
import { createHandles } from "./weight_handles.js";
import { carriedBy, createMotion, dotAt, passing, settle } from "./motion.js";
import { createBadge, createNode } from "./nodes.js";
import { keyOf, known, partState, valueState } from "../state/visibility.js";
import { svg } from "../../components/base/svg.js";
import { createTargets } from "./targets.js";
import { createPill, NARROW, WIDE } from "./values.js";
import { createWires } from "./wires.js";
import { highlightOn } from "../input/highlight.js";
import { highlightedValue } from "../state/weights.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../types.js").LayoutValue} LayoutValue
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").View} View
 * @typedef {import("./targets.js").Hooks} Hooks
 * @typedef {import("./targets.js").Tooltip} Tooltip
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

/** A phone shows a picture up to this width whole. */
const ROOMY = 400;

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
 * What a chip prints: the weight, the selected unit's where each has one, or the letter of a whole matrix.
 * @param {Facet} facet @param {string} parameter @param {number} unit
 */
function chipText({ controls, parameters }, parameter, unit) {
  if (!parameters) return fixed(controls.weights[parameter] ?? 0, 2);
  const { rows, columns, vector } = matrixOf(parameters[parameter]);
  if (columns > 1) return parameter.split("_")[0];
  return fixed(
    valueOf(parameters, controls.weights, { parameter, row: unitOf(rows, unit), column: vector ? null : 0 }),
    2,
  );
}

/** @param {Series} series @param {{name: string, before?: boolean}} value @param {number} step */
const numberOf = (series, { name, before }, step) => (before ? series.before : series.values)[name]?.[step] ?? 0;

/** The geometry with cards where they have a place of their own. @param {Geometry} geometry @param {Series} series @returns {Geometry} */
function withCards(geometry, series) {
  return {
    ...geometry,
    values: geometry.values.map((value) =>
      value.card && stripAt(series, value, 0) ? { ...value, at: value.card } : value,
    ),
  };
}

/** The captions, in their hue; a stage's own hint is lit with it. @param {SVGGElement} layer @param {Geometry} geometry */
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
    /** @param {Record<string, string>} words @param {number} stage */
    update(words, stage) {
      for (const { caption, text } of texts) {
        write(text, caption.at[0], words[caption.word] ?? caption.word);
        const hint = caption.stage !== undefined;
        const strong = hint ? caption.stage === stage + 1 : caption.role !== "m";
        text.setAttribute("class", strong ? `caption strong role-${caption.role}` : "caption");
      }
    },
  };
}

/** The value a wire brings: the one on it, or what is made of what it brings. @param {Layout} layout @param {Geometry} geometry @param {import("../types.js").LayoutWire} wire */
const broughtBy = ({ stages }, geometry, wire) =>
  carriedBy(wire, geometry)?.name ?? stages[wire.stage - 1]?.value ?? null;

/** Wide, unseen strokes that a pointer can find; the shorter of two lies on top. @param {SVGGElement} layer @param {Layout} layout @param {Geometry} geometry @param {Hooks} hooks */
function createHits(layer, layout, geometry, hooks) {
  for (const wire of geometry.wires.slice().sort((a, b) => lengthOf(b.points) - lengthOf(a.points))) {
    const hit = svg("path", { class: "hit", "data-wire": wire.id, d: pathData(route(wire.points)) }, layer);
    highlightOn(hit, () => broughtBy(layout, geometry, wire), hooks.onHover);
    hit.addEventListener("click", () => hooks.onStage(Math.max(0, wire.stage - 1)));
  }
}

/** A node that shows its function's curve. @param {import("../types.js").LayoutNode} node */
const layered = ({ kind }) => kind === "gate" || kind === "plot";

/**
 * @param {HTMLElement} root @param {Layout} layout @param {boolean} narrow @param {Hooks} hooks @param {Tooltip} tooltip @param {Series} first
 */
export function createPicture(root, layout, narrow, hooks, tooltip, first) {
  const geometry = withCards(narrow ? layout.narrow : layout.wide, first);
  const frame = document.createElement("div");
  frame.className = `gw-picture ${narrow ? "narrow" : "wide"}`;
  if (narrow && geometry.viewBox[2] > ROOMY) frame.style.minWidth = `${geometry.viewBox[2]}px`; // it scrolls, legible
  const canvas = svg("svg", { viewBox: geometry.viewBox.join(" "), "aria-hidden": "true", focusable: "false" }, frame);
  root.prepend(frame);

  const layers = layersIn(canvas);
  const [x, y, width, height] = geometry.body;
  svg("rect", { class: "cell", x, y, width, height, rx: 20 }, layers.cell);
  const wires = createWires(layers, geometry.wires);
  const nodes = geometry.nodes.map((node) => ({ node, shape: createNode(layers.nodes, layers.halos, node) }));
  const badges = geometry.badges.map((badge) => ({
    badge,
    shape: createBadge(layers.badges, badge, layout.stages[badge.stage - 1].role),
  }));
  const sizes = narrow ? NARROW : WIDE,
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
  const chips = geometry.nodes
    .filter(({ kind }) => kind === "chip")
    .map(({ parameter = "", role, x: left, y: top, width: wide = 52, height: high = 28 }) => ({
      parameter,
      role,
      x: left,
      y: top,
      width: wide,
      height: high,
    }));
  const brought = new Map(geometry.wires.map((wire) => [wire.id, carriedBy(wire, geometry)?.name]));
  const passers = pills.flatMap(({ value, pill }) => {
    const left = pills.find((other) => other.value.before && other.value.name === value.name);
    return value.before || !left ? [] : [{ pill, value, left }];
  });

  /** @param {Facet} facet @param {Series} series @param {View} view @param {string|null} marked */
  function drawNodes(facet, series, view, marked) {
    const stateOf = partState(layout, view);
    for (const { node, shape } of nodes) {
      const value = node.value ?? "";
      const sum = series.arithmetic[value];
      const curve = facet.curves[facet.formulas[value]?.function ?? ""];
      const shown = known(node.stage, view) || (node.stage - 1 === view.stage && view.progress >= PHASES.curve[0]);
      const slope = series.slopes?.[value]?.[view.step],
        open = sum && !Number.isNaN(sum.total[view.step] + sum.result[view.step]);
      shape.update({
        state: stateOf(node),
        marked: (layered(node) && value === marked) || (Boolean(node.parameter) && node.parameter === view.hover),
        curve,
        text: node.parameter && chipText(facet, node.parameter, view.unit),
        name: node.parameter ? facet.words[node.symbol ?? ""] : (facet.words[`gate.${value}`] ?? value),
        slope,
        note: slope === undefined ? "" : filled(facet.words["slope.here"], () => fixed(slope, 2)),
        dot: open && shown ? [sum.total[view.step], sum.result[view.step]] : null,
      });
    }
    for (const { badge, shape } of badges) {
      shape.update(
        stateOf({ id: "", stage: badge.stage }) === "done"
          ? "done"
          : badge.stage - 1 === view.stage
            ? "active"
            : "later",
      );
    }
  }

  /** @param {Facet} facet @param {Series} series @param {View} view @param {string|null} marked */
  function drawValues(facet, series, view, marked) {
    const facts = pills.map(({ value, pill }) => {
      const state = valueState(value, view),
        number = numberOf(series, value, view.step),
        strip = stripAt(series, value, view.step);
      const unit = unitOf(strip?.length ?? 1, view.unit);
      const whole = pill.update({
        state,
        step: view.step,
        number,
        marked: value.name === marked,
        strip,
        unit,
        notation: facet.notation,
      });
      const whose = !strip
        ? ""
        : value.name === "x"
          ? null
          : filled(facet.words["unit.of"], (key) => String(key === "n" ? unit + 1 : strip.length));
      return {
        name: value.name,
        before: Boolean(value.before),
        stage: value.stage,
        step: view.step,
        known: state !== "later",
        width: whole,
        height: pill.height,
        unit: whose ?? "",
        chain: view.backward
          ? chainText(
              series,
              value.name,
              view.step - (value.before ? 1 : 0),
              facet.words["back.loss"],
              facet.targets[series.key],
            )
          : [],
        numbers: whose === null && strip ? [...strip] : [number],
      };
    });
    targets.update(facet, facts);
    const boxes = geometry.values.map((value, k) => ({
      wire: value.wire,
      at: value.at,
      width: facts[k].width,
      height: facts[k].height,
    }));
    const stateOf = partState(layout, view);
    wires.update(
      stateOf,
      (wire) => boxes.filter((box) => box.wire === wire),
      (wire) => marked !== null && brought.get(wire) === marked,
    );
    const known = new Set(geometry.wires.filter((wire) => stateOf(wire) !== "later").map(({ id }) => id)); // what is still to come is not given away
    wires.weigh(
      series.gradients && view.backward
        ? (wire) => (known.has(wire) ? series.gradients?.wires[wire]?.[view.step] : undefined)
        : null,
    );
  }

  /** @param {Facet} facet @param {Series} series @param {View} view */
  function drawNotes(facet, series, view) {
    const arrived = view.still || view.progress >= PHASES.inputs[1];
    const read = !narrow && arrived && !view.backward;
    if (!read) layers.notes.replaceChildren();
    const spots = read
      ? drawFeeds(layers.notes, facet, layout, geometry, view.stage, series, view.step, view.unit, view.hover)
      : [];
    handles.update(facet, [...chips, ...spots]);
  }

  /** What comes back through the lit gate to its two inputs, beside its riser. @param {Series} series @param {View} view */
  function drawBack(series, view) {
    const { own, value } = layout.stages[view.stage],
      ribbon = geometry.wires.find(({ id, kind }) => kind === "ribbon" && own.includes(id));
    const gate = geometry.nodes.find((node) => node.kind === "gate" && node.value === value),
      carried = series.gradients?.wires[ribbon?.id ?? ""];
    if (!view.backward || narrow || !ribbon || !gate || !carried || view.progress < PHASES.curve[1]) return;
    svg("text", { class: `back role-${ribbon.role}`, x: gate.x - 40, y: gate.y + 52 }, layers.notes).textContent =
      short(carried[view.step]);
  }

  return {
    narrow,
    /** @param {Facet} facet @param {number} index @param {View} view */
    update(facet, index, view) {
      const series = facet.series[index],
        marked = highlightedValue(facet, view.hover);
      frame.classList.toggle("playing", view.playing && !view.still);
      frame.classList.toggle("still", view.still);
      frame.classList.toggle("backward", view.backward);
      drawNodes(facet, series, view, marked);
      drawValues(facet, series, view, marked);
      drawNotes(facet, series, view);
      drawBack(series, view);
      captions.update(facet.words, view.stage);
      motion.prepare(view.stage, (value) => numberOf(series, value, view.step), facet.notation, view.backward);
    },
    /** @param {Facet} facet @param {number} index @param {View} view */
    move(facet, index, { step, stage, progress, still, handover }) {
      const series = facet.series[index],
        plan = layout.stages[stage];
      motion.moveInputs(progress, still);
      motion.moveToken(progress, still || handover !== null);
      for (const { value, pill } of pills)
        if (value.stage - 1 === stage) settle(pill, progress, still, !motion.travels() && value.name === plan.value);
      const gate = nodes.find(({ node }) => layered(node) && node.value === plan.value);
      const sum = series.arithmetic[plan.value],
        curve = facet.curves[facet.formulas[plan.value]?.function ?? ""];
      if (gate && sum && curve && !Number.isNaN(sum.total[step] + sum.result[step]))
        gate.shape.slide?.(dotAt(curve, [sum.total[step], sum.result[step]], progress, still));
      for (const { value, pill, left } of passers) {
        const at = handover === null || still ? value.at : passing(value.at, left.value.at, handover);
        pill.group.setAttribute("transform", `translate(${at})`);
        left.pill.group.style.opacity = String(handover === null ? 1 : 1 - handover);
      }
    },
    destroy() {
      frame.remove();
    },
  };
}
