/** A challenge's gauge: the range of what is measured, the zone to reach, where it is and where it began. */

import { el, put, say } from "../../components/base/element.js";
import { fixed } from "../../components/base/format.js";

/** @typedef {import("../types.js").Goal} Goal */

export function createGauge() {
  const number = el("b", { class: "gw-gauge-number" });
  const zone = el("i", { class: "gw-gauge-zone" }),
    ghost = el("i", { class: "gw-gauge-ghost" }),
    marker = el("i", { class: "gw-gauge-marker" });
  const track = el("div", { class: "gw-gauge-track" }, zone, ghost, marker);
  const goal = el("span", { class: "gw-gauge-goal" }),
    ends = el("div", { class: "gw-gauge-ends" }, el("span", {}), goal, el("span", {}));
  const root = el("div", { class: "gw-gauge", "aria-hidden": "true" }, number, track, ends); // the status says it
  return {
    root,
    /**
     * @param {Pick<Goal, "range"|"zone"|"gauge"|"aim">} about @param {number} value NaN while it is covered
     * @param {number} begun
     */
    draw({ range: [low, high], zone: [from, to], gauge, aim }, value, begun) {
      const place = (/** @type {number} */ at) => Math.min(1, Math.max(0, (at - low) / (high - low)));
      const percent = (/** @type {number} */ at) => `${100 * place(at)}%`;
      say(number, gauge.replace("{value}", fixed(value, 3)));
      number.style.setProperty("--at", String(Number.isNaN(value) ? 0.5 : place(value)));
      marker.hidden = Number.isNaN(value);
      marker.style.left = percent(value);
      ghost.hidden = Number.isNaN(value) || Math.abs(place(begun) - place(value)) < 0.01;
      ghost.style.left = percent(begun);
      zone.style.left = percent(from);
      zone.style.right = `${100 - 100 * place(to)}%`;
      say(goal, aim);
      put(goal, { "data-right": place(from) >= 0.5 });
      say(/** @type {Element} */ (ends.firstElementChild), place(from) > 0.05 ? fixed(low, 0) : "");
      say(/** @type {Element} */ (ends.lastElementChild), place(to) < 0.95 ? fixed(high, 0) : "");
    },
  };
}
