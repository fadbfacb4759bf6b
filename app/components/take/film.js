/** A run of the stage as a moving picture, GIF or WebM, painted in the browser. A bundle of its own: it is large. */

import { applyPalette, GIFEncoder, quantize } from "gifenc";
import { BufferTarget, CanvasSource, canEncodeVideo, Output, QUALITY_HIGH, WebMOutputFormat } from "mediabunny";
import { placed } from "../base/picture_file.js";
import { RATE } from "./frames.js";
import { paint } from "./painter.js";

/**
 * @typedef {import("../../stage/state/clock.js").Position} Position
 * @typedef {ReturnType<typeof import("../../stage/reel.js").createReel>} Reel
 * @typedef {{reel: Reel, frames: Position[], progress: (share: number) => void, signal: AbortSignal}} Shooting
 * @typedef {{canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D, paint: (at: Position) => Promise<void>}} Screen
 */

const SCALE = 1; // larger, an encoder of video takes longer than the run
const COLOURS = 255,
  SAME = 255; // the index of what is as it was in the frame before
const SAMPLES = 8; // frames by which the colours are chosen

/** Lets the page answer its reader between two frames. */
const pause = () => new Promise((done) => setTimeout(done));

/** @param {Shooting} shooting @param {number} scale @returns {Screen} */
function createScreen({ reel, frames, signal }, scale) {
  const canvas = document.createElement("canvas");
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  reel.draw(frames[0]);
  const { width, height } = placed(reel.parts());
  [canvas.width, canvas.height] = [width, height].map((side) => 2 * Math.round((scale * side) / 2)); // even, for video
  return {
    canvas,
    pen,
    async paint(at) {
      await pause();
      signal.throwIfAborted();
      reel.draw(at);
      paint(pen, reel.parts(), reel.root);
    },
  };
}

/** The colours of frames all through the film. @param {Shooting} shooting @param {Screen} screen */
async function paletteOf({ frames }, { canvas: { width, height }, pen, paint }) {
  const seen = [];
  for (let k = 0; k < SAMPLES; k++) {
    await paint(frames[Math.floor((k * (frames.length - 1)) / (SAMPLES - 1))]);
    seen.push(pen.getImageData(0, 0, width, height).data);
  }
  const all = new Uint8Array(seen.reduce((sum, { length }) => sum + length, 0));
  seen.reduce((at, data) => (all.set(data, at), at + data.length), 0);
  return quantize(all, COLOURS, { format: "rgb565" });
}

/** Where the k-th frame begins, in hundredths of a second, which is what a GIF counts. @param {number} k */
const begins = (k) => Math.round((100 * k) / RATE);

/**
 * A frame by the colours of the palette; of what is as it was, the index that leaves it so.
 * @param {Uint32Array} now @param {Uint32Array|null} before pixels @param {number[][]} palette
 * @returns {Uint8Array<ArrayBuffer>|null} null where nothing has changed
 */
export function changes(now, before, palette) {
  if (!before) return applyPalette(new Uint8Array(now.buffer), palette, "rgb565");
  const index = new Uint8Array(now.length).fill(SAME);
  const at = /** @type {number[]} */ ([]);
  for (let k = 0; k < now.length; k++) if (now[k] !== before[k]) at.push(k);
  if (!at.length) return null;
  const other = Uint32Array.from(at, (k) => now[k]);
  applyPalette(new Uint8Array(other.buffer), palette, "rgb565").forEach((colour, k) => (index[at[k]] = colour));
  return index;
}

/** @param {Shooting} shooting */
async function gif(shooting) {
  const { frames, progress } = shooting;
  const screen = createScreen(shooting, SCALE);
  const { width, height } = screen.canvas;
  const palette = await paletteOf(shooting, screen);
  const file = GIFEncoder();
  let before = /** @type {Uint32Array|null} */ (null),
    waiting = { index: new Uint8Array(0), from: 0 };
  /** The frame that waits is shown until another. @param {number} until */
  function write(until) {
    const delay = 10 * (begins(until) - begins(waiting.from));
    const own = waiting.from === 0 ? { palette } : { transparent: true, transparentIndex: SAME, dispose: 1 };
    file.writeFrame(waiting.index, width, height, { ...own, delay, repeat: 0 });
  }
  for (const [k, at] of frames.entries()) {
    await screen.paint(at);
    const now = new Uint32Array(screen.pen.getImageData(0, 0, width, height).data.buffer);
    const index = changes(now, before, palette);
    if (index) {
      if (k) write(k);
      waiting = { index, from: k };
    }
    before = now;
    progress((k + 1) / frames.length);
  }
  write(frames.length);
  file.finish();
  return new Blob([file.bytes()], { type: "image/gif" });
}

/** @param {Shooting} shooting */
async function webm(shooting) {
  const { frames, progress } = shooting;
  const screen = createScreen(shooting, SCALE);
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
  const source = new CanvasSource(screen.canvas, { codec: "vp9", bitrate: QUALITY_HIGH });
  output.addVideoTrack(source, { frameRate: RATE });
  await output.start();
  try {
    for (const [k, at] of frames.entries()) {
      await screen.paint(at);
      await source.add(k / RATE, 1 / RATE);
      progress((k + 1) / frames.length);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  return new Blob([/** @type {ArrayBuffer} */ (output.target.buffer)], { type: "video/webm" });
}

/** Whether this browser can make such a film. @param {"gif"|"webm"} kind */
export const possible = async (kind) => kind === "gif" || ("VideoEncoder" in window && (await canEncodeVideo("vp9")));

/**
 * @param {"gif"|"webm"} kind @param {Shooting} shooting @returns {Promise<Blob>}
 * @throws {DOMException} once its signal is aborted
 */
export function film(kind, shooting) {
  return kind === "gif" ? gif(shooting) : webm(shooting);
}
