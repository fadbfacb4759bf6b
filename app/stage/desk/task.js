/** The task card: what a reader predicts, and the challenge. */

import { button, el, put } from "../../components/base/element.js";
import { memo } from "../state/memo.js";
import { wordsOf } from "../../components/base/words.js";
import { createAnswers } from "./answers.js";
import { createChallenge, measured } from "./challenge.js";
import { createPredict } from "./predict.js";

/**
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").Guide} Guide
 * @typedef {import("../types.js").Ref} Ref
 * @typedef {{facets: () => Facet[], scene: () => import("../types.js").Scene,
 *   controls: () => import("../types.js").Controls, cover: (refs: Ref[]) => void, reveal: (refs: Ref[]) => void,
 *   seek: (step: number, stage: number) => void, redraw: () => void}} TaskHost
 * @typedef {"predict"|"challenge"} Tab
 */

const TICK = "\u2713";

/** @param {TaskHost} host */
export function createTask(host) {
  const guide = () => host.scene().guide;
  const answers = createAnswers(guide);
  const predict = createPredict(host, answers, turn),
    challenge = createChallenge(host);
  const tabOf = (/** @type {Tab} */ name) => button("", () => turn(name), { role: "tab", "aria-label": null });
  const tabs = { predict: tabOf("predict"), challenge: tabOf("challenge") };
  const list = el("div", { class: "gw-tabs", role: "tablist" }, tabs.predict, tabs.challenge);
  const root = el("section", { class: "gw-card gw-task" }, list, predict.root, challenge.root);
  /** @type {Tab} */
  let tab = "predict";

  /** @param {Tab} to */
  function turn(to) {
    tab = to;
    drawing.forget();
    host.redraw();
  }

  /** @param {Guide} now @param {boolean} solved @param {import("../../components/base/words.js").Word} word */
  function drawTabs({ questions, goal }, solved, word) {
    const open = answers.unanswered().length;
    const count = open ? `${questions.length - open + 1} / ${questions.length}` : TICK;
    tabs.predict.replaceChildren(word("task.predict"), " ", el("small", {}, count));
    tabs.challenge.replaceChildren(word("task.challenge"), ...(solved ? [" ", el("small", {}, TICK)] : []));
    tabs.predict.hidden = !questions.length;
    tabs.challenge.hidden = !goal;
    for (const [name, one] of Object.entries(tabs))
      put(one, { "aria-selected": String(name === tab), tabindex: name === tab ? 0 : -1 });
    predict.root.hidden = tab !== "predict";
    challenge.root.hidden = tab !== "challenge";
    put(root, { "aria-label": word("task.label") });
  }

  const drawing = memo(
    (/** @type {Guide} */ now, /** @type {number} */ value) => [
      now,
      value,
      tab,
      predict.place(),
      JSON.stringify(host.controls()),
      host.facets()[0].words.lang,
    ],
    (now, value) => {
      const word = wordsOf(host.facets()[0].words);
      predict.draw(word);
      const solved = now.goal ? challenge.draw(now.goal, value, !answers.unanswered().length, word) : false;
      if (solved) answers.note("goal");
      drawTabs(now, solved || answers.isDone("goal"), word);
    },
  );
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    turn(tab === "predict" ? "challenge" : "predict");
    tabs[tab].focus();
  });

  return {
    root,
    layCovers: predict.layCovers,
    /** Opens on what is still to be done. */
    begin() {
      const first = answers.first();
      predict.put(Math.max(0, first));
      tab = first < 0 && guide()?.goal ? "challenge" : "predict";
      predict.layCovers();
    },
    /** A question by its key is opened. @param {string} key */
    ask(key) {
      const at = guide()?.questions.findIndex((one) => one.key === key) ?? -1;
      if (at < 0) return;
      predict.put(at);
      turn("predict");
    },
    draw() {
      const now = guide();
      root.hidden = !now || (!now.questions.length && !now.goal);
      if (now) drawing.draw(now, now.goal ? measured(now.goal, host.scene()) : 0);
    },
    destroy: challenge.destroy,
  };
}
