/** Played backward: the loss, on a gauge, and the two ways by which the memory's gradient comes back. */

import { el, say } from "../../components/base/element.js";
import { gradientName, lossOf } from "../backward/chain.js";
import { FOUR } from "../backward/text.js";
import { memo } from "../state/memo.js";
import { createGauge } from "./gauge.js";

/**
 * @typedef {import("../panels/panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 */

const WIDTH = 0.03; // of the zone around a target: a mark, not a range

/** One way, and what came by it. @param {string} kind @param {string} name */
function wayOf(kind, name) {
  const number = el("b");
  return {
    number,
    root: el("li", { "data-way": kind }, el("i", { "aria-hidden": "true" }), el("span", {}, name), number),
  };
}

/** @param {Context} context */
export function createLoss(context) {
  const { word, facet, index, version } = context;
  const gauge = createGauge();
  const told = el("p", {});
  const along = wayOf("along", word("back.along")),
    through = wayOf("through", word("back.through"));
  const sum = el("b"),
    name = el("span");
  const heading = el("h3", {});
  const ways = el(
    "div",
    {},
    heading,
    el("ul", { class: "gw-ways" }, along.root, through.root, el("li", { "data-way": "sum" }, name, sum)),
  );
  const root = el(
    "section",
    { class: "gw-card gw-loss-card", "aria-label": word("loss.title") },
    told,
    gauge.root,
    ways,
  );

  function drawGauge() {
    const { series, targets } = facet();
    const { key, forward } = series[index];
    const target = targets[key],
      now = forward?.h.at(-1);
    // Where the memory comes back by two ways, they have the room.
    gauge.root.hidden = target === undefined || now === undefined || !ways.hidden;
    if (target === undefined || now === undefined) return;
    const low = Math.min(0, target, now) < -WIDTH ? -1 : 0;
    const aim = word("loss.aim", { target });
    const goal = { range: /** @type {[number, number]} */ ([low, 1]), zone: zoneAt(target), gauge: "h {value}", aim };
    gauge.draw(goal, now, now);
  }

  const drawing = memo(
    (/** @type {View} */ { step }) => [version(), step],
    ({ step }) => {
      const { series, steps } = facet();
      const { gradients, values } = series[index];
      const routes = gradients?.routes;
      ways.hidden = !routes || step >= steps - 1;
      say(told, lossOf(context));
      drawGauge();
      if (!routes || ways.hidden) return;
      say(heading, word("loss.ways", { when: word("step.one", { n: step + 1 }) }));
      say(along.number, FOUR(routes.along[step]));
      say(through.number, FOUR(routes.through[step]));
      name.replaceChildren(gradientName(context, routes.state, step));
      say(sum, FOUR(values[routes.state][step]));
    },
  );
  return {
    root,
    draw: (/** @type {View} */ view) => drawing.draw(view),
  };
}

/** @param {number} target @returns {[number, number]} */
const zoneAt = (target) => [target - WIDTH, target + WIDTH];
