/**
 * Gradients at every step back from the loss: a row of curves for each cell, and a line that reads all rows at a
 * step.
 */

import { svg } from "../base/svg.js";
import { button, el, icon } from "../base/element.js";
import { filled } from "../base/format.js";
import { mount } from "../base/mount.js";
import sheet from "./gradient_curves.css" with { type: "css" };
import { apart, frameOf, path, stepAt, xOf, yOf } from "./scales.js";
import { DOWNLOAD, savePicture } from "../base/picture_file.js";

/** @typedef {import("./scales.js").Data} Data */
/** @typedef {import("./scales.js").Frame} Frame */
/** @typedef {{root: HTMLElement, board: HTMLElement, data: Data, step: number|null, width: number}} State */

const LOOK = { sheets: [sheet], kind: "gw-reach" };
const LINE = 17; // px between two numbers printed beside each other

/** @param {Element} parent @param {string} content @param {number} x @param {number} y @param {string} kind */
function write(parent, content, x, y, kind) {
  const text = svg("text", { x, y, class: kind }, parent);
  text.textContent = content;
  return text;
}

/** The bands of one row, its axis and its words. @param {Element} row @param {Data} data @param {Frame} frame */
function drawAxis(row, data, frame) {
  const { axis, words } = data;
  const y = (/** @type {number} */ decade) => yOf(frame, axis, decade);
  const wide = { x: frame.left, width: frame.right - frame.left };
  for (const kind of /** @type {const} */ (["exploded", "vanished"])) {
    const edge = y(axis[kind]);
    const [top, foot] = kind === "exploded" ? [0, edge] : [edge, frame.tall];
    svg("rect", { ...wide, y: top, height: foot - top, class: `band ${kind}` }, row);
    svg("rect", { ...wide, y: top, height: foot - top, fill: `url(#gw-${kind})` }, row);
    svg("line", { x1: frame.left, x2: frame.right, y1: edge, y2: edge, class: "edge" }, row);
  }
  for (const [decade, label] of axis.ticks) {
    svg(
      "line",
      { x1: frame.left, x2: frame.right, y1: y(decade), y2: y(decade), class: decade === 0 ? "grid one" : "grid" },
      row,
    );
    write(row, label, frame.left - 8, y(decade) + 4, "tick end");
  }
  write(row, words.exploded, frame.left + 10, y(axis.exploded) - 7, "note");
  write(row, words.vanished, frame.left + 10, y(axis.vanished) + 17, "note");
}

/**
 * The title of a row: left of it where there is room, else above.
 * @param {Element} row @param {Data["rows"][number]} each @param {Frame} frame
 */
function drawTitle(row, each, frame) {
  const beside = frame.wide;
  const title = write(row, "", beside ? 0 : frame.left, beside ? 20 : -10, "title");
  svg("tspan", { class: "name" }, title).textContent = each.name;
  for (const { name, role } of each.curves)
    svg("tspan", { class: `state role-${role}`, dx: 9 }, title).textContent = name;
  if (!beside) return;
  let line = "",
    y = 44;
  for (const word of each.about.split(" ")) {
    // a line of 20 letters fits
    if (line && line.length + word.length > 19) {
      write(row, line, 0, y, "about");
      [line, y] = ["", y + 19];
    }
    line = line ? `${line} ${word}` : word;
  }
  write(row, line, 0, y, "about");
}

/**
 * The number every curve ends with, none on another.
 * @param {Element} row @param {Data} data @param {Data["rows"][number]} each @param {Frame} frame
 */
