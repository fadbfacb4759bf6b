/**
 * The scrubber: the days of the run, one of them opened into its numbered stages. A drag moves the playhead live; the
 * day that is open stays open while it lasts, for its place is what the pointer is measured by.
 */

import { button, el, put, say } from "../../components/base/element.js";
import { memo } from "../state/memo.js";

/**
 * @typedef {import("../panels/panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 * @typedef {{from: number, days: number, root: HTMLElement}} Span  neighbouring days that are not open, from 0
 */

/** A run of more days than these has a label for a range, not for each. */
const LABELLED = 6,
  MANY_STAGES = 6, // beside which a label is a number alone
  DAY_PX = 8, // the least width of a day without a label
  DRAG_THRESHOLD_PX = 3;

/** A button for each stage. @param {Context} context @param {boolean} numbered */
function discsOf({ layout, word, actions }, numbered) {
  const stages = layout.stages.length;
  return layout.stages.map(({ key, role }, index) => {
    const name = numbered ? "" : word(`stage.${key}.name`);
    const label = word("stage.jump", { stage: index + 1, stages, name }).replace(/: $/, "");
    return button(
      label,
      () => actions.jump(index),
      { class: `gw-step role-${role}`, named: true, title: name || null },
      String(index + 1),
    );
  });
}

/**
 * The days before and after the open one: each by itself, or all of a side as one.
 * @param {number} open @param {number} steps
 * @returns {{from: number, days: number}[]}
 */
export function spansOf(open, steps) {
  const sides = [
    { from: 0, days: open },
    { from: open + 1, days: steps - open - 1 },
  ].filter(({ days }) => days > 0);
  if (steps > LABELLED) return sides;
  return sides.flatMap(({ from, days }) => Array.from({ length: days }, (_, k) => ({ from: from + k, days: 1 })));
}

/** @param {Context} context @param {{from: number, days: number}} of @param {number} stages @returns {Span} */
function createSpan({ word }, { from, days }, stages) {
  const label = days > 1 ? word("step.range", { from: from + 1, to: from + days }) : word("step.one", { n: from + 1 });
  const numbers = days > 1 ? `${from + 1}–${from + days}` : `${from + 1}`;
  const brief = stages > MANY_STAGES;
  const root = el(
    "div",
    {
      class: "gw-span",
      "data-one": days === 1,
      "data-brief": brief,
      style: `flex: ${days} 1 ${days * DAY_PX}px; --ticks: ${days > 1 ? days : stages}`,
    },
    el("i", {}, el("i")),
    el("small", { title: brief && label }, brief ? numbers : label),
  );
  return { from, days, root };
}

/**
 * The place of a pointer as a number of stages.
 * @param {number} x @param {Span[]} spans @param {HTMLElement} discs @param {number} open @param {number} stages
 */
function placeOf(x, spans, discs, open, stages) {
  const parts = [...spans, { from: open, days: 1, root: discs }].sort((one, other) => one.from - other.from);
  const edges = parts.map(({ root }) => root.getBoundingClientRect());
  const index = Math.max(
    0,
    edges.findLastIndex(({ left }) => left <= x),
  );
  const { left, width } = edges[index];
  const { from, days } = parts[index];
  return (from + days * Math.min(1, Math.max(0, (x - left) / width))) * stages;
}

/** What a timestep is called, with what is read there. @param {Context} context @param {number} step */
function calledOf({ facet, word }, step) {
  const read = facet().reads?.[step];
  return word(read ? "step.read" : "step.one", { n: step + 1, read: read ?? "" });
}

/** @param {Context} context @param {boolean} numbered the stages of several cells have no common names */
export function createScrubber(context, numbered) {
  const { layout, word, actions, facet } = context;
  const stages = layout.stages.length;
  const discs = discsOf(context, numbered);
  const group = el("div", { class: "gw-steps", role: "group", "aria-label": word("stages") }, ...discs);
  const name = el("b"),
    stageName = el("span");
  const open = el("div", { class: "gw-open" }, group, el("small", {}, name, stageName));
  const track = el("div", { class: "gw-rail", role: "slider", tabindex: 0, "aria-label": word("scrub") });
  const days = el("div", { class: "gw-spans" });
  const root = el("div", { class: "gw-scrubber" }, track, days);
  /** @type {Span[]} */
  let spans = [];
  let shown = -1,
    held = false;

  const building = memo(
    (/** @type {number} */ day, /** @type {number} */ steps) => [day, steps],
    (day, steps) => {
      shown = day;
      spans = spansOf(day, steps).map((of) => createSpan(context, of, stages));
      const before = spans.filter(({ from }) => from < day).map(({ root: span }) => span);
      days.replaceChildren(...before, open, ...spans.slice(before.length).map(({ root: span }) => span));
    },
  );

  /** @param {PointerEvent} event */
  const at = ({ clientX }) => placeOf(clientX, spans, group, shown, stages);
  root.addEventListener("pointerdown", (down) => {
    if (down.button) return;
    const onDisc = down.composedPath().some((part) => part instanceof Element && part.matches(".gw-step"));
    held = !onDisc;
    if (held) actions.scrub(at(down), false);
    /** @param {PointerEvent} event */
    function drag(event) {
      held ||= Math.abs(event.clientX - down.clientX) > DRAG_THRESHOLD_PX;
      if (!held) return;
      if (!root.hasPointerCapture(down.pointerId)) root.setPointerCapture(down.pointerId);
      actions.scrub(at(event), false);
    }
    /** @param {PointerEvent} event */
    function drop(event) {
      root.removeEventListener("pointermove", drag);
      for (const end of ENDS) root.removeEventListener(end, drop);
      if (!held) return;
      const to = at(event);
      held = false;
      actions.scrub(to, true);
    }
    root.addEventListener("pointermove", drag);
    for (const end of ENDS) root.addEventListener(end, drop);
  });

  /** @param {View} view @param {number} playhead in stages */
  function draw(view, playhead) {
    const { steps } = facet();
    if (!held || shown >= steps) building.draw(view.step, steps);
    const passed = (/** @type {number} */ day) => (view.backward ? day > view.step : day < view.step);
    for (const { from, days: count, root: span } of spans) {
      const share = Math.min(1, Math.max(0, (playhead / stages - from) / count));
      span.style.setProperty("--from", String(view.backward ? share : 0));
      span.style.setProperty("--to", String(view.backward ? 1 : share));
    }
    discs.forEach((disc, index) => {
      const done = view.backward ? index > view.stage : index < view.stage;
      const now = shown === view.step && index === view.stage;
      const state = now ? "active" : (shown === view.step ? done : passed(shown)) ? "done" : "later";
      put(disc, { "data-state": state, "aria-current": now ? "step" : null });
    });
    const { key, role, value } = layout.stages[view.stage];
    const here = calledOf(context, view.step);
    say(name, here);
    say(stageName, numbered ? "" : ` · ${word(`stage.${key}.name`)}`);
    put(stageName, { class: `role-${role}` });
    put(track, {
      "aria-valuemin": 0,
      "aria-valuemax": steps * stages,
      "aria-valuenow": Math.ceil(playhead),
      "aria-valuetext": word("scrub.value", {
        step: here,
        stage: view.stage + 1,
        stages,
        name: word(`value.${value}.name`),
      }),
    });
  }
  return { root, draw };
}

/** @type {("pointerup"|"pointercancel")[]} */
const ENDS = ["pointerup", "pointercancel"];
