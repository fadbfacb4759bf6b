/** The teacher's screen: the class above the stage; how to join, the question and the challenges beside it. */

import { button, el, put, say } from "../base/element.js";
import { go } from "../bar/navigate.js";
import { wordsOf } from "../base/words.js";
import { createDialogs } from "./dialogs.js";
import { createPart, qrOf, sign } from "./pieces.js";
import { createPoll, tooFew } from "./poll.js";
import { spoken } from "./seat.js";
import { shownOnPage } from "./session.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./session.js").Client} Client
 * @typedef {ReturnType<typeof import("./teaching.js").createTeaching>} Teaching
 */

const TOLD_EVERY_MS = 10_000;

/** @param {() => Data} data @param {() => Client} client @param {ReturnType<typeof createDialogs>} dialogs */
function createBar(data, client, dialogs) {
  const word = () => wordsOf(data().words);
  const flip = (/** @type {"following"|"black"} */ name, /** @type {string} */ kind) => () => {
    const room = client().view.room;
    if (room) void client().tell(kind, { on: !room[name] });
  };
  const acts = { follow: flip("following", "follow"), black: flip("black", "black") };
  const name = el("b", {}),
    choice = /** @type {HTMLSelectElement} */ (el("select", { onchange: () => go(choice.value) }));
  const label = el("b", {}),
    counts = el("small", {});
  const follow = button("", acts.follow, { class: "gw-follow", role: "switch" }, el("i", {}), label, counts);
  const black = button("", acts.black, { class: "gw-secondary" }),
    end = button("", () => dialogs.end(), { class: "gw-secondary" }, "");
  const lost = el("span", { class: "gw-lost", role: "status" });
  const root = el(
    "header",
    { class: "gw-class-bar" },
    el("i", { class: "gw-logo" }),
    name,
    choice,
    lost,
    follow,
    black,
    end,
  );
  let lessons = "";
  return {
    root,
    acts,
    draw() {
      const { view } = client();
      say(name, word()("title"));
      const now = JSON.stringify([data().lessons, data().lesson]);
      if (now !== lessons) {
        lessons = now;
        const options = data().lessons.map(({ key, title, href }, k) =>
          el("option", { value: href, selected: key === data().lesson }, `${word()("place", { n: k + 1 })} · ${title}`),
        );
        choice.replaceChildren(...options);
      }
      put(choice, { "aria-label": word()("place", { n: "" }).trim() });
      put(follow, { "aria-checked": String(view.room?.following ?? false) });
      say(label, word()("follow"));
      const { present = 0, follow: with_ = 0 } = view.counts ?? {};
      say(counts, word()("counts", { follow: with_, apart: Math.max(0, present - with_) }));
      black.replaceChildren(sign("eye"), word()(view.room?.black ? "light" : "black"));
      put(black, { "aria-pressed": String(view.room?.black ?? false) });
      say(end, word()("end"));
      say(lost, view.link === "lost" ? word()("lost") : "");
    },
  };
}

