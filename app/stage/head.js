/** Which stage it is: number, title, and on phones the day and what the stage is for. */

import { el, say, put } from "./element.js";

/**
 * @typedef {import("./shell.js").Context} Context
 * @typedef {import("./types.js").View} View
 */

/** @param {Context} context @param {boolean} top above the diagram, or above the arithmetic */
export function createHead({ layout, word, scene }, top) {
  const day = el("p", { class: "gw-head-day" });
  const badge = el("span", { class: "gw-badge", "aria-hidden": "true" }), title = el("span"), subtitle = el("span", { class: "gw-subtitle" });
  const heading = el("h2", { class: "gw-title" }, badge, title);
  const line = el("div", { class: "gw-head-line" }, heading, top ? subtitle : null);
  const root = el("header", { class: `gw-head ${top ? "gw-head-top" : ""}` }, top ? day : null, line);
  let key = "";
  return {
    root, line,
    /** @param {View} view */
    draw({ step, stage }) {
      const now = [step, stage, scene().steps].join();
      if (now === key) return;
      key = now;
      const { key: name, role } = layout.stages[stage];
      say(day, word("step.of", { n: step + 1, total: scene().steps }));
      say(badge, String(stage + 1));
      say(title, word(`stage.${name}.title`));
      say(subtitle, word(`stage.${name}.subtitle`));
      put(heading, { class: `gw-title role-${role}` });
    },
  };
}
