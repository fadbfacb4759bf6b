/** A class over the page: the button that opens one, the teacher's screen, or a student's. */

import { button, el, put, say } from "../base/element.js";
import { mount } from "../base/mount.js";
import { wordsOf } from "../base/words.js";
import base from "../base/parts.css" with { type: "css" };
import dialogs from "./dialogs.css" with { type: "css" };
import panel from "./panel.css" with { type: "css" };
import polls from "./poll.css" with { type: "css" };
import students from "./student.css" with { type: "css" };
import teachers from "./teacher.css" with { type: "css" };
import { spoken } from "./seat.js";
import { enter, followSession, leave, now, onLesson, request, seats, teacher } from "./session.js";
import { createStudentView } from "./student.js";
import { createTeacherView } from "./teacher.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{data: Data, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: unknown) => void}}
 *   Component
 * @typedef {import("./session.js").Client} Client
 */

/** The counts so far, as a file. @param {Client} client */
async function saveSummary({ view: { seat } }) {
  const { body } = await request(`${seat.code}/ticket`, { key: seat.secret });
  if (!body?.ticket) return;
  const href = new URL(
    `_gatewalk/room/${seat.code}/summary.csv?ticket=${encodeURIComponent(body.ticket)}`,
    document.baseURI,
  );
  el("a", { href, download: `gatewalk-${seat.code}.csv` }).click();
}

/** The button in the bar. @param {() => Data} data */
function createEntry(data) {
  const said = el("span", { role: "status", class: "gw-hidden" });
  const open = button("", () => void act(), { class: "gw-secondary gw-class-open" }, "");
  async function act() {
    const word = wordsOf(data().words);
    const taught = seats.taught();
    if (taught && (await request(taught.code)).status === 200) return enter(taught);
    put(open, { disabled: "" });
    const { status, body } = await request("", {});
    put(open, { disabled: null });
    if (status === 201 && body?.code && body.key) return enter({ code: body.code, role: "teacher", secret: body.key });
    say(open, word("failed"));
    return say(said, word("failed"));
  }
  return {
    root: el("span", { class: "gw-class-entry" }, open, said),
    draw() {
      const word = wordsOf(data().words);
      const taught = seats.taught();
      say(open, taught ? word("resume", { code: spoken(taught.code) }) : word("open"));
    },
  };
}

/** @param {HTMLElement} root */
function make(root) {
  /** @type {Component} */
  let component;
  const data = () => component.data;
  const client = () => /** @type {Client} */ (now());
  const entry = createEntry(data);
  root.append(entry.root);
  /** @type {{root: HTMLElement, draw: () => void, destroy: () => void}|null} */
  let view = null;
  let drawn = /** @type {Client|null} */ (null),
    told = "";

  function renew() {
    view?.destroy();
    view?.root.remove();
    drawn = now();
    view = null;
    if (!drawn) return;
    const host = { leave, summary: () => void saveSummary(client()) };
    const teaches = drawn.view.seat.role === "teacher";
    view = teaches
      ? createTeacherView(data, client, () => /** @type {NonNullable<ReturnType<typeof teacher>>} */ (teacher()), host)
      : createStudentView(data, client, host);
    root.append(view.root);
  }

  function draw() {
    if (drawn !== now()) renew();
    const problem = drawn?.view.problem ?? null;
    entry.root.hidden = Boolean(view) || !data().teach || !data().lesson;
    entry.draw();
    if (view) view.root.hidden = Boolean(problem);
    if (view && !problem) view.draw();
    const code = drawn?.view.seat.role === "teacher" ? drawn.view.seat.code : "";
    if (code && code !== told) component.setStateValue("code", (told = code)); // it comes back as a QR code
  }

  let frame = 0;
  followSession(() => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  });
  return {
    /** @param {Component} sent */
    update(sent) {
      component = sent;
      onLesson(sent.data.lesson);
      draw();
    },
  };
}

/** @param {Component} component */
export default function classRoom(component) {
  const look = { sheets: [base, panel, teachers, polls, dialogs, students], kind: "gw-class-room" };
  mount(component.parentElement, look, make).update(component);
  return () => {};
}