function drawEnds(row, data, each, frame) {
  const ends = [
    ...each.presets.map((one) => ({ at: one.at.at(-1), text: one.end, name: one.name, role: "" })),
    ...each.curves.map((one) => ({
      at: one.at.at(-1),
      text: /** @type {string} */ (one.texts.at(-1)),
      name: `${data.words.now} ${one.name}`,
      role: one.role,
    })),
  ];
  const covered = ends.map(({ at, role }) => at === null && role !== ""); // its place would tell its number
  const heights = ends.map(({ at }, k) =>
    covered[k] ? frame.tall / 2 : yOf(frame, data.axis, at ?? data.axis.range[0]),
  );
  const places = apart(heights, LINE, frame.tall);
  ends.forEach((end, k) => {
    const kind = end.role ? `role-${end.role} now` : "preset";
    const tie = `M${frame.right + 6} ${heights[k]}L${frame.right + 18} ${places[k]}h6`;
    if (!covered[k]) svg("path", { d: tie, class: `tie ${kind}` }, row);
    write(row, end.text, frame.right + 29, places[k] + 4.5, `end-number ${kind}`);
    if (frame.wide) write(row, end.name, frame.all, places[k] + 4.5, `end-name end ${kind}`);
    if (end.role && !covered[k]) svg("circle", { cx: frame.right, cy: heights[k], r: 5, class: `dot ${kind}` }, row);
  });
}

/** @param {Element} row @param {Data} data @param {Data["rows"][number]} each @param {Frame} frame */
function drawCurves(row, data, each, frame) {
  for (const preset of each.presets)
    svg("path", { d: path(frame, data.axis, preset.at), class: `line preset ${preset.kind}` }, row);
  for (const curve of each.curves)
    svg("path", { d: path(frame, data.axis, curve.at), class: `line now role-${curve.role}` }, row);
}

/**
 * The axis of steps below, and what its ends are, above.
 * @param {Element} parent @param {Data} data @param {Frame} frame
 */
function drawSteps(parent, data, frame) {
  const { words } = data;
  write(parent, words.loss, frame.left, frame.top - (frame.wide ? 14 : 34), "edge-name");
  write(parent, words.first, frame.right, frame.top - (frame.wide ? 14 : 34), "edge-name end");
  if (frame.wide)
    write(
      parent,
      filled(words.after, () => String(frame.last)),
      frame.all,
      frame.top - 14,
      "edge-name end",
    );
  const foot = frame.foot;
  const every = [1, 2, 5, 10, 20, 50].find((n) => frame.last / n <= (frame.wide ? 8 : 5)) ?? 100;
  for (let step = 0; step <= frame.last; step += every) {
    if (step && frame.last - step < every / 2) continue; // the last step has a tick of its own
    svg("line", { x1: xOf(frame, step), x2: xOf(frame, step), y1: foot, y2: foot + 5, class: "tick-line" }, parent);
    write(parent, String(step), xOf(frame, step), foot + 20, "tick middle");
  }
  write(parent, String(frame.last), frame.right, foot + 20, "tick middle");
  write(parent, words.back, (frame.left + frame.right) / 2, foot + 42, "edge-name middle");
}

/** The hatching of the bands. @param {Element} parent */
function drawPatterns(parent) {
  const defs = svg("defs", {}, parent);
  for (const [kind, d] of [
    ["exploded", "M0 0l9 9M-2 7l4 4M7 -2l4 4"],
    ["vanished", "M0 9l9 -9M-2 2l4 -4M7 11l4 -4"],
  ]) {
    const pattern = svg("pattern", { id: `gw-${kind}`, width: 9, height: 9, patternUnits: "userSpaceOnUse" }, defs);
    svg("path", { d, class: `hatch ${kind}` }, pattern);
  }
}

/** What all rows say at a step. @param {Data} data @param {number} step */
function spoken(data, step) {
  const rows = data.rows.map(({ name, curves }) =>
    curves.map((curve) => `${name} ${curve.name} ${curve.texts[step]}`).join(", "),
  );
  return `${filled(data.words.at, () => String(step))}: ${rows.join("; ")}`;
}

/**
 * The line at the step that is read, and its numbers.
 * @param {Element} layer @param {State} state @param {Frame} frame
 */
