/** The picture of a scan: rows of nodes, the arrows that join them, and the loop. */

import { put } from "../base/element.js";
import { set, svg } from "../base/svg.js";
import { coneOf, endsOf, headOf, inputsOf, keyOf, LINE, LOOP, tickOf } from "./geometry.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {import("./geometry.js").Frame} Frame
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {{place: Place, element: SVGElement}} Drawn
 * @typedef {{root: SVGSVGElement, nodes: Drawn[],
 *   show: (tick: number, chosen: Place|null, tabbed: Place|null) => void}} Picture
 */

/** @param {Element} parent @param {string} content @param {number} x @param {number} y @param {string} kind */
function write(parent, content, x, y, kind) {
  svg("text", { x, y, class: kind }, parent).textContent = content;
}

/** The names of the rows and of the timesteps. @param {Element} parent @param {Data} data @param {Frame} frame */
function drawLabels(parent, data, frame) {
  if (frame.wide) {
    write(parent, data.words.timestep, 0, frame.head(0).y, "name");
    write(parent, "x", 0, frame.head(0).y + 18, "letter");
  }
  data.inputs.forEach((input, step) => {
    const { x, y } = frame.head(step);
    write(parent, String(step + 1), x, y + (frame.wide ? 0 : 4), "name middle");
    if (frame.wide) write(parent, input, x, y + 18, "note middle");
  });
  /** @type {[number, Data["loop"]][]} */
  const rows = [...data.rows.entries(), [LOOP, data.loop]];
  for (const [round, { name, note }] of rows) {
    const { x, y } = frame.label(round);
    const kind = frame.wide ? "" : " middle";
    write(parent, name, x, y + (note && frame.wide ? -3 : 4), `name${kind}`);
    if (note) write(parent, note, x, y + (frame.wide ? 14 : 20), `note${kind}`);
  }
}

/**
 * A node: its numbers, and below them which timesteps it includes.
 * @param {Element} parent @param {Data} data @param {Frame} frame @param {Place} place @returns {SVGElement}
 */
function drawNode(parent, data, frame, place) {
  const { round, step } = place,
    { box } = frame,
    { x, y } = frame.corner(place),
    steps = data.loop.nodes.length;
  const { first, factor, state, said } = (round === LOOP ? data.loop : data.rows[round]).nodes[step];
  const whole = first === 0,
    barred = round !== LOOP;
  svg("rect", { x, y, ...box, rx: 9, class: "slot" }, parent);
  const group = svg(
    "g",
    { class: `node role-${data.role}${whole ? " whole" : ""}`, role: "button", "aria-label": said },
    parent,
  );
  svg("rect", { x, y, ...box, rx: 9, class: "box" }, group);
  const close = (/** @type {string} */ text) => (box.width < 60 ? text.replaceAll(" ", "\u200a") : text);
  const lines = [
    ...factor.map((text) => [close(text), "factor role-f"]),
    ...state.map((text) => [close(text), "state"]),
  ];
  const middle = y + (box.height - (barred ? 9 : 0)) / 2 - (LINE * (lines.length - 1)) / 2;
  lines.forEach(([text, kind], k) => write(group, text, x + box.width / 2, middle + LINE * k + 4.5, `${kind} middle`));
  if (barred) drawBars(group, { ...box, x, y }, [first, step], steps);
  return group;
}

/**
 * Which of all timesteps a node includes: a bar for each, or one bar where those would be too small.
 * @param {Element} parent @param {{x: number, y: number, width: number, height: number}} box
 * @param {[number, number]} included @param {number} steps
 */
function drawBars(parent, box, included, steps) {
  const width = (box.width - 14) / steps,
    apart = width > 6 ? 1.2 : 0;
  const bar = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ kind) =>
    svg(
      "rect",
      {
        x: box.x + 7 + width * from,
        y: box.y + box.height - 9,
        width: width * (to - from + 1) - apart,
        height: 4,
        class: kind,
      },
      parent,
    );
  const [first, last] = included;
  if (apart) for (let t = 0; t < steps; t++) bar(t, t, t >= first && t <= last ? "bar" : "bar other");
  else {
    bar(0, steps - 1, "bar other");
    bar(first, last, "bar");
  }
}

/** @param {Element} parent @param {Frame} frame @param {import("./geometry.js").Edge} edge @param {string} role */
function drawEdge(parent, frame, edge, role) {
  const [from, to] = endsOf(frame, edge);
  const same = edge.from.step === edge.to.step;
  const group = svg("g", { class: `edge ${same ? "same" : `role-${role}`}` }, parent);
  svg("path", { d: `M${from.x} ${from.y}L${to.x} ${to.y}`, pathLength: 1, class: "line" }, group);
  svg("path", { d: headOf(from, to), class: "head" }, group);
  return group;
}

/** All places of a scan and of the loop. @param {Data} data @returns {Place[]} */
const placesOf = (data) =>
  [...data.rows.keys(), LOOP].flatMap((round) => data.loop.nodes.map((_, step) => ({ round, step })));

/**
 * The signs that say that both have arrived at the same.
 * @param {Element} parent @param {Data} data @param {Frame} frame
 */
function drawEqual(parent, data, frame) {
  if (!data.rows.length) return [];
  return data.loop.nodes.map((_, step) => {
    const a = frame.corner({ round: data.rows.length - 1, step }),
      b = frame.corner({ round: LOOP, step });
    const x = frame.wide ? a.x + frame.box.width / 2 : (a.x + frame.box.width + b.x) / 2;
    const y = frame.wide ? (a.y + frame.box.height + b.y) / 2 : a.y + frame.box.height / 2;
    const sign = svg("text", { x, y: y + 6, class: "equal middle", "aria-hidden": "true" }, parent);
    sign.textContent = "=";
    return sign;
  });
}

/** @param {Data} data @param {Frame} frame @returns {Picture} */
export function drawPicture(data, frame) {
  const { width, height } = frame;
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group" });
  root.classList.toggle("narrow", frame.box.width < 60);
  set(root, { "aria-label": data.words.picture });
  drawLabels(root, data, frame);
  const wires = svg("g", { "aria-hidden": "true" }, root);
  const places = placesOf(data);
  const nodes = places.map((place) => ({ place, element: drawNode(root, data, frame, place) }));
  const edges = places
    .flatMap((to) => inputsOf(to).map((from) => ({ from, to })))
    .map((edge) => ({ edge, element: drawEdge(wires, frame, edge, data.role) }));
  const equal = drawEqual(root, data, frame);

  const is = (/** @type {Place|null} */ one, /** @type {Place} */ other) =>
    one !== null && one.round === other.round && one.step === other.step;

  return {
    root,
    nodes,
    show(tick, chosen, tabbed) {
      const cone = chosen && new Set(coneOf(chosen).map(keyOf));
      put(root, { "data-chosen": chosen !== null });
      for (const { place, element } of nodes) {
        const shown = tickOf(place) <= tick;
        element.classList.toggle("shown", shown);
        put(element, {
          tabindex: shown ? (is(tabbed, place) ? 0 : -1) : null,
          "aria-hidden": !shown,
          "aria-pressed": shown ? String(is(chosen, place)) : null,
        });
      }
      for (const { edge, element } of edges) {
        element.classList.toggle("shown", tickOf(edge.to) <= tick);
        element.classList.toggle("cone", Boolean(cone?.has(keyOf(edge))));
      }
      equal.forEach((sign, step) => sign.classList.toggle("shown", tick > step && tick >= data.rows.length - 1));
    },
  };
}
