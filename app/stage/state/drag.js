/**
 * A hand on a slider. Taking it asks Python once for the run at every place of the slider; while the hand moves, the
 * picture is the nearest of those frames. What the hand leaves is committed, and Python's answer is exact.
 *
 * @typedef {import("../types.js").Scene} Scene
 */

import { inflated, readFrames } from "./drag_frames.js";

/** @param {(scene: Scene) => void} show @param {(parameter: string) => void} ask */
export function createDrag(show, ask) {
  /** What Python said last. @type {Scene|null} */
  let told = null;
  /** @type {ReturnType<typeof readFrames>|null} */
  let frames = null;
  let held = "",
    place = -1,
    value = NaN,
    waiting = 0;

  function paint() {
    waiting = 0;
    if (!told || !frames || Number.isNaN(value)) return;
    const next = frames.nearest(value);
    if (next === place) return;
    place = next;
    show(frames.scene(told, place));
  }

  /**
   * The frames of the drag that has begun: those of many units have still to be unpacked.
   * @param {import("../types.js").Frames} sent
   */
  function receive(sent) {
    if (!sent.series.some(({ strips }) => strips)) frames = readFrames(sent);
    else
      inflated(sent).then((read) => {
        if (sent.parameter !== held) return;
        frames = read;
        paint();
      });
  }

  return {
    /** @param {string} parameter */
    grab(parameter) {
      held = parameter;
      frames = null;
      place = -1;
      value = NaN;
      ask(parameter);
    },
    /** The weights with the one under the hand. @param {Record<string, number>} weights */
    over: (weights) => (held && !Number.isNaN(value) ? { ...weights, [held]: value } : weights),
    /** At most one frame is painted per refresh of the screen, however fast the hand is. @param {number} now */
    drag(now) {
      value = now;
      waiting ||= requestAnimationFrame(paint);
    },
    /** The hand is off. The last frame stands until Python has answered what was committed. */
    release() {
      held = "";
      cancelAnimationFrame(waiting);
      waiting = 0;
    },
    /**
     * The scene to show when Python has spoken: what it says, or the frame under the hand.
     * @param {Scene} scene @returns {Scene}
     */
    shown(scene) {
      told = scene;
      if (scene.frames && scene.frames.parameter === held) receive(scene.frames);
      if (!held || !frames || Number.isNaN(value)) return scene;
      place = frames.nearest(value);
      return frames.scene(scene, place);
    },
  };
}
