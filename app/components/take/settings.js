/** The panel's settings: in which words, how it looks, how many digits; and of which sequence the files are. */

import { el } from "../base/element.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./panel.js").Settings} Settings
 */

/**
 * A choice of one, as radio buttons in a row.
 * @template T
 * @param {string} name @param {[T, string, string?][]} options values, their faces and full names @param {T} now
 * @param {(value: T) => void} choose
 */
export function choice(name, options, now, choose) {
  const group = `gw-take-${name}`;
  const faces = options.map(([value, face, full]) =>
    el(
      "label",
      { title: full ?? null },
      el("input", {
        type: "radio",
        name: group,
        "aria-label": full ?? null,
        onchange: () => choose(value),
        ...(value === now && { checked: "" }),
      }),
      el("span", {}, face),
    ),
  );
  return el("fieldset", { class: "gw-take-choice" }, el("legend", {}, name), el("div", {}, ...faces));
}

/**
 * @param {Data} data @param {import("./showing.js").Showing} shown @param {Settings} settings
 * @param {() => void} redraw
 */
export function createSettings({ words, languages }, { facets }, settings, redraw) {
  /** @template {keyof Settings} K @param {K} key @returns {(value: Settings[K]) => void} */
  const set = (key) => (value) => {
    settings[key] = value;
    redraw();
  };
  const tongues = Object.entries(languages).map(
    ([code, name]) => /** @type {[string, string, string]} */ ([code, code.toUpperCase(), name]),
  );
  const looks = ["light", "dark", "print"].map(
    (look) => /** @type {[string, string]} */ ([look, words[`look.${look}`]]),
  );
  const series = facets.map(({ series }, k) => /** @type {[string, string]} */ ([series[k].key, series[k].name]));
  return el(
    "div",
    { class: "gw-take-settings" },
    series.length > 1 && choice(words.series, series, settings.series, set("series")),
    choice(words.words, tongues, settings.words, set("words")),
    choice(words.look, looks, settings.look, set("look")),
    choice(
      words.digits,
      [
        [3, "3"],
        [4, "4"],
        [null, words["digits.all"]],
      ],
      settings.digits,
      set("digits"),
    ),
  );
}
