/**
 * What passes between Python and the stage, and between the stage's modules.
 * Types only: this file runs nothing.
 *
 * ---- what passes to and from Python: in scene.d.ts, which `make types` writes from scene_types.py ------------------
 * @typedef {import("./scene.js").Role} Role
 * @typedef {import("./scene.js").Point} Point
 * @typedef {import("./scene.js").Span} Span
 * @typedef {import("./scene.js").LayoutNode} LayoutNode
 * @typedef {import("./scene.js").LayoutWire} LayoutWire
 * @typedef {import("./scene.js").LayoutValue} LayoutValue
 * @typedef {import("./scene.js").Geometry} Geometry
 * @typedef {import("./scene.js").Layout} Layout
 * @typedef {import("./scene.js").Factor} Factor
 * @typedef {import("./scene.js").Term} Term
 * @typedef {import("./scene.js").Formula} Formula
 * @typedef {import("./scene.js").Packed} Packed
 * @typedef {import("./scene.js").Product} Product
 * @typedef {import("./scene.js").Dot} Dot
 * @typedef {import("./scene.js").Arithmetic} Arithmetic
 * @typedef {import("./scene.js").Gradients} Gradients
 * @typedef {import("./scene.js").Link} Link
 * @typedef {import("./scene.js").Local} Local
 * @typedef {import("./scene.js").Controls} Controls
 * @typedef {import("./scene.js").Still} Still
 * @typedef {import("./scene.js").SentCell} SentCell
 * @typedef {import("./scene.js").SentScene} SentScene
 * @typedef {import("./scene.js").Commit} Commit
 * @typedef {import("./scene.js").Want} Want
 *
 * ---- the scene, once its layouts are here ---------------------------------------------------------------------------
 * @typedef {import("./scene.js").Series & {forward?: Record<string, number[]>}} Series
 *   `forward`: the values of the run, where `values` are its gradients (facets.js)
 * @typedef {Omit<SentCell, "layout"|"still"> & Still & {layout: Layout}} CellScene
 * @typedef {Omit<SentScene, "cells"|"series"> & {cells: Record<string, CellScene>, series: Series[]}} Scene
 *
 * ---- the guide: a lesson's story and tasks ----
 * @typedef {import("./scene.js").Guide} Guide
 * @typedef {import("./scene.js").Step} Step
 * @typedef {import("./scene.js").Question} Question
 * @typedef {import("./scene.js").Goal} Goal
 *
 * @typedef {Scene & CellScene & {title: string, notation: Notation}} Facet
 *   a scene as one of its series sees it (facets.js)
 * @typedef {{parameter: string, values: number[],
 *   series: {pattern: object, steps: number, still: number[][], moving: string, strips?: FrameStrip[], prints?: string,
 *   fills?: string}[]}} Frames  the series for each place of the
 *   slider that a hand has just taken (`app/stage/drag_frames.py`)
 *
 * @typedef {{in: "prints"|"fills", shape: [number, number], first: number, each: number}} FrameStrip
 *
 * @typedef {{print: (value: number) => string, exact: (value: number) => string, tone: (value: number) => number,
 *   of: string, ends: [string, string], scale: string}} Notation
 *   how a value is written, in the picture and with one figure more; the share of the full colour it gets, −1…1; the
 *   word for what of a value it is; the ends of the scale of fills, and the word that explains it
 *
 * ---- what a reader points at ---------------------------------------------------------------------------------------
 * @typedef {{series: string, name: string, before: boolean, step: number}} Ref
 *   one value (value_ref.js): `before` only for the state that the first step begins with
 *
 * ---- what is on show right now ------------------------------------------------------------------------------------
 * @typedef {{step: number, stage: number, stages: number, progress: number, handover: number|null, playing: boolean,
 *   byDay: boolean, light: readonly string[], still: boolean, everything: boolean, hover: string|null, unit: number,
 *   backward: boolean, covering: boolean, reached: [number, number]}} View
 *   step and stage from 0, of so many `stages` a day; `progress` 0…1 through the stage (1: its result stands);
 *   `handover` 0…1 while the day changes; `byDay`: a day is played as one; `light`: values that the story speaks of;
 *   `still`: reduced motion; `everything`: the "show all" switch; `hover`: a value's or parameter's name; `unit`: the
 *   one selected, from 0; `backward`: the gradient is played; `covering`: the reader has covered something; `reached`:
 *   the furthest (step, stage) whose result is revealed, [−1, …] for none
 *
 * ---- what a reader can do -----------------------------------------------------------------------------------------
 * @typedef {{weights?: Record<string, number|null>, days?: Record<string, number[]>, show?: string[]}} Change
 *   only what differs; a weight that is null is again what it was before anyone chose it
 * @typedef {(name: string|null, from?: string|null) => void} Hover
 *   null clears the highlight; with `from`, only if it is that one
 * @typedef {{
 *   play: () => void, restart: () => void, move: (by: number) => void, moveDays: (by: number) => void,
 *   ends: (last: boolean) => void, jump: (stage: number) => void, seek: (step: number, stage: number) => void,
 *   place: (step: number, stage: number, progress: number) => void, scrub: (at: number, done: boolean) => void,
 *   tempo: (to: {speed?: number, byDay?: boolean}) => void,
 *   slower: () => void, faster: () => void, unit: (to: number) => void, turn: (backward: boolean) => void,
 *   hover: Hover, everything: () => void, card: (ref: Ref, anchor: HTMLElement) => void, read: () => void,
 *   coverResults: () => void, grab: (parameter: string) => void, drag: (value: number) => void, release: () => void,
 *   commit: (change: Change) => void, redraw: () => void}} Actions
 */

export {};
