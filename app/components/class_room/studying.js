/** What a student's page does with the teacher's state: it shows it, goes where it is, or leaves it alone. */

import { follows } from "./client.js";
import { sharedQuery } from "./teaching.js";

/**
 * @typedef {import("./client.js").View} View
 * @typedef {import("./stage_link.js").Shown} Shown
 * @typedef {{lesson: () => string, search: () => string, stage: () => Shown|null, go: (href: string) => void,
 *   turn: (query: string) => void, write: (query: string) => void,
 *   later: (act: () => void, ms: number) => () => void}} StudentPage
 *   `turn`: have the page be as an address says; `write`: have the address say what was followed
 */

const REST = 300; // ms without another change before a page is asked for again

/** @param {StudentPage} page */
export function createStudying(page) {
  let went = "",
    following = false;
  let cancel = () => {};

  /** @param {string} lesson @param {string} query */
  function go(lesson, query) {
    const href = query ? `${lesson}?${query}` : lesson;
    if (href === went) return;
    cancel();
    if (lesson === page.lesson() && query === sharedQuery(page.search())) {
      went = href;
      return undefined;
    }
    if (lesson !== page.lesson()) {
      went = href;
      return page.go(href);
    }
    cancel = page.later(() => {
      went = href;
      page.turn(query);
    }, REST);
    return undefined;
  }

  /** @param {View} view */
  function show({ state }, /** @type {Shown|null} */ stage) {
    if (!state) return;
    const { lesson, query, live } = state;
    if (lesson !== page.lesson()) return go(lesson, query);
    if (!live) return go(lesson, query);
    if (!stage || stage.lesson() !== lesson) return undefined; // it is still to come
    if (stage.scene() !== live.scene) go(lesson, query);
    return stage.follow(live);
  }

  /** @param {Shown|null} stage @param {View["state"]} state that it has shown */
  function end(stage, state) {
    cancel();
    went = "";
    stage?.follow(null);
    if (state) page.write(state.query);
  }

  return {
    /** @param {View} view */
    sync(view) {
      const stage = page.stage();
      const now = follows(view);
      const here = stage?.lesson() === view.state?.lesson;
      const over = view.ended || view.problem !== null;
      stage?.part(over ? null : now ? "follows" : "apart");
      stage?.hold(here && !over ? (view.state?.ask ?? null) : null);
      if (now) show(view, stage);
      else if (following) end(stage, here ? view.state : null);
      following = now;
    },
  };
}
