/**
 * The stage's way in. Streamlit calls this at every rerun, and calls the clean-up of a call that a later one has
 * overtaken: one stage per parent, and only the last call's clean-up ends it.
 */

import { el } from "../components/base/element.js";
import { adoptSheets } from "../components/base/mount.js";
import { unpackedScene } from "./series/unpack.js";
import { follow } from "../components/picture/followed.js";
import { onLook, wanted } from "../components/overview/look.js";
import { show } from "../components/take/showing.js";
import { createCommits } from "./commits.js";
import { savePage } from "./page_file.js";
import { ask } from "./questions.js";
import { createShell } from "./shell.js";
import { writeTexts } from "./state/address.js";
import sheets from "./styles.js";

/**
 * @typedef {import("./types.js").SentScene} SentScene
 * @typedef {{data: SentScene, parentElement: ShadowRoot|HTMLElement, setStateValue: Send}} Component
 * @typedef {(name: string, value: unknown) => void} Send
 * @typedef {{calls: number, latest: Component, shell: ReturnType<typeof createShell>|null, drawn: string,
 *   root: HTMLElement|null, commits: ReturnType<typeof createCommits>, leave: () => void}} Instance
 *   `drawn`: the cells on show; `leave`: hear and tell no more
 */

/** @type {WeakMap<Node, Instance>} */
const instances = new WeakMap();

/** @param {Component} component @returns {Instance} */
function createInstance(component) {
  adoptSheets(component.parentElement, sheets);
  const commits = createCommits({
    take({ address, questions, pictures }) {
      writeTexts(address);
      ask({ lesson: instance.latest.data.guide?.lesson ?? "", questions });
      follow(pictures);
    },
    refuse: (commit) => instance.latest.setStateValue("commit", commit),
  });
  /** @type {Instance} */
  const instance = { calls: 0, latest: component, shell: null, drawn: "", root: null, commits, leave: () => {} };
  const deaf = onLook((place) => look(instance, place));
  const hide = show(() => instance.shell && { scene: instance.latest.data, ...instance.shell.taken() });
  instance.leave = () => [deaf, hide].forEach((end) => end());
  return instance;
}

/**
 * What an overview asks for; of a stage with one unit of many the step alone, since for another unit it is sent another
 * scene.
 * @param {Instance} instance @param {import("../components/overview/look.js").Look} place
 */
function look({ shell, latest }, { unit, step }) {
  shell?.look(latest.data.unit_of === undefined ? (unit ?? 0) : 0, step);
}

/** @param {SentScene} sent */
const cellsOf = ({ series }) => series.map(({ cell }) => cell).join();

/** @type {WeakMap<SentScene, string>} */
const ids = new WeakMap();

/** Which scene it is, whatever its controls and language: a hash (FNV-1a). @param {SentScene} sent */
function idOf(sent) {
  const known = ids.get(sent);
  if (known) return known;
  const numbers = Object.entries(sent.cells).map(([key, cell]) => [key, cell.sizes, cell.parameters]);
  const text = JSON.stringify([numbers, sent.series.map((one) => ({ ...one, name: "" }))]);
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k += 1) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  ids.set(sent, (hash >>> 0).toString(36));
  return idOf(sent);
}

/** A stage for the latest data's cells, in place of the one before. @param {Instance} instance */
function open(instance) {
  const { parentElement, data } = instance.latest;
  // Covers go with the cells they lie on.
  if (instance.shell?.covering()) instance.latest.setStateValue("covering", false);
  instance.shell?.destroy();
  instance.root?.remove();
  instance.root = el("div", { class: "gw" }); // a shell has its own, for what it listens to goes with its root
  parentElement.append(instance.root);
  instance.drawn = cellsOf(data);
  instance.shell = createShell(instance.root, unpackedScene(data), {
    commit(value) {
      const { data, setStateValue } = instance.latest;
      if (data.commits) void instance.commits.post(data.commits, value);
      else setStateValue("commit", value);
    },
    unit: (unit) => {
      if (instance.latest.data.reports_unit) instance.latest.setStateValue("unit", unit);
    },
    page: (state, name) => void savePage(instance.latest.data, state, name),
    covering: (any) => instance.latest.setStateValue("covering", any),
    scene: () => idOf(instance.latest.data),
  });
  const place = wanted();
  if (place) look(instance, place);
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
  if (instance.shell && cellsOf(data) === instance.drawn) instance.shell.update(unpackedScene(data));
  else open(instance); // the first, other cells, or other options
  return () => {
    if (mine !== instance.calls) return;
    instances.delete(parentElement);
    instance.commits.cancel();
    instance.leave();
    instance.shell?.destroy();
    instance.root?.remove();
  };
}
