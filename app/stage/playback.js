/** The playhead and its time: where it is, whether and how fast it moves. What it plays is the selection's to say. */

import * as clock from "./state/clock.js";

/**
 * @typedef {import("./state/clock.js").Position} Position
 * @typedef {import("./state/clock.js").Run} Run
 * @typedef {import("../components/class_room/stage_link.js").Live} Live
 * @typedef {{step: number, stage: number}} Place
 * @typedef {{run: () => Run, backward: () => boolean, draw: () => void, settled: () => void,
 *   stageEnded: () => void}} Host
 *   `settled`: the playhead has come to rest; `stageEnded`: a stage's result is to be announced
 */

const NEAR = 0.5; // stages that a playhead may be from the one it follows

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
export function createPlayhead(run, backward) {
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
    /** Has a stage just ended? @param {Position} before */
    endsStage(before) {
      const { step, stage, progress } = position;
      return progress >= 1 && (before.progress < 1 || before.step !== step || before.stage !== stage);
    },
    /** The stage's result is on show. */
    complete: () => (position = clock.standing(position.step, position.stage)),
    /** The run may have become shorter. */
    clamp: () => (position = clock.clamped(position, run())),
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

/**
 * Where the playhead is played to, and what happens there.
 * @param {ReturnType<typeof createPlayhead>} head @param {ReturnType<typeof createTempo>} tempo
 */
function createTrip(head, tempo) {
  let trip = /** @type {(Place & {arrived: () => void})|null} */ (null);
  return {
    /**
     * From the start of a day, several days by day; without motion it is there at once.
     * @param {number} from @param {Place} to @param {() => void} arrived
     */
    begin(from, to, arrived) {
      if (to.step > from) tempo.now.byDay = true;
      head.put(tempo.still() ? clock.standing(to.step, to.stage) : clock.beginning(from, 0));
      trip = { ...to, arrived };
    },
    /** @param {Position} position @returns {Position|null} the trip's end, once it is reached */
    endOf: (position) => (trip && clock.passed(position, trip) ? clock.standing(trip.step, trip.stage) : null),
    /** It has arrived, or goes elsewhere: the rest of the way is not asked for any more. */
    end() {
      const ended = trip;
      trip = null;
      ended?.arrived();
    },
  };
}

/** How fast the playhead is. @param {() => Run} run @param {() => void} draw */
function createTempo(run, draw) {
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  reducedMotion.addEventListener("change", draw);
  const now = { speed: 1, byDay: false };
  return {
    now,
    /** @param {Partial<typeof now>} to */
    set(to) {
      Object.assign(now, to);
      draw();
    },
    still: () => reducedMotion.matches,
    pace: () => (reducedMotion.matches ? clock.STILL : now.byDay ? clock.byDay(run()) : clock.MOVING),
    destroy: () => reducedMotion.removeEventListener("change", draw),
  };
}

/**
 * How the playhead moves by itself.
 * @param {Host} host @param {ReturnType<typeof createPlayhead>} head @param {ReturnType<typeof createTempo>} tempo
 */
function createMotion(host, head, tempo) {
  const { run: length, draw, settled, stageEnded } = host;
  let playing = false;
  const trip = createTrip(head, tempo);
  const frames = createFrames((ms) => {
    const before = head.position();
    head.put(clock.advance(before, ms * tempo.now.speed, length(), tempo.pace()));
    const end = trip.endOf(head.position());
    if (end) head.put(end);
    playing = !end && !head.ended();
    announce(before);
    if (end) trip.end();
    drawAt();
    return playing;
  });

  function drawAt() {
    draw();
    if (!playing) settled();
  }

  /** A stage that has just ended is announced; of a faster run only a day's last one. @param {Position} before */
  function announce(before) {
    const { speed, byDay } = tempo.now;
    const each = (speed < 2 && !byDay) || !playing || head.position().stage === length().stages - 1;
    if (each && head.endsStage(before)) stageEnded();
  }

  function run() {
    playing = true;
    frames.start();
    draw();
  }

  function start() {
    if (head.ended()) head.put(clock.START);
    if (tempo.still()) head.complete();
    run();
  }

  function halt() {
    playing = false;
    frames.stop();
    trip.end();
  }

  function pause() {
    halt();
    drawAt();
  }

  /** As another's playhead, which plays by itself: put right where it is no longer near. @param {Live} other */
  function follow({ at: [step, stage, progress], playing: plays, speed, byDay }) {
    Object.assign(tempo.now, { speed, byDay });
    const before = head.position(),
      to = { ...head.played({ step, stage }), progress, rest: 0 };
    const away = Math.abs(clock.units(to, length()) - clock.units(before, length()));
    if (!plays || !playing || away > NEAR) head.put(to);
    if (plays && !playing && !head.ended()) run();
    if (plays) return;
    playing = false;
    frames.stop();
    announce(before);
    draw();
  }

  return {
    trip,
    frames,
    drawAt,
    announce,
    start,
    follow,
    halt,
    pause,
    playing: () => playing,
    /** @param {Parameters<typeof trip.begin>} way */
    playTo(...way) {
      trip.begin(...way);
      if (tempo.still()) pause();
      else start();
    },
  };
}

/** @param {Host} host */
export function createPlayback(host) {
  const { run, backward, draw, stageEnded } = host;
  const head = createPlayhead(run, backward);
  const tempo = createTempo(run, draw);
  const motion = createMotion(host, head, tempo);
  const { trip, frames, playing } = motion;

  /** Going somewhere: while playing a stage starts anew, otherwise its result is shown. @param {Position} to */
  function go(to) {
    trip.end();
    const before = head.position();
    const restarts = playing() && !tempo.still() && to.progress > 0;
    head.put(restarts ? clock.beginning(to.step, to.stage) : to);
    frames.reset();
    motion.announce(before);
    motion.drawAt();
  }

  return {
    start: motion.start,
    playTo: motion.playTo,
    follow: motion.follow,
    pause: motion.pause,
    playhead: head,
    ...movesOf(head, run, go),
    /** The playhead is dragged along the rail. @param {number} at in stages from its left @param {boolean} done */
    scrub(at, done) {
      trip.end();
      const stages = head.onRail(at);
      head.put(clock.fromUnits(done ? Math.round(stages) : stages, run()));
      frames.reset();
      if (done && head.position().progress >= 1) stageEnded();
      if (done) motion.drawAt();
      else draw();
    },
    /** The other direction is played from here on: the same place is on show. */
    reverse() {
      motion.halt();
      head.put(clock.reversed(head.position(), run()));
    },
    playing,
    still: tempo.still,
    toggle: () => (playing() ? motion.pause() : motion.start()),
    speed: () => tempo.now.speed,
    setTempo: tempo.set,
    view: () => ({ ...head.view(tempo.pace()), playing: playing(), byDay: tempo.now.byDay, still: tempo.still() }),
    destroy() {
      frames.stop();
      tempo.destroy();
    },
  };
}