function drawReading(layer, { data, step }, frame) {
  layer.replaceChildren();
  if (step === null) return;
  const x = xOf(frame, step),
    onLeft = x > frame.right - 90;
  svg("line", { x1: x, x2: x, y1: frame.top, y2: frame.foot, class: "reading" }, layer);
  write(
    layer,
    filled(data.words.at, () => String(step)),
    Math.min(Math.max(x, frame.left + 30), frame.right - 30),
    frame.top - (frame.wide ? 14 : 20),
    "at middle",
  );
  data.rows.forEach((each, k) => {
    const top = frame.top + k * (frame.tall + frame.gap);
    const heights = each.curves.map((curve) => yOf(frame, data.axis, curve.at[step] ?? data.axis.range[0]));
    apart(heights, 27, frame.tall).forEach((place, c) => {
      const { role, texts } = each.curves[c];
      svg("circle", { cx: x, cy: top + heights[c], r: 5, class: `dot role-${role}` }, layer);
      const width = 7.2 * texts[step].length + 16,
        left = onLeft ? x - width - 8 : x + 8;
      svg("rect", { x: left, y: top + place - 12, width, height: 24, rx: 7, class: `pill role-${role}` }, layer);
      write(layer, texts[step], left + width / 2, top + place + 4.5, "pill-number middle");
    });
  });
}

/** @param {State} state */
function draw(state) {
  const { data, board } = state;
  const frame = frameOf(state.width, data.rows.length, data.rows[0].curves[0].at.length - 1);
  const picture = svg("svg", {
    width: frame.all,
    height: frame.height,
    viewBox: `0 0 ${frame.all} ${frame.height}`,
    "aria-hidden": "true",
  });
  drawPatterns(picture);
  drawSteps(picture, data, frame);
  data.rows.forEach((each, k) => {
    const row = svg("g", { transform: `translate(0 ${frame.top + k * (frame.tall + frame.gap)})` }, picture);
    drawAxis(row, data, frame);
    drawTitle(row, each, frame);
    drawCurves(row, data, each, frame);
    drawEnds(row, data, each, frame);
  });
  const layer = svg("g", {}, picture);
  board.replaceChildren(picture);
  const read = (/** @type {number|null} */ step) => {
    state.step = step === null ? null : Math.min(Math.max(step, 0), frame.last);
    drawReading(layer, state, frame);
    board.setAttribute("aria-valuenow", String(state.step ?? 0));
    board.setAttribute("aria-valuetext", spoken(data, state.step ?? 0));
  };
  board.setAttribute("aria-valuemax", String(frame.last));
  board.setAttribute("aria-label", data.words.alt);
  read(state.step);
  return { frame, read };
}

/** @param {State} state */
function listen(state) {
  let { frame, read } = draw(state);
  const { board, root } = state;
  const again = () => ({ frame, read } = draw(state));
  const follow = (/** @type {PointerEvent} */ event) =>
    read(stepAt(frame, event.clientX - board.getBoundingClientRect().left));
  board.addEventListener("pointermove", follow);
  board.addEventListener("pointerdown", follow);
  board.addEventListener("pointerleave", () => read(null));
  board.addEventListener("blur", () => read(null));
  board.addEventListener("keydown", (event) => {
    const step = state.step ?? 0;
    const to = {
      ArrowRight: step + 1,
      ArrowLeft: step - 1,
      Home: 0,
      End: frame.last,
      PageDown: step + 10,
      PageUp: step - 10,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    read(to);
  });
  new ResizeObserver(() => {
    if (root.clientWidth && root.clientWidth !== state.width) {
      state.width = root.clientWidth;
      again();
    }
  }).observe(root);
  return again;
}

/** @param {HTMLElement} root @param {Data} data */
function create(root, data) {
  const board = el("div", { class: "board", tabindex: 0, role: "slider", "aria-valuemin": 0 });
  const save = button(
    data.words.png,
    () => {
      const drawing = /** @type {SVGSVGElement} */ (board.querySelector("svg"));
      void savePicture([{ drawing }], root, "gatewalk-gradients.png");
    },
    { class: "gw-png", title: data.words.png, named: true },
    icon(DOWNLOAD),
  );
  root.append(board, save);
  const state = { root, board, data, step: null, width: root.clientWidth || 800 };
  return { state, again: listen(state) };
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function gradientCurves({ data, parentElement }) {
  const { state, again } = mount(parentElement, LOOK, (root) => create(root, data));
  if (state.data !== data) {
    state.data = data;
    again();
  }
  return () => {};
}
