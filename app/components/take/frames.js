/** The frames of a film: where the playhead is at each. Pure. */

import { advance, beginning, byDay, ended, MOVING, standing } from "../../stage/state/clock.js";

/**
 * @typedef {import("../../stage/state/clock.js").Position} Position
 * @typedef {import("../../stage/state/clock.js").Run} Run
 * @typedef {import("../../stage/state/clock.js").Pace} Pace
 */

/** Frames a second; and how much faster a film is than the stage. */
export const RATE = 12;
const SPEED = 1.5;
/** A film has no more: a minute. Its end is shown for a while. */
export const MOST = 720;
const END = 1.5 * RATE;

/**
 * @param {Run} run @param {number|null} step a timestep of what is played, or all of them
 * @returns {Position[]|null} null where they would be too many
 */
export function framesOf(run, step) {
  for (const pace of step === null ? [MOVING, byDay(run)] : [MOVING]) {
    const frames = through(run, step ?? 0, step, pace);
    if (frames) return frames;
  }
  return null;
}

/**
 * @param {Run} run @param {number} from @param {number|null} only @param {Pace} pace
 */
function through(run, from, only, pace) {
  const frames = [beginning(from, 0)];
  for (let at = frames[0]; !ended(at, run); frames.push(at)) {
    at = advance(at, (1000 / RATE) * SPEED, run, pace);
    const turns = at.rest > 0 && at.stage === run.stages - 1; // the day's last result stands
    if (only !== null && (at.step > only || turns)) break;
    if (frames.length > MOST - END) return null;
  }
  const end = standing(only ?? run.steps - 1, run.stages - 1);
  return [...frames, ...Array.from({ length: END }, () => end)];
}
