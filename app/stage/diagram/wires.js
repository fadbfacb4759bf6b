/** Wires, belts and ribbons: each line knows how to be drawn later, done and active. */

import {
  arrowhead,
  bus,
  crossings,
  inside,
  pathData,
  reversed,
  route,
  shared,
  shortened,
  strands,
  taps,
  underHead,
} from "./geometry.js";
import { strokeScale } from "../state/notation.js";
import { set, svg } from "../../components/base/svg.js";

/**
 * @typedef {import("../types.js").LayoutWire} LayoutWire
 * @typedef {import("../types.js").Point} Point
 * @typedef {import("../state/visibility.js").State} State
 * @typedef {import("./geometry.js").Route} Route
 * @typedef {Record<"halos"|"later"|"bus"|"done"|"lit"|"taps", SVGGElement>} Layers  in draw order
 * @typedef {{at: Point, width: number, height: number}} Box
 */

/** The width of a wire that carries next to no gradient, and of one that carries a strong one. */
const THIN = 2,
  THICK = 7;

/** How near a line comes to a branch. */
const COPY = 12;

/** Arrowheads, [length, width]. @type {Record<string, Record<State, [number, number]>>} */
const HEADS = {
  wire: { later: [9.5, 10], done: [9.5, 10], active: [13, 15] },
  belt: { later: [12.5, 14], done: [12.5, 14], active: [16, 19] },
  strand: { later: [7.5, 8.6], done: [7.5, 8.6], active: [8.2, 9.2] },
};

/**
 * One line with its halo, head and moving dots, in the layer of its state.
 * @param {Layers} layers @param {string} kind @param {string} role @param {boolean} arrow
 * @param {boolean} backward it ends where its route begins @param {Point[][]} [gaps] where it passes over another
 */
function createLine(layers, kind, role, arrow, backward, gaps = []) {
  const group = svg("g", { class: `line ${kind} role-${role}` });
  const halo = svg("path", { class: "halo" }, group);
  for (const gap of gaps) svg("path", { class: "gap", d: pathData(route(gap)) }, group);
  const stroke = svg("path", { class: "stroke" }, group);
  const head = arrow ? svg("path", { class: "head" }, group) : null;
  const dots = svg("path", { class: "dots" }, group);
  const layerOf = { later: layers.later, done: layers.done, active: layers.lit };
  return {
    /**
     * @param {State|"none"} state @param {Route} forth @param {SVGGElement} [layer]
     * @param {number} [cut] what was cut from its start @param {boolean} [marked]
     */
    update(state, forth, layer, cut = 0, marked = false) {
      const line = backward ? reversed(forth) : forth;
      group.setAttribute("class", `line ${kind} role-${role} ${state}${marked ? " marked" : ""}`);
      if (state === "none") return void group.remove();
      const home = layer ?? layerOf[state];
      if (group.parentNode !== home) home.append(group);
      if (state === "active" && kind !== "strand" && halo.parentNode !== layers.halos) {
        halo.setAttribute("class", `halo line-halo ${kind} role-${role}`);
        layers.halos.append(halo);
      } else if (state !== "active") {
        halo.remove();
      }
      const size = HEADS[kind][state];
      const d = pathData(head ? shortened(line, 0, underHead(size)) : line);
      for (const path of [halo, stroke]) set(path, { d });
      set(dots, { d: head ? pathData(shortened(line, 0, size[0])) : d });
      dots.style.setProperty("--from", `${cut - 4}px`); // the dots keep step whatever the pill's width
      if (head) set(head, { d: arrowhead(line.points, size) });
    },
    /** As thick as a gradient is strong, or by default (null). @param {number|null|undefined} gradient */
    weigh(gradient) {
      stroke.style.strokeWidth =
        typeof gradient === "number" ? String((THIN + (THICK - THIN) * strokeScale(gradient)).toFixed(2)) : "";
      group.classList.toggle("none", gradient === 0);
    },
  };
}

/**
 * @param {Layers} layers @param {LayoutWire} wire @param {{points: Point[]}[]} all
 * @param {Box[]|null} ends backward: nodes that a wire goes back to
 */
function createWire(layers, wire, all, ends) {
  const line = createLine(
    layers,
    wire.kind,
    wire.role,
    Boolean(ends) || wire.arrow,
    Boolean(ends),
    crossings(wire, all),
  );
  const { points } = wire;
  const last = points.length - 1;
  return {
    /** @param {State} state @param {Box[]} values that this wire may begin or end at @param {boolean} marked */
    update(state, values, marked) {
      const boxes = [...values, ...(ends ?? [])];
      const start = Math.max(0, ...boxes.map((box) => inside(points[0], points[1], box)));
      const end = Math.max(0, ...boxes.map((box) => inside(points[last], points[last - 1], box)));
      line.update(state, shortened(route(points), start, end), undefined, start, marked);
    },
    weigh: line.weigh,
  };
}

/**
 * Two straight taps with their dots, the right one over the left strand's bus.
 * @param {LayoutWire} ribbon @param {boolean} backward they begin at the gate
 */
