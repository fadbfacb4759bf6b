/** The playhead and its time: where it is, whether and how fast it moves. What it plays is the selection's to say. */

import * as clock from "./state/clock.js";

/**
 * @typedef {import("./state/clock.js").Position} Position
 * @typedef {import("./state/clock.js").Run} Run
 * @typedef {{step: number, stage: number}} Place
 * @typedef {{run: () => Run, backward: () => boolean, draw: () => void, settled: () => void,
 *   stageEnded: () => void}} Host
 *   `settled`: the playhead has come to rest; `stageEnded`: a stage's result is to be announced
 */

/** Calls `step` at every refresh of the screen until it returns false. @param {(ms: number) => boolean} step */
function createFrames(step) {
  let frame = 0;
  let last = 0;
  /** @param {number} time */
  const tick = (time) => {
    const ms = time - last;
    last = time;
    if (step(ms)) frame = requestAnimationFrame(tick);
  };
  const reset = () => (last = performance.now());
  const stop = () => cancelAnimationFrame(frame);
  return {
    reset,
    stop,
    start() {
      reset();
      stop();
      frame = requestAnimationFrame(tick);
    },
  };
}

/** Where the playhead is. @param {() => Run} run @param {() => boolean} backward */
function createPlayhead(run, backward) {
  /** In what is played: backward that counts from the run's end. */
  let position = clock.START;
  /** A place in the run as a place in what is played, or the other way round. @param {Place} place */
  const played = (place) => (backward() ? clock.mirrored(place, run()) : place);
  /** Stages from the rail's left as stages of what is played, or the other way round. @param {number} stages */
  const onRail = (stages) => (backward() ? run().steps * run().stages - stages : stages);
  return {
    played,
    onRail,
    position: () => position,
    /** @param {Position} to */
    put: (to) => (position = to),
    ended: () => clock.ended(position, run()),
    /** Its place in the run. */
    place: () => played(position),
    /** The same, for the address; null at the start. */
    address: () => (position.step || position.stage || position.progress >= 1 ? played(position) : null),
    rail: () => onRail(clock.units(position, run())),
    /** The place an address asked for, from 1. @param {[number, number]} at */
    open([step, stage]) {
      const to = clock.clamped(clock.standing(step - 1, stage - 1), run());
      position = backward() ? clock.mirrored(to, run()) : to;
    },
    /** @param {clock.Pace} pace */
    view(pace) {
      const { step, stage } = played(position);
      const [lastStep, lastStage] = clock.reached(position, run());
      const reached = played({ step: lastStep, stage: lastStage });
      return {
        step,
        stage,
        stages: run().stages,
        progress: position.progress,
        handover: backward() ? null : clock.handover(position, run(), pace),
        reached: /** @type {[number, number]} */ ([reached.step, reached.stage]),
      };
    },
  };
}

/**
 * Where a reader can go.
 * @param {ReturnType<typeof createPlayhead>} head @param {() => Run} run @param {(to: Position) => void} go
 */
const movesOf = (head, run, go) => ({
  /** @param {boolean} last */
  ends: (last) => go(last ? clock.last(run()) : clock.START),
  /** @param {number} by */
  moveStages: (by) => go(clock.moveStages(head.position(), by, run())),
  /** @param {number} by */
  moveSteps: (by) => go(clock.moveSteps(head.position(), by, run())),
  /** @param {number} step @param {number} stage */
  seek(step, stage) {
    const to = head.played({ step, stage });
    go(clock.standing(to.step, to.stage));
  },
  /** @param {number} step @param {number} stage @param {number} progress through the stage */
  place(step, stage, progress) {
    const to = head.played({ step, stage });
    go({ step: to.step, stage: to.stage, progress, rest: 0 });
  },
});

/** @param {Host} host */
export function createPlayback({ run, backward, draw, settled, stageEnded }) {
  const head = createPlayhead(run, backward);
  let playing = false;
  const tempo = { speed: 1, byDay: false };
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const pace = () => (reducedMotion.matches ? clock.STILL : tempo.byDay ? clock.byDay(run()) : clock.MOVING);
  const frames = createFrames((ms) => {
    const before = head.position();
    head.put(clock.advance(before, ms * tempo.speed, run(), pace()));
    playing = !head.ended();
    announce(before);
    draw();
    if (!playing) settled();
    return playing;
  });

  /** A stage that has just ended is announced; of a faster run only a day's last one. @param {Position} before */
  function announce(before) {
    const { step, stage, progress } = head.position();
    const ends = progress >= 1 && (before.progress < 1 || before.step !== step || before.stage !== stage);
    if (ends && ((tempo.speed < 2 && !tempo.byDay) || !playing || stage === run().stages - 1)) stageEnded();
  }

  function start() {
    if (head.ended()) head.put(clock.START);
    const { step, stage, progress } = head.position();
    if (reducedMotion.matches && progress < 1) head.put(clock.standing(step, stage));
    playing = true;
    frames.start();
    draw();
  }

  function pause() {
    playing = false;
    frames.stop();
    draw();
    settled();
  }

  /** Going somewhere: while playing a stage starts anew, otherwise its result is shown. @param {Position} to */
  function go(to) {
    const before = head.position();
    const restarts = playing && !reducedMotion.matches && to.progress > 0;
    head.put(restarts ? clock.beginning(to.step, to.stage) : to);
    frames.reset();
    announce(before);
    draw();
    if (!playing) settled();
  }

  /** The playhead is dragged along the rail. @param {number} at in stages from its left @param {boolean} done */
  function scrub(at, done) {
    const stages = head.onRail(at);
    head.put(clock.fromUnits(done ? Math.round(stages) : stages, run()));
    frames.reset();
    if (done && head.position().progress >= 1) stageEnded();
    draw();
    if (done && !playing) settled();
  }

  /** The other direction is played from here on: the same place is on show. */
  function reverse() {
    playing = false;
    frames.stop();
    head.put(clock.reversed(head.position(), run()));
  }

  reducedMotion.addEventListener("change", draw);
  return {
    scrub,
    start,
    reverse,
    playhead: head,
    ...movesOf(head, run, go),
    playing: () => playing,
    still: () => reducedMotion.matches,
    toggle: () => (playing ? pause() : start()),
    speed: () => tempo.speed,
    /** @param {Partial<typeof tempo>} to */
    setTempo(to) {
      Object.assign(tempo, to);
      draw();
    },
    /** The run may have become shorter. */
    clamp: () => head.put(clock.clamped(head.position(), run())),
    view: () => ({ ...head.view(pace()), playing, byDay: tempo.byDay, still: reducedMotion.matches }),
    destroy() {
      frames.stop();
      reducedMotion.removeEventListener("change", draw);
    },
  };
}
