/** What the captions of the picture say backward: where a gradient goes, and what would have helped. Pure. */

import { filled } from "../../components/base/format.js";
import { known } from "../state/visibility.js";
import { FOUR, termsOf } from "./text.js";

/**
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Series} Series
 * @typedef {import("../types.js").View} View
 * @typedef {Geometry["captions"][number]} Caption
 */

/** A slope smaller than this changes next to nothing. */
const HARDLY = 1e-6;

const STATES = /** @type {Record<string, string>} */ ({ "caption.cell": "c", "caption.hidden": "h" });

/** Where there is little room a caption stands by itself. */
const SHORT = /** @type {Record<string, string>} */ ({
  "caption.from": "back.yesterday",
  "caption.to": "back.tomorrow",
});

/** The state whose box a caption stands under. */
const stateOver = (/** @type {Geometry} */ { captions }, /** @type {Caption} */ { at: [x, y] }) => {
  const heads = captions.filter(({ word, at }) => word in STATES && at[0] === x && at[1] < y);
  return heads.length ? STATES[heads[heads.length - 1].word] : null;
};

/**
 * What would have helped: a value's gradient says by its sign whether more of it or less.
 * @param {Caption} caption @param {Facet} facet @param {Series} series @param {View} view
 */
function helpOf({ word, stage = 0 }, { words, layout }, series, view) {
  const slope = series.values[layout.stages[stage - 1].value][view.step];
  if (!known(stage, view) || Number.isNaN(slope)) return "";
  if (Math.abs(slope) < HARDLY) return words["help.none"];
  return filled(words[slope < 0 ? "help.more" : "help.less"], () => words[`help.${word.slice("hint.".length)}`]);
}

/**
 * What comes in at the right end of a state's line.
 * @param {string} state @param {Geometry} geometry @param {Facet} facet @param {Series} series @param {View} view
 */
function comingFrom(state, { wires }, { words, targets }, series, { step }) {
  const last = (series.gradients?.loss.length ?? 0) - 1;
  const loss = termsOf(series, state, step, words["back.loss"], targets[series.key]).find(({ to }) => !to);
  if (step === last) return loss ? loss.numbers.join(" · ") : words["back.last"];
  const onward = wires.find(({ carries }) => carries?.[0] === state && carries.includes("next_step"));
  const carried = series.gradients?.wires[onward?.id ?? ""]?.[step];
  return carried === undefined ? "" : FOUR(carried);
}

/**
 * Of two states the way back to each: along the memory, or through the gates.
 * @param {string|null} state @param {Series} series
 */
const wayOf = (state, { before, gradients }) =>
  Object.keys(before).length < 2 ? "" : state === gradients?.routes?.state ? "back.along" : "back.through";

/**
 * Above a state's box: where its gradient goes, or comes from.
 * @param {Caption} caption @param {Geometry} geometry @param {Series} series @param {View} view
 */
function headOf({ word, at }, { body }, series, { step }) {
  if (at[0] < body[0] + body[2] / 2) return "back.yesterday";
  const last = step === (series.gradients?.loss.length ?? 0) - 1;
  return last && STATES[word] === "h" ? "back.from.loss" : "back.tomorrow";
}

/**
 * @param {Caption} caption @param {Geometry} geometry @param {boolean} narrow @param {Facet} facet
 * @param {Series} series @param {View} view
 */
export function backwardCaption(caption, geometry, narrow, facet, series, view) {
  const { words } = facet,
    { word } = caption;
  if (caption.stage !== undefined) return helpOf(caption, facet, series, view);
  if (narrow) return words[SHORT[word] ?? word] ?? word;
  const hints = geometry.captions.some(({ stage }) => stage !== undefined);
  if (word === "caption.input" && hints) return words["back.helped"];
  if (word in STATES) return words[headOf(caption, geometry, series, view)];
  const under = stateOver(geometry, caption);
  if (word === "caption.from") return words[wayOf(under, series)] ?? "";
  if (word === "caption.to") return under ? comingFrom(under, geometry, facet, series, view) : "";
  return words[word] ?? word;
}