function createTaps(ribbon, backward) {
  const group = svg("g");
  const { left, right, gap } = taps(ribbon.points);
  svg("path", { class: "gap", d: pathData(route(gap)) }, group);
  [left, right].forEach((points, k) => {
    const hue = svg("g", { class: `line strand role-${k ? "x" : ribbon.role}` }, group);
    const cut = backward ? 0 : underHead(HEADS.strand.done);
    svg("path", { class: "stroke", d: pathData(shortened(route(points), 0, cut)) }, hue);
    if (!backward) svg("path", { class: "head", d: arrowhead(points, HEADS.strand.done) }, hue);
    svg("circle", { class: "branch", cx: points[0][0], cy: points[0][1], r: 3.5 }, hue);
  });
  return {
    /** @param {State} state @param {Layers} layers */
    update(state, layers) {
      group.setAttribute("class", `taps ${state}`);
      for (const hue of group.querySelectorAll(".line")) {
        hue.classList.toggle("done", state === "done");
        hue.classList.toggle("later", state === "later");
      }
      if (state === "active") group.remove();
      else if (state === "done") layers.taps.append(group);
      else layers.bus.append(group);
    },
  };
}

/**
 * The ribbons: one bus, the taps that branch off it, and the lit ribbon over both.
 * @param {Layers} layers @param {LayoutWire[]} ribbons @param {LayoutWire[]} single @param {boolean} backward
 */
function createRibbons(layers, ribbons, single, backward) {
  const branching = bus(ribbons, single);
  if (!branching) return { update() {}, weigh() {} };
  let now = "";
  const { trunk } = branching;
  const roles = [ribbons[0].role, "x"];
  /** @param {boolean} arrow */
  const pair = (arrow) => roles.map((role) => createLine(layers, "strand", role, arrow, backward));
  const base = pair(true),
    used = pair(false),
    lit = pair(true);
  const branches = branching.taps.map((ribbon) => ({ ribbon, taps: createTaps(ribbon, backward) }));
  return {
    /** @param {(part: {id: string, stage: number}) => State} stateOf */
    update(stateOf) {
      const done = trunk && stateOf(trunk) === "done";
      if (trunk)
        strands(trunk.points).forEach((line, k) =>
          base[k].update(done ? "done" : "later", line, done ? layers.done : layers.bus),
        );
      for (const { ribbon, taps: pairOfTaps } of branches) pairOfTaps.update(stateOf(ribbon), layers);
      const finished = branches.filter(({ ribbon }) => stateOf(ribbon) === "done").map(({ ribbon }) => ribbon);
      const furthest = bus(finished)?.trunk;
      used.forEach((line, k) =>
        line.update(furthest ? "done" : "none", furthest ? shared(furthest.points)[k] : route([])),
      );
      const active = ribbons.find((ribbon) => stateOf(ribbon) === "active");
      lit.forEach((line, k) => line.update(active ? "active" : "none", active ? strands(active.points)[k] : route([])));
      now = active?.id ?? "";
    },
    /** @param {((wire: string) => number|undefined)|null} gradientOf */
    weigh(gradientOf) {
      // Two strands share it, and keep their room.
      for (const line of lit) line.weigh(gradientOf ? (gradientOf(now) ?? 0) / 10 : null);
    },
  };
}

/**
 * @param {Layers} layers @param {LayoutWire[]} wires
 * @param {{x: number, y: number}[]|null} copies backward: the branches that a gradient goes back to
 */
export function createWires(layers, wires, copies) {
  const ends = copies && copies.map(({ x, y }) => ({ at: /** @type {Point} */ ([x, y]), width: COPY, height: COPY }));

  // Belts last: a thin wire that leaves a belt starts at the belt's middle and belongs under it.
  const single = wires
    .filter(({ kind }) => kind !== "ribbon")
    .sort((a, b) => Number(a.kind === "belt") - Number(b.kind === "belt"));
  const ribbons = createRibbons(
    layers,
    wires.filter(({ kind }) => kind === "ribbon"),
    single,
    Boolean(ends),
  );
  const taken = [...single, ...wires.filter(({ kind }) => kind === "ribbon").flatMap(({ points }) => strands(points))];
  const lines = single.map((wire) => ({ wire, line: createWire(layers, wire, taken, ends) }));
  return {
    /**
     * @param {(part: {id: string, stage: number}) => State} stateOf @param {(wire: string) => Box[]} boxesOn
     * @param {(wire: string) => boolean} marked
     */
    update(stateOf, boxesOn, marked) {
      for (const { wire, line } of lines) line.update(stateOf(wire), boxesOn(wire.id), marked(wire.id));
      ribbons.update(stateOf);
    },
    /**
     * The gradient each wire carries; null: forward, where none is.
     * @param {((wire: string) => number|undefined)|null} gradientOf
     */
    weigh(gradientOf) {
      for (const { wire, line } of lines) line.weigh(gradientOf ? gradientOf(wire.id) : null);
      ribbons.weigh(gradientOf);
    },
  };
}
