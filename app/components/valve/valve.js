/** Curves with a dot to drag: what a function lets through. Every number is Python's; the dot only chooses one. */

import { svg } from "../base/svg.js";
import { el, put, say } from "../base/element.js";
import { filled } from "../base/format.js";
import { mount } from "../base/mount.js";
import sheet from "./valve.css" with { type: "css" };

/**
 * @typedef {import("./data.js").Valve} Valve
 * @typedef {import("./data.js").Data} Data
 */

const WIDTH = 320,
  HEIGHT = 170,
  MARGIN = { left: 34, right: 16, top: 16, bottom: 30 };
const LOOK = { sheets: [sheet], kind: "gw-valves" };

/** @param {Valve} valve @param {(v: number) => number} x @param {(v: number) => number} y */
function drawAxes({ points, floor }, x, y) {
  const [low, high] = [points[0][0], points[points.length - 1][0]];
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" });
  svg("path", { class: "axes", d: `M${x(low)} ${y(0)}H${x(high)}M${x(0)} ${y(floor)}V${y(1)}` }, picture);
  svg("path", { class: "bounds", d: `M${x(low)} ${y(1)}H${x(high)}M${x(low)} ${y(floor)}H${x(high)}` }, picture);
  svg(
    "path",
    { class: "curve", d: `M${points.map(([px, py]) => `${x(px).toFixed(2)} ${y(py).toFixed(2)}`).join("L")}` },
    picture,
  );
  for (const end of floor < 0 ? [-1, 0, 1] : [0, 1])
    svg("text", { class: "tick", x: MARGIN.left - 8, y: y(end) + 4 }, picture).textContent = String(end).replace(
      "-",
      "−",
    );
  for (const end of [low, 0, high])
    svg("text", { class: "tick below", x: x(end), y: HEIGHT - 10 }, picture).textContent = String(end).replace(
      "-",
      "−",
    );
  return picture;
}

/** @param {Valve} valve @param {Data["words"]} words */
function createValve(valve, words) {
  const { points, floor } = valve,
    last = points.length - 1;
  const [low, high] = [points[0][0], points[last][0]];
  const x = (/** @type {number} */ v) =>
    MARGIN.left + ((v - low) / (high - low)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (/** @type {number} */ v) =>
    HEIGHT - MARGIN.bottom - ((v - floor) / (1 - floor)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const picture = drawAxes(valve, x, y);
  const guides = svg("path", { class: "guides" }, picture),
    dot = svg("circle", { class: "dot", r: 8 }, picture);
  const board = el(
    "div",
    {
      class: "gw-board",
      role: "slider",
      tabindex: 0,
      "aria-label": `${valve.title}: ${words.drag}`,
      "aria-valuemin": low,
      "aria-valuemax": high,
    },
    picture,
  );
  const description = el("p", { class: "gw-description" });
  let place = valve.start;

  /** @param {number} to */
  function moveTo(to) {
    place = Math.min(last, Math.max(0, to));
    const [px, py] = points[place];
    for (const [name, at] of [
      ["cx", x(px)],
      ["cy", y(py)],
    ])
      dot.setAttribute(String(name), String(at));
    guides.setAttribute("d", `M${x(px)} ${y(0)}V${y(py)}H${MARGIN.left}`);
    const text = `${valve.symbol}(${valve.inputs[place]}) = ${valve.outputs[place]}`;
    const open = filled(words.open, (key) => (key === "percent" ? valve.percent[place] : undefined));
    say(description, floor < 0 ? text : `${text} · ${open}`); // tanh is no share
    put(board, { "aria-valuenow": px, "aria-valuetext": description.textContent });
  }
  /** @param {PointerEvent} event */
  function follow(event) {
    const { left, width } = board.getBoundingClientRect();
    const share = (((event.clientX - left) / width) * WIDTH - MARGIN.left) / (WIDTH - MARGIN.left - MARGIN.right);
    moveTo(Math.round(share * last));
  }
  board.addEventListener("pointerdown", (event) => {
    board.setPointerCapture(event.pointerId);
    follow(event);
    board.addEventListener("pointermove", follow);
  });
  for (const end of ["pointerup", "pointercancel"])
    board.addEventListener(end, () => board.removeEventListener("pointermove", follow));
  board.addEventListener("keydown", (event) => {
    const to = {
      ArrowLeft: place - 2,
      ArrowDown: place - 2,
      ArrowRight: place + 2,
      ArrowUp: place + 2,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    moveTo(to);
  });
  moveTo(place);
  return el("section", {}, el("h3", {}, valve.title), board, description);
}

/** @param {{data: Data, parentElement: ShadowRoot|HTMLElement}} component */
export default function valves({ data, parentElement }) {
  const root = mount(parentElement, LOOK, (made) => made);
  for (const old of root.querySelectorAll("section")) old.remove();
  root.append(...data.valves.map((valve) => createValve(valve, data.words)));
  return () => {};
}
