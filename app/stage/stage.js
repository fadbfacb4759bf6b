/**
 * The stage's way in. Streamlit calls this at every rerun, and calls the clean-up of a call that a later one has
 * overtaken: one stage per parent, and only the last call's clean-up ends it.
 */

import { createShell } from "./shell.js";

/**
 * @typedef {import("./types.js").Scene} Scene
 * @typedef {import("./types.js").Layout} Layout
 * @typedef {{data: Scene, parentElement: ShadowRoot|HTMLElement, setStateValue: Send, setTriggerValue: Send}} Component
 * @typedef {(name: string, value: unknown) => void} Send
 * @typedef {{still: string, layout: string|Layout}} Sent  a scene on its way: `still` is JSON of what no weight changes
 * @typedef {{calls: number, latest: Component, shell: ReturnType<typeof createShell>|null, drawn: string, root: HTMLElement}} Instance
 *   `drawn`: the layout on show
 */

const SHEETS = ["tokens.css", "stage.css", "panels.css", "diagram.css"];

/** @type {WeakMap<Node, Instance>} */
const instances = new WeakMap();
/** @type {Map<string, Promise<Layout>>} */
const layouts = new Map();

/** @param {string|Layout} layout @returns {Promise<Layout>} */
function layoutOf(layout) {
  if (typeof layout !== "string") return Promise.resolve(layout);
  const known = layouts.get(layout) ?? fetch(new URL(`layouts/${layout}.json`, import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error(`No layout “${layout}”`);
    return answer.json();
  });
  layouts.set(layout, known);
  return known;
}

/** @param {Node} parent */
function loadSheets(parent) {
  return Promise.all(SHEETS.map((sheet) => new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(sheet, import.meta.url).href });
    link.onload = link.onerror = done;
    parent.appendChild(link);
  })));
}

/** @param {Component} component */
function createInstance(component) {
  const root = document.createElement("div");
  root.className = "gw";
  root.hidden = true; // nothing is painted before its styles are here
  component.parentElement.append(root);
  /** @type {Instance} */
  const instance = { calls: 0, latest: component, shell: null, drawn: "", root };
  loadSheets(component.parentElement).then(() => open(instance));
  return instance;
}

/** @param {string|Layout} layout */
const nameOf = (layout) => (typeof layout === "string" ? layout : layout.names.join());

/** A stage for the latest data's layout, in place of the one before. @param {Instance} instance */
async function open(instance) {
  const layout = await layoutOf(instance.latest.data.layout);
  const { parentElement, data } = instance.latest;
  if (instances.get(parentElement) !== instance || nameOf(data.layout) === instance.drawn) return;
  instance.shell?.destroy();
  instance.root.replaceChildren();
  instance.root.hidden = false;
  instance.drawn = nameOf(data.layout);
  instance.shell = createShell(instance.root, layout, data, {
    commit: (value) => instance.latest.setStateValue("commit", value),
    grab: (parameter) => instance.latest.setTriggerValue("grab", parameter),
  });
  // Once this picture is painted the rest of the page may load: a charting library holds the browser for a second.
  requestAnimationFrame(() => setTimeout(() => instance.latest.setStateValue("drawn", true)));
}

/** What Python sent, with the part that stays the same read only when it is another. @param {Sent} sent @returns {Scene} */
function whole({ still, ...moving }) {
  if (still !== lastStill.text) lastStill = { text: still, read: JSON.parse(still) };
  return /** @type {Scene} */ ({ ...lastStill.read, ...moving });
}
let lastStill = { text: "", read: {} };

/** @param {Omit<Component, "data"> & {data: Sent}} call */
export default function stage(call) {
  const component = { ...call, data: whole(call.data) };
  const { parentElement, data } = component;
  const instance = instances.get(parentElement) ?? createInstance(component);
  instances.set(parentElement, instance);
  instance.latest = component;
  instance.calls += 1;
  const mine = instance.calls;
  if (instance.shell && nameOf(data.layout) !== instance.drawn) open(instance); // another cell, or other options
  else instance.shell?.update(data);
  return () => {
    if (mine !== instance.calls) return;
    instances.delete(parentElement);
    instance.shell?.destroy();
    instance.root.remove();
    for (const link of parentElement.querySelectorAll("link[rel=stylesheet]")) link.remove();
  };
}
