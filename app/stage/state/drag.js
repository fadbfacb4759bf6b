/**
 * The drag of a slider. Its start asks Python once for the run at every place of it; while it moves, the picture
 * is the nearest of those frames. The value it ends at is committed, and Python's answer is exact.
 *
 * @typedef {import("../types.js").Scene} Scene
 */

import { inflated, readFrames } from "./drag_frames.js";

/** @param {(scene: Scene) => void} show @param {(parameter: string) => void} ask */
export function createDrag(show, ask) {
  /** What Python sent last. @type {Scene|null} */
  let sent = null;
  /** @type {ReturnType<typeof readFrames>|null} */
  let frames = null;
  let held = "",
    place = -1,
    value = NaN,
    pendingFrame = 0;

  function paint() {
    pendingFrame = 0;
    if (!sent || !frames || Number.isNaN(value)) return;
    const next = frames.nearest(value);
    if (next === place) return;
    place = next;
    show(frames.scene(sent, place));
  }

  /**
   * The frames of the drag that has begun: those of many units have still to be unpacked.
   * @param {import("../types.js").Frames} received
   */
  function receive(received) {
    if (!received.series.some(({ strips }) => strips)) frames = readFrames(received);
    else
      inflated(received).then((read) => {
        if (received.parameter !== held) return;
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
    /** The weights with the one that is dragged. @param {Record<string, number>} weights */
    over: (weights) => (held && !Number.isNaN(value) ? { ...weights, [held]: value } : weights),
    /** At most one frame is painted per refresh of the screen, however fast the pointer is. @param {number} now */
    drag(now) {
      value = now;
      pendingFrame ||= requestAnimationFrame(paint);
    },
    /** The drag has ended. The last frame stays until Python has answered what was committed. */
    release() {
      held = "";
      cancelAnimationFrame(pendingFrame);
      pendingFrame = 0;
    },
    /**
     * The scene to show when Python has answered: what it sent, or the frame of the drag.
     * @param {Scene} scene @returns {Scene}
     */
    shown(scene) {
      sent = scene;
      if (scene.frames && scene.frames.parameter === held) receive(scene.frames);
      if (!held || !frames || Number.isNaN(value)) return scene;
      place = frames.nearest(value);
      return frames.scene(scene, place);
    },
  };
}
