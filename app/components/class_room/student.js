/** A student's screen: where the class is above the stage, the question and the way out of it below. */

import { button, el, put, say } from "../base/element.js";
import { wordsOf } from "../base/words.js";
import { choiceOf, follows } from "./client.js";
import { createPart, letterOf, sign } from "./pieces.js";
import { spoken } from "./seat.js";
import { shownOnPage } from "./session.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./client.js").Poll} Poll
 * @typedef {import("./client.js").View} View
 * @typedef {import("./session.js").Client} Client
 * @typedef {import("../base/words.js").Word} Word
 */

/** Where the class is, in a few words. @param {View} view @param {Data} data @param {Word} word */
function whereOf({ state, room }, data, word) {
  if (room && !room.following) return word("free");
  const stage = shownOnPage();
  const live = state?.live;
  if (!state || state.lesson !== data.lesson || !live || !stage) return word("elsewhere");
  return word("at", { where: stage.where(live.at[0], live.at[1]) });
}

/** @param {View} view @param {Data} data @param {Word} word @returns {[string, string]} what the banner says */
function banner(view, data, word) {
  if (view.ended) return [word("title"), word("ended")];
  const lines = /** @type {[string, string]} */ (
    follows(view) ? [word("with"), word("with_hint")] : [word("own"), whereOf(view, data, word)]
  );
  if (view.room && !view.room.teacher_present) lines[1] = word("teacher_away");
  if (view.link === "lost") lines[1] = word(view.guess && !view.guess.sent ? "lost_guess" : "lost");
  return lines;
}

/**
 * @typedef {{kind: "follows"|"apart"|"ended", title: string, hint: string, code: string, asked: boolean,
 *   back: boolean}} Top
 * @param {() => Word} words @param {() => Client} client @param {() => void} leave
 */
function createBanner(words, client, leave) {
  const root = el("header", { class: "gw-class-banner" });
  return createPart(root, (/** @type {Top} */ { kind, title, hint, code, asked, back }) => {
    const word = words();
    put(root, { "data-kind": kind });
    const act = back
      ? button("", () => client().lookAround(false), { class: "gw-secondary", "data-act": "back" }, word("back"))
      : kind === "ended"
        ? button("", leave, { class: "gw-secondary", "data-act": "leave" }, word("closed"))
        : el("b", { class: "gw-banner-code", "aria-label": word("code") }, spoken(code));
    const note = asked
      ? el(
          "p",
          { class: "gw-note" },
          sign("clock"),
          el("span", {}, el("b", {}, word("open_question")), " ", word("open_question_hint")),
        )
      : null;
    return [
      el(
        "div",
        { class: "gw-banner-line" },
        sign(kind === "follows" ? "screen" : "look"),
        el("p", { role: "status" }, el("b", {}, title), el("small", {}, hint)),
        act,
      ),
      note,
    ];
  });
}

/**
 * @typedef {{poll: Poll|null, mine: number|null, status: "none"|"sent"|"sending"|"kept", told: string,
 *   look: boolean}} Bottom
 * @param {() => Word} words @param {() => Client} client
 */
function createQuestion(words, client) {
  const root = el("section", { class: "gw-question-panel" });
  return createPart(root, (/** @type {Bottom} */ { poll, mine, status, told, look }) => {
    const word = words();
    root.hidden = !poll && !look;
    const foot = look
      ? el(
          "div",
          { class: "gw-panel-foot" },
          button(
            "",
            () => client().lookAround(true),
            { class: "gw-secondary", "data-act": "look" },
            sign("look"),
            word("look"),
          ),
        )
      : null;
    if (!poll) return [foot];
    const answers = poll.choices.map((name, k) =>
      button(
        "",
        () => client().guess(k),
        {
          class: "gw-answer",
          "data-act": `choice-${k}`,
          "aria-pressed": String(mine === k),
          "data-right": poll.right === k,
          disabled: !poll.open,
        },
        letterOf(k, poll.right === k),
        el("span", {}, name),
      ),
    );
    return [
      el("h2", {}, poll.question),
      el(
        "div",
        { class: "gw-answers", role: "group", "aria-label": poll.question, "data-count": poll.choices.length },
        ...answers,
      ),
      el("p", { class: "gw-answer-status", role: "status" }, ...statusOf(poll, mine, status, told, word)),
      foot,
    ];
  });
}

/**
 * @param {Poll} poll @param {number|null} mine @param {Bottom["status"]} status @param {string} told
 * @param {Word} word
 */
function statusOf(poll, mine, status, told, word) {
  if (poll.open) {
    if (status === "sent") return [sign("check"), word("sent")];
    return [status === "none" ? "" : word(status === "kept" ? "lost_guess" : "sending")];
  }
  const own = mine === null ? word("no_guess") : word("you", { choice: poll.choices[mine] });
  return [`${own} ${told}`.trim()];
}

/** @param {View} view @param {Data} data @param {Word} word @returns {Top} */
function topOf(view, data, word) {
  const [title, hint] = banner(view, data, word);
  const kind = view.ended ? "ended" : follows(view) ? "follows" : "apart";
  const back = kind === "apart" && Boolean(view.room?.following);
  return { kind, title, hint, code: view.seat.code, asked: back && Boolean(view.room?.poll?.open), back };
}

/** @param {View} view @returns {Bottom["status"]} of the answer */
function sentOf(view) {
  if (choiceOf(view) === null) return "none";
  const waits = view.guess && view.guess.poll === view.room?.poll?.id && !view.guess.sent;
  return !waits ? "sent" : view.link === "lost" ? "kept" : "sending";
}

/** @param {View} view @returns {Bottom} */
function bottomOf(view) {
  const elsewhere = view.ended || (view.apart && view.room?.following);
  const poll = elsewhere ? null : (view.room?.poll ?? null);
  return { poll, mine: choiceOf(view), status: sentOf(view), told: view.state?.told ?? "", look: follows(view) };
}

/** The room that a fixed part takes, for the page to leave it. @param {HTMLElement} part @param {string} name */
function measured(part, name) {
  const root = document.documentElement;
  const observer = new ResizeObserver(() => root.style.setProperty(name, `${part.offsetHeight}px`));
  observer.observe(part);
  return () => {
    observer.disconnect();
    root.style.removeProperty(name);
  };
}

/** @param {() => Data} data @param {() => Client} client @param {{leave: () => void}} host */
export function createStudentView(data, client, { leave }) {
  const words = () => wordsOf(data().words);
  const top = createBanner(words, client, leave),
    bottom = createQuestion(words, client);
  const dim = el("div", { class: "gw-black", role: "alert" });
  const root = el("div", { class: "gw-class gw-studying" }, top.root, bottom.root, dim);
  const unmeasure = [measured(top.root, "--gw-room-top"), measured(bottom.root, "--gw-room-foot")];

  return {
    root,
    destroy: () => unmeasure.forEach((end) => end()),
    draw() {
      const { view } = client();
      top.draw(topOf(view, data(), words()));
      bottom.draw(bottomOf(view));
      const black = Boolean(view.room?.black) && !view.ended;
      dim.hidden = !black;
      say(dim, black ? words()("look_up") : "");
    },
  };
}