/** How to join. @param {() => Data} data @param {() => void} enlarge */
function createJoin(data, enlarge) {
  const root = el("section", { class: "gw-card gw-join" });
  return createPart(root, (/** @type {{code: string, present: number, qr: Data["qr"]}} */ { code, present, qr }) => {
    const word = wordsOf(data().words);
    const shown = qr?.code === code ? qr : null;
    return [
      button(
        word("large"),
        enlarge,
        { class: "gw-join-open", "data-act": "large", named: true, title: word("large") },
        shown ? qrOf(shown.rows, word("qr")) : el("span", { class: "gw-qr" }),
      ),
      el(
        "div",
        {},
        el("small", {}, shown ? shown.link.replace(/^https?:\/\//, "") : ""),
        el("b", { class: "gw-code", "aria-label": `${word("code")} ${[...code].join(" ")}` }, spoken(code)),
        el(
          "p",
          {},
          sign("people"),
          el("b", {}, `${present}`),
          el("span", {}, word("present")),
          el("small", {}, word("private")),
        ),
      ),
    ];
  });
}

/** @param {() => Data} data */
function createChallenges(data) {
  const root = el("section", { class: "gw-card gw-challenges" });
  return createPart(
    root,
    (/** @type {{goal: string, solved: number, present: number}} */ { goal, solved, present }) => {
      const word = wordsOf(data().words);
      root.hidden = !goal;
      const share = present ? Math.min(1, solved / present) : 0;
      return [
        el("h2", {}, word("challenges")),
        el(
          "div",
          { class: "gw-challenge" },
          el("span", {}, goal),
          tooFew(present)
            ? el("small", {}, word("few"))
            : el("span", { class: "gw-track", "aria-hidden": "true" }, el("i", { style: `width: ${100 * share}%` })),
          tooFew(present) ? null : el("span", { class: "gw-count" }, word("solved", { count: solved, total: present })),
        ),
      ];
    },
  );
}

/** The challenge of a lesson whose stage is on the page. @param {string} lesson */
function goalOf(lesson) {
  const stage = shownOnPage();
  return stage?.lesson() === lesson ? stage.goal() : "";
}

/**
 * @param {() => Data} data @param {() => Client} client @param {() => Teaching} teaching
 * @param {{summary: () => void, leave: () => void}} host
 */
export function createTeacherView(data, client, teaching, host) {
  const words = () => wordsOf(data().words);
  const dialogs = createDialogs(data, client, host);
  const bar = createBar(data, client, dialogs);
  const join = createJoin(data, () => dialogs.large(true));
  const acts = {
    ask: () => teaching().ask(),
    reveal: () => teaching().reveal(),
    again: () => teaching().again(),
    goOn: () => teaching().goOn(),
  };
  const poll = createPoll(words, acts),
    challenges = createChallenges(data);
  const live = el("p", { class: "gw-hidden", role: "status" });
  const help = el("p", { class: "gw-hidden" });
  const dim = el("div", { class: "gw-black" });
  const panel = el("aside", { class: "gw-class-panel" }, join.root, poll.root, challenges.root, help);
  const root = el("div", { class: "gw-class gw-teaching" }, bar.root, panel, dim, dialogs.root, live);
  let told = 0;

  /** @type {Record<string, () => void>} */
  const keys = { r: acts.reveal, n: acts.goOn, f: bar.acts.follow, b: bar.acts.black };
  /** @param {KeyboardEvent} event */
  function press(event) {
    const typing = event
      .composedPath()
      .some((one) => one instanceof HTMLInputElement || one instanceof HTMLSelectElement);
    const act = keys[event.key.toLowerCase()];
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !act || event.repeat) return;
    if (event.key.toLowerCase() === "r" && !client().view.room?.poll?.open) return; // the stage's own question
    event.preventDefault();
    act();
  }
  document.addEventListener("keydown", press);

  /** @param {number} answered @param {number} present */
  function announce(answered, present) {
    if (Date.now() - told < TOLD_EVERY_MS) return;
    told = Date.now();
    say(live, words()("answered", { count: answered, total: present }));
  }

  return {
    root,
    destroy: () => document.removeEventListener("keydown", press),
    draw() {
      const { view } = client();
      const { present = 0, answered = 0, solved = {} } = view.counts ?? {};
      const lesson = data().lesson;
      bar.draw();
      join.draw({ code: view.seat.code, present, qr: data().qr });
      const now = view.room?.poll ?? null;
      poll.draw({ poll: now, next: now ? null : teaching().question(), answered, present, told: teaching().told() });
      challenges.draw({ goal: goalOf(lesson), solved: solved[`${lesson}/goal`] ?? 0, present });
      dialogs.draw();
      say(help, words()("keys"));
      dim.hidden = !view.room?.black;
      say(dim, words()("look_up"));
      if (now?.open) announce(answered, present);
    },
  };
}
