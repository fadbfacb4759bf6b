/** One geometry of the diagram, wide or narrow: how its parts follow the facet and the clock. */

import { backwardCaption } from "../backward/captions.js";
import { backwardGeometry } from "../backward/geometry.js";
import { chainText } from "../backward/text.js";
import { filled, fixed } from "../../components/base/format.js";
import { svg } from "../../components/base/svg.js";
import { PHASES } from "../state/easing.js";
import { matrixOf, valueOf } from "../state/entries.js";
import { short } from "../state/notation.js";
import { stripAt, unitOf } from "../state/strips.js";
import { known, partState, valueState } from "../state/visibility.js";
import { highlightedValue } from "../state/weights.js";
import { drawFeeds } from "./gate_inputs.js";
import { dotAt, passing, settle } from "./motion.js";
import { createParts, withCards } from "./picture_parts.js";
import { readAt } from "./targets.js";

/**
 * @typedef {import("../types.js").Layout} Layout
 * @typedef {import("../types.js").LayoutNode} LayoutNode
 * @typedef {import("./picture_parts.js").Parts} Parts
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").View} View
 * @typedef {import("./targets.js").Hooks} Hooks
 * @typedef {import("./targets.js").Tooltip} Tooltip
 */

/** A phone shows a picture up to this width whole. */
const ROOMY = 400;

/**
 * What a chip prints: the weight, the selected unit's where each has one, or the letter of a whole matrix.
 * @param {Facet} facet @param {string} parameter @param {number} unit
 */
function chipText({ controls, parameters }, parameter, unit) {
  if (!parameters) return fixed(controls.weights[parameter] ?? 0, 2);
  const { rows, columns, vector } = matrixOf(parameters[parameter]);
  if (columns > 1) return parameter.split("_")[0];
  return fixed(valueOf(parameters, { parameter, row: unitOf(rows, unit), column: vector ? null : 0 }), 2);
}

/** @param {Series} series @param {{name: string, before?: boolean}} value @param {number} step */
const numberOf = (series, { name, before }, step) => (before ? series.before : series.values)[name]?.[step] ?? 0;

/** A node that shows its function's curve. @param {import("../types.js").LayoutNode} node */
const layered = ({ kind }) => kind === "gate" || kind === "plot";

/** What a node is called, and what a chip prints. @param {LayoutNode} node @param {Facet} facet @param {View} view */
function labelsOf({ parameter, symbol = "", value = "" }, facet, view) {
  return parameter
    ? { text: chipText(facet, parameter, view.unit), name: facet.words[symbol] }
    : { name: facet.words[`gate.${value}`] ?? value };
}

/**
 * A node's curve, with the point of the step on it.
 * @param {LayoutNode} node @param {Facet} facet @param {Series} series @param {View} view
 */
function plotOf({ stage, value = "" }, facet, series, view) {
  const sum = series.arithmetic[value];
  const point = sum && /** @type {[number, number]} */ ([sum.total[view.step], sum.result[view.step]]);
  const open = point && !Number.isNaN(point[0] + point[1]);
  const shown = known(stage, view) || (stage - 1 === view.stage && view.progress >= PHASES.curve[0]);
  const slope = series.slopes?.[value]?.[view.step];
  return {
    curve: facet.curves[facet.formulas[value]?.function ?? ""],
    slope,
    note: slope === undefined ? "" : filled(facet.words["slope.here"], () => fixed(slope, 2)),
    dot: open && shown ? point : null,
  };
}

/**
 * @param {Parts} parts @param {Facet} facet @param {Series} series @param {View} view
 * @param {Set<string|null>} marked
 */
function drawNodes({ layout, nodes, badges }, facet, series, view, marked) {
  const stateOf = partState(layout, view);
  for (const { node, shape } of nodes) {
    const own =
      (layered(node) && marked.has(node.value ?? "")) || (Boolean(node.parameter) && node.parameter === view.hover);
    shape.update({
      state: stateOf(node),
      marked: own,
      ...labelsOf(node, facet, view),
      ...plotOf(node, facet, series, view),
    });
  }
  for (const { badge, shape } of badges) {
    const done = stateOf({ id: "", stage: badge.stage }) === "done";
    shape.update(done ? "done" : badge.stage - 1 === view.stage ? "active" : "later");
  }
}

/**
 * @param {Parts["pills"][number]} one @param {boolean} narrow @param {Facet} facet @param {Series} series
 * @param {View} view
 * @param {Set<string|null>} marked
 */
function drawValue({ value, pill }, narrow, facet, series, view, marked) {
  const { step } = view;
  const state = valueState(value, view);
  const number = numberOf(series, value, step);
  const strip = stripAt(series, value, step);
  const unit = unitOf(strip?.length ?? 1, view.unit);
  const { words, targets } = facet;
  const exact = view.backward && !narrow; // a gradient's digits are few
  const read = readAt(facet, value.name, step);
  const notation = {
    ...facet.notation,
    ...(exact && { print: facet.notation.exact }),
    ...(read !== undefined && { print: () => read, tone: () => 0 }),
  };
  const width = pill.update({ state, step, number, marked: marked.has(value.name), strip, unit, notation });
  const own = strip && value.name !== "x";
  const before = Boolean(value.before);
  return {
    name: value.name,
    before,
    stage: value.stage,
    step,
    known: state !== "later",
    width,
    height: pill.height,
    unit: own ? filled(words["unit.of"], (key) => String(key === "n" ? unit + 1 : strip.length)) : "",
    chain: view.backward
      ? chainText(series, value.name, step - (before ? 1 : 0), words["back.loss"], targets[series.key])
      : [],
    numbers: strip && !own ? [...strip] : [number],
  };
}

