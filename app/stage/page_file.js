/**
 * A stage as a page of its own: one file that needs no server. Its template is in bundles/alone.html; Python fills it,
 * too (app/export/standalone.py).
 */

import { save } from "../components/base/picture_file.js";

/**
 * @typedef {import("./types.js").SentScene} SentScene
 * @typedef {Pick<SentScene, "controls"|"at"|"unit"|"backward"|"covers">} State  how the reader has it
 * @typedef {{words?: import("../components/take/data.js").Words, theme?: string, digits?: number}} Look
 *   in another language, always light or dark, with other decimals
 * @typedef {(state: State, name: string) => void} Save  under the name of a file
 */

const ENTITIES = /** @type {Record<string, string>} */ ({
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
});

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

/** JSON that can stand within a page: nothing in it ends the element, or begins one. @param {unknown} scene */
const inline = (scene) =>
  JSON.stringify(scene).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** A link to an address of the web; nothing for any other. @param {string} address @param {string} text */
const linkTo = (address, text) =>
  /^https?:\/\//.test(address)
    ? `<a href="${escaped(address)}" target="_blank" rel="noopener noreferrer">${escaped(text)}</a>`
    : "";

/**
 * A scene in other words, with other decimals.
 * @param {SentScene} scene @param {Look} look @returns {SentScene}
 */
function looked({ cells, series, ...scene }, { words, digits }) {
  const own = digits === undefined ? scene : { ...scene, digits };
  if (!words) return { ...own, cells, series };
  const said = Object.entries(cells).map(([key, cell]) => {
    const still = JSON.stringify({ ...JSON.parse(cell.still), words: words.cells[key] });
    return [key, { ...cell, still }];
  });
  const names = Object.entries(scene.sequences ?? {}).map(([key, name]) => [key, words.names[key] ?? name]);
  return {
    ...own,
    ...(scene.sequences && { sequences: Object.fromEntries(names) }),
    page: words.title,
    cells: Object.fromEntries(said),
    series: series.map((one) => ({ ...one, name: words.names[one.key] ?? one.name })),
  };
}

/**
 * The page. Its guide stays behind: a server answers what that asks.
 * @param {string} template @param {SentScene} scene @param {string} address where the stage is, with its state
 * @param {Look} [look]
 */
export function filledPage(template, scene, address, look = {}) {
  const { page, ...rest } = looked(scene, look);
  const { words } = JSON.parse(Object.values(rest.cells)[0].still);
  const filling = /** @type {Record<string, string>} */ ({
    language: escaped(words.lang),
    look: escaped(look.theme ?? ""),
    title: escaped(page ?? ""),
    link: linkTo(address, words["page.link"]),
    scene: inline({ ...rest, commits: null, guide: null, teach: false, reports_unit: false }),
  });
  return template.replace(/%(language|look|title|link|scene)%/g, (_, /** @type {string} */ name) => filling[name]);
}

/** @param {SentScene} scene @param {State} state @param {string} address @param {Look} [look] */
export async function pageFile(scene, state, address, look) {
  const template = await (await fetch(new URL("bundles/alone.html", document.baseURI))).text();
  return new Blob([filledPage(template, { ...scene, ...state }, address, look)], { type: "text/html" });
}

/** @param {SentScene} scene @param {State} state @param {string} name of the file */
export const savePage = async (scene, state, name) => save(await pageFile(scene, state, location.href), name);
