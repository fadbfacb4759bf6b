/** The stage in a class: what it shows as data, and another's shown in its place. */

import { put } from "../components/base/element.js";
import { wordsOf } from "../components/base/words.js";
import { refKey } from "./state/value_ref.js";

/**
 * @typedef {import("../components/class_room/stage_link.js").Live} Live
 * @typedef {import("../components/class_room/stage_link.js").Shown} Shown
 * @typedef {import("./types.js").Ref} Ref
 * @typedef {import("./types.js").Actions} Actions
 */

/** @param {string} key of a value, as it is sent @returns {Ref} */
export function refFrom(key) {
  const [series, name, step] = key.split("/");
  return { series, name, before: step === "before", step: step === "before" ? 0 : Number(step) };
}

/** What moves a stage; the rest only looks at it. @type {(keyof Actions)[]} */
const MOVES = [
  "play", "restart", "move", "moveDays", "ends", "jump", "look", "seek", "place", "undo", "playTo", "scrub", "tempo",
  "unit", "turn", "preview", "commit",
]; // prettier-ignore

/**
 * A reader's actions, of which those that move the stage do nothing while it is another's.
 * @param {Actions} actions @param {() => boolean} follows @returns {Actions}
 */
export function whileFree(actions, follows) {
  const free =
    (/** @type {(...given: any[]) => void} */ act) =>
    (/** @type {any[]} */ ...given) =>
      void (follows() || act(...given));
  return { ...actions, ...Object.fromEntries(MOVES.map((name) => [name, free(actions[name])])) };
}

/** An option of a question without its marks. @param {string} text */
const plain = (text) => text.replace(/\*\*|<[^>]*>/g, "");

/**
 * What a stage shows.
 * @param {Pick<import("./shell.js").Parts, "send"|"playback"|"selection"|"controls"|"guide">} parts @returns {Live}
 */
function liveOf({ send, playback, selection, controls, guide }) {
  const { step, stage } = playback.playhead.place();
  const { progress } = playback.playhead.position();
  const { playing, byDay } = playback.view();
  return {
    scene: send.scene(),
    controls: controls.now(),
    at: [step, stage, Math.round(progress * 1000) / 1000],
    playing,
    speed: playback.speed(),
    byDay,
    ...selection.selected(),
    covers: guide.room.covered().map(refKey),
  };
}

/**
 * Another's stage, shown in place of the reader's own.
 * @param {import("./shell.js").Parts & {body: HTMLElement, actions: Actions}} parts
 */
function createFollowing({ playback, selection, controls, guide, display, actions, writeAddress }) {
  let followed = /** @type {Live|null} */ (null);
  const covers = () => followed && followed.covers.map(refFrom);

  function end() {
    controls.follow(null);
    playback.pause();
    followed = null;
    guide.room.follow(null);
    actions.renew();
    writeAddress();
  }
  return {
    follows: () => followed !== null,
    /** @param {Live|null} live */
    follow(live) {
      if (!live) {
        if (followed) end();
        return;
      }
      const before = followed;
      followed = live;
      if (before?.covers.join() !== live.covers.join()) guide.room.follow(covers());
      const others = JSON.stringify(before?.controls) !== JSON.stringify(live.controls);
      const turned = live.backward !== selection.playsBackward();
      if (others) controls.follow(live.controls);
      if (turned) {
        selection.turn(live.backward);
        playback.reverse();
      }
      const another = selection.selectUnit(live.unit);
      if (others) actions.renew();
      else if (turned || another) display.renew();
      playback.follow(live);
    },
  };
}

/** @param {Parameters<typeof createFollowing>[0]} parts */
export function createRoomStage(parts) {
  const { body, selection, display, playback, guide, annotations } = parts;
  const following = createFollowing(parts);
  const guideNow = () => selection.scene().guide;
  /** @type {string|null} */
  let held = null;
  /** @type {Shown} */
  const shown = {
    lesson: () => guideNow()?.lesson ?? "",
    scene: parts.send.scene,
    live: () => liveOf(parts),
    where(step, stage) {
      const { layout, words } = selection.forward()[0];
      const word = wordsOf(words);
      const title = word(`stage.${layout.stages[stage].key}.title`).toLocaleLowerCase();
      return `${word("step.one", { n: step + 1 })}, ${title}`;
    },
    follow(live) {
      following.follow(live);
      annotations.shut(held !== null || live !== null);
    },
    part(part) {
      if ((body.dataset.room ?? null) === part) return;
      put(body, { "data-room": part });
      display.panels().measure();
      display.renew();
    },
    hold(question) {
      if (question === held) return;
      held = question;
      annotations.shut(held !== null || following.follows());
      guide.room.hold(question);
    },
    pause: playback.pause,
    question: () => guide.room.question()?.key ?? null,
    asked(key) {
      const question = guideNow()?.questions.find((one) => one.key === key);
      if (!question) return null;
      const { text, options, answer, reveal } = question;
      return {
        text: plain(text),
        options: options.map(([option, name]) => [option, plain(name)]),
        right: options.findIndex(([option]) => option === answer),
        reveal: plain(reveal),
      };
    },
    open: guide.room.open,
    next: guide.room.next,
    onward: guide.room.onward,
    goal: () => plain(guideNow()?.goal?.text ?? ""),
  };
  return { follows: following.follows, shown };
}