/**
 * @param {Parts} parts @param {(import("./wires.js").Box & {wire: string})[]} boxes @param {Series} series
 * @param {View} view
 * @param {Set<string|null>} marked
 */
function drawWires({ layout, geometry, wires, brought }, boxes, series, view, marked) {
  const stateOf = partState(layout, view);
  wires.update(
    stateOf,
    (wire) => boxes.filter((box) => box.wire === wire),
    (wire) => marked.has(brought.get(wire) ?? ""),
  );
  // What is still to come is not given away.
  const shown = new Set(geometry.wires.filter((wire) => stateOf(wire) !== "later").map(({ id }) => id));
  wires.weigh(
    series.gradients && view.backward
      ? (wire) => (shown.has(wire) ? series.gradients?.wires[wire]?.[view.step] : undefined)
      : null,
  );
}

/**
 * @param {Parts} parts @param {Facet} facet @param {Series} series @param {View} view
 * @param {Set<string|null>} marked
 */
function drawValues(parts, facet, series, view, marked) {
  const { pills, targets, geometry } = parts;
  const facts = pills.map((one) => drawValue(one, parts.narrow, facet, series, view, marked));
  targets.update(facet, facts);
  const boxes = geometry.values.map(({ wire, at }, k) => ({ wire, at, ...facts[k] }));
  drawWires(parts, boxes, series, view, marked);
}

/** @param {Parts} parts @param {Facet} facet @param {Series} series @param {View} view */
function drawNotes({ layers, layout, geometry, narrow, handles, chips }, facet, series, view) {
  const arrived = view.still || view.progress >= PHASES.inputs[1];
  const read = !narrow && arrived && !view.backward && !facet.compact;
  if (!read) layers.notes.replaceChildren();
  const spots = read
    ? drawFeeds(layers.notes, facet, layout, geometry, view.stage, series, view.step, view.unit, view.hover)
    : [];
  handles.update(facet, [...chips, ...spots]);
}

/**
 * What comes back through the lit gate to its two inputs, beside its riser.
 * @param {Parts} parts @param {Series} series @param {View} view
 */
function drawBack({ layers, layout, geometry, narrow }, series, view) {
  const { own, value } = layout.stages[view.stage],
    ribbon = geometry.wires.find(({ id, kind }) => kind === "ribbon" && own.includes(id));
  const gate = geometry.nodes.find((node) => node.kind === "gate" && node.value === value),
    carried = series.gradients?.wires[ribbon?.id ?? ""];
  if (!view.backward || narrow || !ribbon || !gate || !carried || view.progress < PHASES.curve[1]) return;
  svg("text", { class: `back role-${ribbon.role}`, x: gate.x - 40, y: gate.y + 52 }, layers.notes).textContent = short(
    carried[view.step],
  );
}

/** What moves with the clock. @param {Parts} parts @param {Facet} facet @param {Series} series @param {View} view */
function move({ layout, motion, pills, nodes, passers }, facet, series, { step, stage, progress, still, handover }) {
  const plan = layout.stages[stage];
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
}

/**
 * @param {HTMLElement} root @param {Layout} layout @param {boolean} narrow @param {Hooks} hooks
 * @param {Tooltip} tooltip @param {Series} first @param {boolean} backward
 */
export function createPicture(root, layout, narrow, hooks, tooltip, first, backward) {
  const forward = withCards(narrow ? layout.narrow : layout.wide, first);
  const geometry = backward ? backwardGeometry(forward, narrow) : forward;
  const frame = document.createElement("div");
  frame.className = `gw-picture ${narrow ? "narrow" : "wide"}`;
  if (narrow && geometry.viewBox[2] > ROOMY) frame.style.minWidth = `${geometry.viewBox[2]}px`; // it scrolls, legible
  const canvas = svg("svg", { viewBox: geometry.viewBox.join(" "), "aria-hidden": "true", focusable: "false" }, frame);
  root.style.setProperty("--ratio", String(geometry.viewBox[2] / geometry.viewBox[3]));
  root.prepend(frame);
  const legible = new ResizeObserver(() => {
    // A printed pixel in the picture's own units: by it no text is printed too small (frame.css).
    frame.style.setProperty("--pixel", `${geometry.viewBox[2] / (frame.clientWidth || 1)}px`);
  });
  legible.observe(frame);

  const parts = createParts(root, frame, canvas, layout, geometry, narrow, hooks, tooltip, first, backward);
  return {
    narrow,
    backward,
    /** @param {Facet} facet @param {number} index @param {View} view */
    update(facet, index, view) {
      const series = facet.series[index],
        marked = new Set(view.hover ? [highlightedValue(facet, view.hover)] : view.light);
      frame.classList.toggle("playing", view.playing && !view.still);
      frame.classList.toggle("still", view.still);
      frame.classList.toggle("backward", view.backward);
      drawNodes(parts, facet, series, view, marked);
      drawValues(parts, facet, series, view, marked);
      drawNotes(parts, facet, series, view);
      drawBack(parts, series, view);
      parts.captions.update(
        (caption) =>
          backward
            ? backwardCaption(caption, geometry, narrow, facet, series, view)
            : (facet.words[caption.word] ?? caption.word),
        view.stage,
        backward,
      );
      parts.motion.prepare(view.stage, (value) => numberOf(series, value, view.step), facet.notation, view.backward);
    },
    /** @param {Facet} facet @param {number} index @param {View} view */
    move: (facet, index, view) => move(parts, facet, facet.series[index], view),
    destroy() {
      legible.disconnect();
      frame.remove();
    },
  };
}
