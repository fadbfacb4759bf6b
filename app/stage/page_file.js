/**
 * A stage as a page of its own: one file that needs no server. Its template is in bundles/alone.html; Python fills it,
 * too (app/export/standalone.py).
 */

import { el } from "../components/base/element.js";

/**
 * @typedef {import("./types.js").SentScene} SentScene
 * @typedef {Pick<SentScene, "controls"|"at"|"unit"|"backward">} State  how the reader has it
 * @typedef {(state: State, name: string) => void} Save  under the name of a file
 */

const ENTITIES = /** @type {Record<string, string>} */ ({
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
});

/**
 * @param {State["controls"]} controls @param {{step: number, stage: number}|null} at from 0
 * @param {{unit: number, backward: boolean}} selected @returns {State}
 */
export const stateOf = (controls, at, selected) => ({ controls, at: at && [at.step + 1, at.stage + 1], ...selected });

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
 * The page. Its guide stays behind: a server answers what that asks.
 * @param {string} template @param {SentScene} scene @param {string} address where the stage is, with its state
 */
export function filledPage(template, scene, address) {
  const { words } = JSON.parse(Object.values(scene.cells)[0].still);
  const { page, ...rest } = scene;
  const filling = /** @type {Record<string, string>} */ ({
    language: escaped(words.lang),
    title: escaped(page ?? ""),
    link: linkTo(address, words["page.link"]),
    scene: inline({ ...rest, commits: null, guide: null, teach: false, reports_unit: false }),
  });
  return template.replace(/%(language|title|link|scene)%/g, (_, /** @type {string} */ name) => filling[name]);
}

/** @param {SentScene} scene @param {State} state @param {string} name of the file */
export async function savePage(scene, state, name) {
  const template = await (await fetch(new URL("bundles/alone.html", document.baseURI))).text();
  const page = filledPage(template, { ...scene, ...state }, location.href);
  const href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  el("a", { download: name, href }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
