/**
 * The playhead's arithmetic: where it is, how time moves it, what it has revealed. Pure.
 *
 * @typedef {{step: number, stage: number, progress: number, rest: number}} Position  from 0; `rest` is the time in ms
 *   since the stage's result was reached
 * @typedef {{steps: number, stages: number}} Run
 * @typedef {{stage: number, stages: number, days: number}} Pace
 *   ms of a stage, and of the pause before the next stage or day
 */

import { REVEAL } from "./visibility.js";

/** @type {Pace} */
export const MOVING = { stage: 1800, stages: 250, days: 500 };
/** Reduced motion: results are shown at once, and play waits between them. @type {Pace} */
export const STILL = { stage: 0, stages: 2500, days: 2500 };
export const SPEEDS = [0.5, 1, 2, 4];

const DAY_MS = 900;
/**
 * A whole day in the time of half a stage: its stages run on without a pause.
 * @param {Run} run @returns {Pace}
 */
export const byDay = ({ stages }) => ({ stage: DAY_MS / stages, stages: 0, days: 0 });

/** @type {Position} */
export const START = { step: 0, stage: 0, progress: 0, rest: 0 };

/** The position at which a stage's result is shown. @param {number} step @param {number} stage @returns {Position} */
export const standing = (step, stage) => ({ step, stage, progress: 1, rest: 0 });

/** Where a stage begins. @param {number} step @param {number} stage @returns {Position} */
export const beginning = (step, stage) => ({ step, stage, progress: 0, rest: 0 });

/** @param {Run} run */
export const last = ({ steps, stages }) => standing(steps - 1, stages - 1);

/** @param {Position} position @param {Run} run */
const lastStage = ({ stage }, { stages }) => stage >= stages - 1;

/** @param {Position} position @param {Run} run */
export const ended = (position, run) =>
  position.progress >= 1 && lastStage(position, run) && position.step >= run.steps - 1;

/** @param {Position} position @param {number} ms @param {Run} run @param {Pace} pace @returns {Position} */
export function advance(position, ms, run, pace) {
  let { step, stage, progress, rest } = position;
  ms = Math.max(0, ms); // a frame may be stamped before the click that started the clock
  for (;;) {
    const travel = (1 - progress) * pace.stage;
    if (ms < travel) return { step, stage, progress: progress + ms / pace.stage, rest: 0 };
    ms -= travel;
    progress = 1;
    const now = { step, stage, progress, rest };
    if (ended(now, run)) return { ...now, rest: 0 };
    const turn = lastStage(now, run);
    const pause = turn ? pace.days : pace.stages;
    if (rest + ms < pause) return { ...now, rest: rest + ms };
    ms -= pause - rest;
    [step, stage, progress, rest] = turn ? [step + 1, 0, 0, 0] : [step, stage + 1, 0, 0];
  }
}

/** Is a stage's result reached, or passed? @param {Position} position @param {{step: number, stage: number}} place */
export const passed = ({ step, stage, progress }, place) =>
  step > place.step || (step === place.step && (stage > place.stage || (stage === place.stage && progress >= 1)));

/**
 * How far one day has handed over to the next, or null.
 * @param {Position} position @param {Run} run @param {Pace} pace
 */
export function handover(position, run, pace) {
  const turning = position.progress >= 1 && position.rest > 0 && lastStage(position, run) && !ended(position, run);
  return turning && pace.stage > 0 ? Math.min(1, position.rest / pace.days) : null;
}

/** The playhead as a number of stages from the start. @param {Position} position @param {Run} run */
export const units = ({ step, stage, progress }, { stages }) => step * stages + stage + progress;

/** @param {number} at @param {Run} run @returns {Position} */
export function fromUnits(at, { steps, stages }) {
  const whole = Math.min(steps * stages, Math.max(0, at));
  if (whole === 0) return START;
  const before = Math.ceil(whole) - 1;
  return { step: Math.floor(before / stages), stage: before % stages, progress: whole - before, rest: 0 };
}

/**
 * The next stage's result, the one before, or the start.
 * @param {Position} position @param {number} by @param {Run} run
 */
export const moveStages = ({ step, stage, progress }, by, run) => {
  const atStart = !step && !stage && !progress; // where even the first stage's result is still to come
  return fromUnits(atStart ? by : step * run.stages + stage + 1 + by, run);
};

/** The same stage some days on. @param {Position} position @param {number} by @param {Run} run */
export const moveSteps = ({ step, stage }, by, { steps }) =>
  standing(Math.min(steps - 1, Math.max(0, step + by)), stage);

/**
 * The furthest (step, stage) whose result is revealed.
 * @param {Position} position @param {Run} run @returns {[number, number]}
 */
export function reached({ step, stage, progress }, { stages }) {
  if (progress >= REVEAL) return [step, stage];
  return stage > 0 ? [step, stage - 1] : [step - 1, stages - 1];
}

/**
 * The same place counted from the other end: the position of a run that is played backward.
 * @template {{step: number, stage: number}} P @param {P} place @param {Run} run @returns {P}
 */
export const mirrored = (place, { steps, stages }) => ({
  ...place,
  step: steps - 1 - place.step,
  stage: stages - 1 - place.stage,
});

/**
 * The same place once the other direction is played: its result is shown.
 * @param {Position} position @param {Run} run @returns {Position}
 */
export function reversed(position, run) {
  const atStart = !position.step && !position.stage && !position.progress;
  if (atStart || ended(position, run)) return START;
  return { ...mirrored(position, run), progress: 1, rest: 0 };
}

/** @param {Position} position @param {Run} run @returns {Position} */
export const clamped = (position, run) => (position.step < run.steps ? position : last(run));
