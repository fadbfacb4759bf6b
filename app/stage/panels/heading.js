/** Which stage it is: number, title, and on phones the day and what the stage is for. */

import { el, say, put } from "../../components/base/element.js";
import { countOf } from "../state/strips.js";
import { memo } from "../state/memo.js";

/**
 * @typedef {import("./panels.js").Context} Context
 * @typedef {import("../types.js").View} View
 */

/**
 * @param {Context} context
 * @param {"top"|"sum"|"figure"|"day"} place above the diagram, above the arithmetic, above one of several
 *   cells, or above all of them, where only the day is named
 */
export function createHeading({ layout, word, facet, index }, place) {
  const top = place === "top";
  const day = el("p", { class: "gw-head-day" });
  const badge = el("span", { class: "gw-badge", "aria-hidden": "true" }),
    title = el("span"),
    subtitle = el("span", { class: "gw-subtitle" });
  const series = el("span", { class: "gw-head-series" }); // for a class
  const heading = el("h2", { class: "gw-title" }, badge, title);
  const line = el("div", { class: "gw-head-line" }, heading, top || place === "figure" ? subtitle : null);
  const root = el(
    "header",
    { class: `gw-head gw-head-${place}` },
    top || place === "day" ? day : null,
    place === "day" ? null : line,
  );
  const drawing = memo(
    (/** @type {View} */ { step, stage, unit }) => [step, stage, facet().steps, facet().unit_of ?? unit],
    ({ step, stage, unit }) => {
      const { key: name, role } = layout.stages[stage];
      const units = countOf(facet().series[index]),
        today = word("step.of", { n: step + 1, total: facet().steps });
      const { unit_of: one, title: kind } = facet(),
        many = place === "top" && (units > 1 || one !== undefined);
      const cell = one === undefined ? `${kind}, ${word("units.count", { n: units })}` : kind;
      say(day, many ? `${[cell, facet().series[index].name, today].join(" · ")} · ` : today);
      say(series, `${facet().series[index].name} · `);
      if (!many && facet().series.length === 1) day.prepend(series);
      if (many) day.append(el("b", {}, word("unit.selected", { n: (one ?? unit) + 1 })));
      say(badge, String(stage + 1));
      say(title, word(`stage.${name}.title`));
      say(subtitle, word(`stage.${name}.subtitle`));
      put(heading, { class: `gw-title role-${role}` });
    },
  );
  return {
    root,
    line,
    index,
    draw: drawing.draw,
  };
}
