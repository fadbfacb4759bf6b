/** A story in steps, beside a page's own controls and pictures: a step may set those, and lights what it speaks of. */

import { button, el, put, say } from "../base/element.js";
import { mount } from "../base/mount.js";
import { wordsOf } from "../base/words.js";
import { offerStory, pageMoved } from "../class_room/page_link.js";
import { noted } from "../progress/reader.js";
import { CHANGED } from "../progress/storage.js";
import { createStepCard } from "./step_card.js";
import parts from "../base/parts.css" with { type: "css" };
import card from "./step_card.css" with { type: "css" };
import sheet from "./story.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{data: Data, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: unknown) => void}}
 *   Component
 */

const LOOK = { sheets: [parts, card, sheet], kind: "gw-story" };

/** What lights the page's parts: Streamlit would take an attribute away when it draws them anew. */
const lit = new CSSStyleSheet();

/** @param {readonly string[]} keys of the page's parts, or of what a component calls a part of its own */
function light(keys) {
  if (!document.adoptedStyleSheets.includes(lit)) document.adoptedStyleSheets.push(lit);
  const places = keys.flatMap((key) => [`.st-key-${key}`, `::part(${key})`]).join();
  lit.replaceSync(places && `${places} { outline: 2.5px solid var(--i); outline-offset: 9px; border-radius: 8px; }`);
}

/** Goes to a task. @param {string} part the page's part with it */
function show(part) {
  const task = document.querySelector(`.st-key-${part}`);
  task?.scrollIntoView({ block: "center" });
  task?.querySelector("button")?.focus({ preventScroll: true });
}

/** How the tasks stand, each a way to it. */
function createTasks() {
  const root = el("span", { class: "gw-step-tasks" });
  let parts = ""; // of the tasks that are drawn: a button that has the focus keeps it
  return {
    root,
    /** @param {Data["tasks"]} tasks @param {import("../base/words.js").Word} word */
    draw(tasks, word) {
      const now = tasks.map(({ id, part }) => `${id} ${part}`).join();
      if (now !== parts)
        root.replaceChildren(...tasks.map(({ part }) => button("", () => show(part), { class: "gw-step-task" })));
      parts = now;
      const done = noted();
      tasks.forEach(({ id, title }, k) => {
        const state = done.includes(id) ? "done" : "open";
        root.children[k].replaceChildren(el("i"), title);
        put(root.children[k], { "data-state": state, "aria-label": word(`task.${state}`, { task: title }) });
      });
    },
  };
}

/** @param {HTMLElement} root @param {Component} first */
function createStory(root, first) {
  let latest = first,
    index = first.data.at,
    furthest = index,
    sent = 0; // the number of the last request
  const status = el("p", { class: "gw-hidden", role: "status" });
  const tasks = createTasks();
  const step = createStepCard(go, { back: () => go(index - 1), again: () => go(index), next: onward }, tasks.root);
  const standing = () => tasks.draw(latest.data.tasks, wordsOf(latest.data.words));
  addEventListener(CHANGED, standing);
  root.append(step.root, status);
  put(root, { role: "region" });

  function onward() {
    const { steps, todo, next } = latest.data;
    if (index + 1 < steps.length) go(index + 1);
    else if (todo === "lesson" && next) location.assign(next.address);
    else show("part-predict");
  }
  const shared = {
    here: () => root.isConnected,
    at: () => index,
    titles: () => latest.data.steps.map(({ title }) => title),
    onward: () => go(index + 1),
    goal: () => latest.data.tasks.at(-1)?.title ?? "",
  };
  /** @param {number} to */
  function go(to) {
    const one = latest.data.steps[to];
    if (!one) return;
    index = to;
    sent = Math.max(sent + 1, Date.now()); // no two requests are alike, not even after a reload
    latest.setStateValue("sent", { n: sent, step: one.id });
    draw(true);
    say(status, step.spoken());
  }
  /** @param {boolean} there */
  function draw(there) {
    const { steps, title, todo, next, words } = latest.data;
    const word = wordsOf(words);
    furthest = Math.max(furthest, index);
    put(root, { "aria-label": word("script.label", { n: index + 1, total: steps.length }) });
    step.draw(
      {
        steps,
        index,
        furthest,
        title,
        there,
        resets: false,
        after: todo,
        lesson: next?.title ?? "",
        numbers: () => "",
      },
      word,
    );
    light(there ? (steps[index].light ?? []) : []);
    standing();
  }
  return {
    /** @param {Component} component */
    update(component) {
      latest = component;
      const { at, handled, there, steps } = latest.data;
      const answered = !sent || handled === sent;
      index = Math.min(answered ? at : index, steps.length - 1);
      draw(!answered || there[index]);
      offerStory(shared);
      pageMoved();
    },
    leave() {
      light([]);
      removeEventListener(CHANGED, standing);
    },
  };
}

/** @param {Component} component */
export default function story(component) {
  const made = mount(component.parentElement, LOOK, (root) => createStory(root, component));
  made.update(component);
  return made.leave;
}
