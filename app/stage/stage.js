/**
 * The stage's way in. Streamlit calls this at every rerun, and calls the clean-up of a call that a later one has
 * overtaken: one stage per parent, and only the last call's clean-up ends it.
 */

import { loadSheets } from "../components/base/mount.js";
import { createShell } from "./shell.js";

/**
 * @typedef {import("./types.js").Scene} Scene
 * @typedef {import("./types.js").Layout} Layout
 * @typedef {import("./types.js").Still} Still
 * @typedef {import("./types.js").SentScene} SentScene
 * @typedef {{data: SentScene, parentElement: ShadowRoot|HTMLElement, setStateValue: Send,
 *   setTriggerValue: Send}} Component
 * @typedef {(name: string, value: unknown) => void} Send
 * @typedef {{calls: number, latest: Component, shell: ReturnType<typeof createShell>|null, drawn: string,
 *   root: HTMLElement}} Instance
 *   `drawn`: the cells on show
 */

const SHEETS = [
  "../components/base/tokens.css",
  "../components/base/controls.css",
  "stage.css",
  "panels.css",
  "diagram.css",
  "vector.css",
  "cards.css",
];

/** @type {WeakMap<Node, Instance>} */
const instances = new WeakMap();
/** Published layouts, each fetched once. @type {Map<string, Promise<Layout>>} */
const coming = new Map();
/** Layouts that are here, by cell. @type {Map<string, Layout>} */
const layouts = new Map();
/** What no weight changes, read once. @type {Map<string, Still>} */
const stills = new Map();

/** @param {string} name @returns {Promise<Layout>} */
function fetched(name) {
  const known =
    coming.get(name) ??
    fetch(new URL(`layouts/${name}.json`, import.meta.url)).then((answer) => {
      if (!answer.ok) throw new Error(`No layout “${name}”`);
      return answer.json();
    });
  coming.set(name, known);
  return known;
}

/** @param {SentScene} sent */
async function bringLayouts({ cells }) {
  for (const [key, { layout }] of Object.entries(cells))
    layouts.set(key, typeof layout === "string" ? await fetched(layout) : layout);
}

/** @param {string} text @returns {Still} */
function readStill(text) {
  if (stills.size > 16) stills.clear();
  const known = stills.get(text) ?? JSON.parse(text);
  stills.set(text, known);
  return known;
}

/** What Python sent, once its layouts are here. @param {SentScene} sent @returns {Scene} */
function whole({ cells, ...sent }) {
  const read = Object.entries(cells).map(([key, { still, ...own }]) => {
    const layout = /** @type {Layout} */ (layouts.get(key));
    return /** @type {const} */ ([key, { ...own, ...readStill(still), layout }]);
  });
  return { ...sent, cells: Object.fromEntries(read) };
}

/** Where a shell is built: each has its own, for what a shell listens to goes with its root. */
function createRoot() {
  const root = document.createElement("div");
  root.className = "gw";
  return root;
}

/** @param {Component} component */
function createInstance(component) {
  const root = createRoot();
  root.hidden = true; // nothing is painted before its styles are here
  component.parentElement.append(root);
  /** @type {Instance} */
  const instance = { calls: 0, latest: component, shell: null, drawn: "", root };
  Promise.all([loadSheets(component.parentElement, import.meta.url, SHEETS), bringLayouts(component.data)]).then(() =>
    open(instance),
  );
  return instance;
}

/** @param {SentScene} sent */
const cellsOf = ({ series }) => series.map(({ cell }) => cell).join();

/** A stage for the latest data's cells, in place of the one before. @param {Instance} instance */
async function open(instance) {
  await bringLayouts(instance.latest.data);
  const { parentElement, data } = instance.latest;
  if (
    instances.get(parentElement) !== instance ||
    cellsOf(data) === instance.drawn ||
    !Object.keys(data.cells).every((key) => layouts.has(key))
  )
    return;
  // Covers go with the cells they lie on.
  if (instance.shell?.covering()) instance.latest.setStateValue("covering", false);
  instance.shell?.destroy();
  const root = createRoot();
  instance.root.replaceWith(root);
  instance.root = root;
  instance.drawn = cellsOf(data);
  instance.shell = createShell(instance.root, whole(data), {
    commit: (value) => instance.latest.setStateValue("commit", value),
    grab: (parameter) => instance.latest.setTriggerValue("grab", parameter),
    want: (want) => instance.latest.setStateValue("want", want),
    covering: (any) => instance.latest.setStateValue("covering", any),
  });
  // Once this picture is painted the rest of the page may load: a charting library holds the browser for a second.
  requestAnimationFrame(() => setTimeout(() => instance.latest.setStateValue("drawn", true)));
}

/** @param {Component} component */
export default function stage(component) {
  const { parentElement, data } = component;
  const instance = instances.get(parentElement) ?? createInstance(component);
  instances.set(parentElement, instance);
  instance.latest = component;
  instance.calls += 1;
  const mine = instance.calls;
  if (instance.shell && cellsOf(data) !== instance.drawn)
    open(instance); // other cells, or other options
  else instance.shell?.update(whole(data));
  return () => {
    if (mine !== instance.calls) return;
    instances.delete(parentElement);
    instance.shell?.destroy();
    instance.root.remove();
    for (const link of parentElement.querySelectorAll("link[rel=stylesheet]")) link.remove();
  };
}
