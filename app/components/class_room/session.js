/** The class that this tab is in: one for all pages of the course, whatever Streamlit draws anew. */

import { go } from "../bar/navigate.js";
import { createClient, follows } from "./client.js";
import { createSeats } from "./seat.js";
import { createPageLink } from "./page_link.js";
import { followStage, stageOnPage } from "./stage_link.js";
import { createStudying } from "./studying.js";
import { createTeaching, sharedQuery } from "./teaching.js";

/**
 * @typedef {import("./client.js").View} View
 * @typedef {import("./connection.js").Answer} Answer
 * @typedef {ReturnType<typeof createClient>} Client
 * @typedef {import("./seat.js").Kept} Kept
 */

const ROUTE = "_gatewalk/room";
const ASLEEP = 15_000; // ms after which a connection is not trusted

/** @param {string} path */
const urlOf = (path) => new URL(path ? `${ROUTE}/${path}` : ROUTE, document.baseURI);

/** @param {string} path @param {object} [body] @returns {Promise<Answer>} */
export async function request(path, body) {
  const options = body && {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  };
  try {
    const response = await fetch(urlOf(path), options);
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

/** @type {import("./connection.js").Host} */
const host = {
  request,
  stream: (path) => new EventSource(urlOf(path)),
  later(act, ms) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** A reader's storage may be closed to us: then a seat lasts as long as the page. @param {() => Storage} open */
function storageOf(open) {
  try {
    return open();
  } catch {
    const kept = new Map();
    return {
      getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
      setItem: (/** @type {string} */ name, /** @type {string} */ text) => void kept.set(name, text),
      removeItem: (/** @type {string} */ name) => void kept.delete(name),
    };
  }
}

export const seats = createSeats(
  storageOf(() => sessionStorage),
  storageOf(() => localStorage),
);

let lesson = "";
/** @type {Client|null} */
let client = null;
/** @type {ReturnType<typeof createTeaching>|null} */
let teaching = null;
/** @type {Set<(what: string) => void>} */
const listeners = new Set();

const page = { lesson: () => lesson, search: () => location.search, stage: shownOnPage, later: host.later };
const pageLink = createPageLink(page.lesson, () => sharedQuery(location.search));
const studying = createStudying({
  ...page,
  go,
  turn(query) {
    write(query);
    dispatchEvent(new PopStateEvent("popstate")); // by which Streamlit reads the address
  },
  write,
});

/** Has the address say a query, beside the language. @param {string} query */
function write(query) {
  const search = new URLSearchParams(query);
  const language = new URLSearchParams(location.search).get("lang");
  if (language) search.set("lang", language);
  history.replaceState(history.state, "", `${location.pathname}${search.size ? `?${search}` : ""}`);
}

/** The stage of the lesson on the page, or what a lesson without one has in its place. */
export function shownOnPage() {
  const stage = stageOnPage();
  return stage?.lesson() ? stage : pageLink.shown();
}

/** @param {View} view @param {string} what */
function changed(view, what) {
  if (what === "end" || (what === "problem" && view.problem === "unknown")) seats.forget();
  if (view.seat.role === "student") {
    if (seats.now()) seats.take({ ...view.seat, apart: view.apart });
    studying.sync(view);
  } else {
    shownOnPage()?.part(view.ended ? null : "teacher");
    if (["room", "stage", "lesson"].includes(what) && !teaching?.busy()) teaching?.resume();
  }
  tell(what);
}

/** @param {string} what has changed */
function tell(what) {
  const part = !client
    ? null
    : client.view.seat.role === "teacher"
      ? "teacher"
      : follows(client.view)
        ? "follows"
        : "apart";
  const root = document.documentElement;
  if (part && !client?.view.problem) root.dataset.room = part !== "teacher" && client?.view.ended ? "ended" : part;
  else delete root.dataset.room;
  listeners.forEach((listen) => listen(what));
}

/** @param {Kept} seat */
function sit(seat) {
  client?.close();
  client = createClient(host, seat, { apart: seat.apart }, changed);
  teaching = seat.role === "teacher" ? createTeaching(client, page) : null;
  void client.connect();
  tell("seat");
}

/** @param {Kept} seat */
export function enter(seat) {
  seats.take(seat);
  sit(seat);
}

/** The tab leaves its class, or what is left of it. */
export function leave() {
  client?.close();
  client = teaching = null;
  seats.leave();
  shownOnPage()?.part(null);
  shownOnPage()?.hold(null);
  shownOnPage()?.follow(null);
  tell("seat");
}

export const now = () => client;
export const teacher = () => teaching;

/** @param {(what: string) => void} listen */
export function followSession(listen) {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** The page shows a lesson, or none. @param {string} key */
export function onLesson(key) {
  const other = key !== lesson;
  lesson = key;
  if (other) pageLink.leave();
  start();
  if (other && client) changed(client.view, "lesson");
  if (other) teaching?.share();
}

let started = false,
  scene = "";

/** A tab that was in a class is in it again. */
function start() {
  if (started) return;
  started = true;
  const seat = seats.now();
  if (seat) sit(seat);
  followStage({
    moved() {
      teaching?.share();
      const stage = shownOnPage();
      const which = stage ? `${stage.lesson()} ${stage.scene()}` : "";
      if (which === scene) return;
      scene = which;
      if (client) changed(client.view, "stage");
    },
    solved(task, name) {
      if (client?.view.seat.role === "student" && !follows(client.view)) void client.solved(task, name);
    },
  });
  setInterval(() => teaching?.share(), 500); // an address may change in silence
  /** @type {any} */ (globalThis).navigation?.addEventListener("currententrychange", () => teaching?.share());
  let hidden = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hidden = Date.now();
    else if (client && (client.view.link !== "open" || Date.now() - hidden > ASLEEP)) void client.connect();
  });
  addEventListener("online", () => void client?.connect());
}
