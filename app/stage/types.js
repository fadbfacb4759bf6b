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
 * @typedef {import("./scene.js").Controls} Controls
 * @typedef {import("./scene.js").Still} Still
 * @typedef {import("./scene.js").SentCell} SentCell
 * @typedef {import("./scene.js").SentSeries} SentSeries
 * @typedef {import("./scene.js").SentScene} SentScene
 * @typedef {import("./scene.js").Commit} Commit
 * @typedef {import("./scene.js").Answer} Answer
 *
 *
 * ---- the guide: a lesson's story and tasks --------------------------------------------------------------------------
 * @typedef {import("./scene.js").Asked} Asked
 * @typedef {import("./scene.js").Guide} Guide
 * @typedef {import("./scene.js").Step} Step
 * @typedef {import("./scene.js").Question} Question
 * @typedef {import("./scene.js").Goal} Goal
 *
 * ---- the scene, once its layouts are here and its arrays are unpacked -----------------------------------------------
 * @typedef {{shape: number[], numbers: Float64Array}} Shaped  an array
 * @typedef {Omit<SentCell, "layout"|"still"|"parameters"> & Still & {layout: Layout,
 *   parameters: Record<string, Shaped>}} CellScene
 * @typedef {Omit<SentScene, "cells"|"series"> & {cells: Record<string, CellScene>,
 *   series: (Omit<SentSeries, "x"|"start"> & {x?: Shaped, start?: Record<string, Float64Array>,
 *   run?: import("./evaluator/run.js").Run})[]}} Arrived
 *   `run`: of a series that something beside the stage runs, letter by letter
 *
 * ---- the numbers of a run, which the evaluator computes (series/) ---------------------------------------------------
 * @typedef {{factors: number[][], inner: (number[]|null)[], product: number[]}} Product
 *   a term's, one entry per step; `inner` is what went into a factor's own function (tanh's argument), else null
 * @typedef {{name: string, before: boolean}} Read
 * @typedef {{sum: number[], row?: number[], reads: Read[], products: Shaped}} Dot
 *   a matrix's term for one unit: its row of weights times the value it reads; or all that a total adds up: without a
 *   row, entry by entry what it reads, multiplied
 * @typedef {{terms: (Product|Dot)[], total: number[], result: number[]}} Arithmetic  of the selected unit
 * @typedef {{count: number, strips: Record<string, Shaped>, before: Record<string, Shaped>}} Units
 *   every value of every unit, (T, n)
 * @typedef {import("./evaluator/chain.js").Local} Local
 * @typedef {import("./evaluator/chain.js").Link} Link
 * @typedef {{loss: number[], values: Record<string, number[]>, before: Record<string, number[]>,
 *   wires: Record<string, number[]>, routes: {state: string, along: number[], through: number[]}|null,
 *   step: {slope: number[], weight: number[], product: number[]}|null, chain: Record<string, Link[]>}} Gradients
 *   of the loss at the last step, at every step; `wires`: what each carries; `routes`: of the memory's gradient what
 *   came straight along it, and the rest; `step`: of an RNN's one unit, what a step multiplies by
 * @typedef {{key: string, name: string, cell: string, parameters: Record<string, Shaped>,
 *   values: Record<string, number[]>,
 *   before: Record<string, number[]>, arithmetic: Record<string, Arithmetic>, slopes: Record<string, number[]>,
 *   gradients?: Gradients, forward?: Record<string, number[]>, units?: Units, compact?: boolean}} Series
 *   one sequence read by the cell, as the selected unit sees it; `slopes`: of a plotted value's function; `forward`:
 *   the values of the run, where `values` are its gradients (facets.js); `units` where anything is longer than a number
 * @typedef {Omit<Arrived, "series"> & {series: Series[], steps: number, units: number,
 *   measured: number}} Scene
 *   all that a stage draws; `units`: how many there are to select; `measured`: what the challenge is about
 * @typedef {Omit<Scene & CellScene, "parameters"> & {title: string, notation: Notation,
 *   parameters: Record<string, Shaped>|null}} Facet
 *   a scene as one of its series sees it (facets.js); `parameters` of a cell of many units
 *
 * @typedef {{print: (value: number) => string, exact: (value: number) => string, tone: (value: number) => number,
 *   of: string, ends: [string, string], scale: string, backward: boolean}} Notation
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
 *   ends: (last: boolean) => void, jump: (stage: number) => void, look: (unit: number, step: number) => void,
 *   seek: (step: number, stage: number) => void,
 *   place: (step: number, stage: number, progress: number) => void, undo: () => void,
 *   playTo: (from: number, to: {step: number, stage: number}, arrived: () => void) => void,
 *   scrub: (at: number, done: boolean) => void,
 *   tempo: (to: {speed?: number, byDay?: boolean}) => void,
 *   slower: () => void, faster: () => void, unit: (to: number) => void, turn: (backward: boolean) => void,
 *   hover: Hover, everything: () => void, card: (ref: Ref, anchor: HTMLElement) => void, read: () => void,
 *   coverResults: () => void, preview: (change: Change) => void, commit: (change: Change) => void,
 *   renew: () => void, redraw: () => void, savePage: (name: string) => void}} Actions
 *   `preview`: a change that is not committed yet; an empty one is none
 */

export {};
