/** The page to join a class by its code. */

import { button, el, put, say } from "../base/element.js";
import { go } from "../bar/navigate.js";
import { mount } from "../base/mount.js";
import { wordsOf } from "../base/words.js";
import base from "../base/parts.css" with { type: "css" };
import sheet from "./join.css" with { type: "css" };
import { problemOf } from "./connection.js";
import { codeOf } from "./seat.js";
import { enter, followSession, now, request, seats } from "./session.js";

const LENGTH = 6;

/** @param {HTMLElement} root */
function make(root) {
  /** @type {import("./data.js").Join["words"]} */
  let words = {};
  const word = (/** @type {string} */ key) => wordsOf(words)(key);
  const field = el("input", {
    id: "gw-code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 12,
    "aria-describedby": "gw-join-said",
  });
  const label = el("label", { for: "gw-code" }),
    said = el("p", { id: "gw-join-said", role: "status" });
  const submit = button("", () => void join(), { class: "gw-primary" }, "");
  const form = el("div", { class: "gw-join-form" }, label, field, submit, said);
  root.append(form);
  let begun = false;

  /** @param {string} key @param {boolean} [wrong] */
  function tell(key, wrong = false) {
    say(said, key && word(key));
    put(field, { "aria-invalid": wrong ? "true" : null });
  }

  async function join() {
    const code = codeOf(field.value);
    field.value = code;
    if (code.length !== LENGTH) return tell("unknown", true);
    const answer = await request(code);
    const problem = problemOf(answer);
    if (problem === "unknown") return tell("unknown", true);
    if (problem === "full") return tell("full");
    if (answer.status === 429) return tell("busy");
    if (answer.status === 0 || answer.status >= 400) return tell("away");
    tell("begin");
    return enter(seats.student(code));
  }

  field.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") void join();
  });
  field.addEventListener("input", () => tell(""));
  followSession(() => {
    const view = now()?.view;
    if (!view || !root.isConnected || view.seat.role !== "student") return;
    if (view.problem) tell(view.problem === "full" ? "full" : "unknown", view.problem !== "full");
    else if (view.link === "lost") tell("away");
    else if (view.state) go(view.state.query ? `${view.state.lesson}?${view.state.query}` : view.state.lesson);
    else if (view.room) tell("begin");
  });

  return {
    /** @param {import("./data.js").Join} sent */
    update(sent) {
      words = sent.words;
      say(label, word("enter"));
      say(submit, word("go"));
      if (begun) return;
      begun = true;
      const asked = codeOf(new URLSearchParams(location.search).get("code") ?? "");
      field.value = asked;
      if (asked) void join();
      else field.focus();
    },
  };
}

/** @param {{data: import("./data.js").Join, parentElement: ShadowRoot|HTMLElement}} component */
export default function join({ data, parentElement }) {
  mount(parentElement, { sheets: [base, sheet], kind: "gw-join-page" }, make).update(data);
  return () => {};
}
