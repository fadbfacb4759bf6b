/**
 * What passes between Python and the stage, and between the stage's modules.
 * Types only: this file runs nothing.
 *
 * A value has a *name* (the name it carries in the trace: `f`, `keep`, `c`, …) and a *role* (the hue of the job it
 * does: `x h c f i g o`). Names belong to the cell, roles to the picture; a layout ties them together.
 *
 * @typedef {"x"|"h"|"c"|"f"|"i"|"g"|"o"|"b"} Role  `b` (a bias) takes the hue of the value it helps to compute
 * @typedef {[number, number]} Point
 *
 * ---- the layout: where a cell's parts stand (layouts/<cell>.json) -------------------------------------------------
 * @typedef {import("../components/base/svg.js").Span} Span  one piece of a formula
 * @typedef {{key: string, value: string, role: Role, own: string[], relit: string[],
 *   token: {wire: string, at: number, narrow?: number, value: string}|null}} LayoutStage  `own`/`relit` name wires and
 *   nodes; a token rests at the share `at` of its wire (`narrow`: in the narrow geometry)
 * @typedef {{id: string, kind: "cat"|"gate"|"op"|"fn"|"copy"|"chip"|"plot", x: number, y: number, role: Role,
 *   stage: number, symbol?: string, value?: string, parameter?: string, width?: number, height?: number}} LayoutNode
 * @typedef {{id: string, kind: "wire"|"belt"|"ribbon", role: Role, stage: number, points: Point[],
 *   arrow: boolean}} LayoutWire
 * @typedef {{name: string, before?: boolean, role: Role, stage: number, at: Point, card?: Point, wire: string,
 *   hangsFrom?: Point|null, label: Span[]}} LayoutValue
 *   `card`: where its card stands, which is larger than a pill; `stage` 0 = known when the step begins
 * @typedef {{at: Point, word: string, role: Role|"m", anchor: "start"|"middle"|"end", stage?: number}} LayoutCaption
 * @typedef {{viewBox: number[], body: number[], nodes: LayoutNode[], wires: LayoutWire[], values: LayoutValue[],
 *   badges: {stage: number, at: Point}[], captions: LayoutCaption[]}} Geometry
 * @typedef {{cell: string, names: string[], roles: Record<string, Role>, stages: LayoutStage[],
 *   rows: string[], wide: Geometry, narrow: Geometry}} Layout  `rows`: the timeline's values, in playing order;
 *   `names`: of the layouts it was put together from
 *
 * ---- the scene: every number, computed by Python ------------------------------------------------------------------
 * @typedef {{parameter?: string, value?: string, before?: boolean, function?: string}} Factor  a parameter, or a named
 *   value (of the step before when `before`), through `function` ("tanh") when there is one
 * @typedef {{sign: 1|-1, factors: Factor[]}} Term
 * @typedef {{function: string|null, terms: Term[]}} Formula  value = function(Σ sign · Π factors)
 * @typedef {{shape: number[], data?: string, numbers?: Float32Array}} Packed
 *   float32, in base64 or as they are (state/strips.js)
 * @typedef {{factors: number[][], inner: (number[]|null)[], product: number[]}} Product
 *   one entry per step; `inner` is what went into a factor's own function (tanh's argument), else null
 * @typedef {{sum: number[], row: number[], inputs: {name: string, before?: boolean}, products: Packed}} Dot
 *   a matrix's term for one unit: its row of weights times what it reads
 * @typedef {{terms: (Product|Dot)[], total: number[], result: number[]}} Arithmetic  of the selected unit
 * @typedef {{count: number, selected: number, strips: Record<string, Packed>, before: Record<string, Packed>}} Units
 *   every value of every unit, (T, n)
 * @typedef {{key: string, name: string, cell: string, values: Record<string, number[]>,
 *   before: Record<string, number[]>, arithmetic: Record<string, Arithmetic>, slopes: Record<string, number[]>,
 *   gradients?: Gradients, forward?: Record<string, number[]>, units?: Units}} Series
 *   one sequence read by the cell, as the selected unit sees it; `slopes` holds the slope of a plotted value's
 *   function at each step; `units` where anything is longer than one number
 * @typedef {{weights: Record<string, number>, days: Record<string, number[]>, show: string[]}} Controls
 *   `show`: keys of the series on the stage, one or two
 * @typedef {{layout: Layout, formulas: Record<string, Formula>, equations: Record<string, string>,
 *   curves: Record<string, Point[]>, words: Record<string, string>, weights?: Record<string, number>,
 *   parameters?: Record<string, Packed>}} CellScene
 *   what belongs to one cell; `equations` are plain text; `curves` are σ and tanh as points; `weights` only where
 *   they are not the controls'
 * @typedef {{kind: "value"|"parameter"|"slope"|"minus", name: string, before: boolean, function: string|null,
 *   inner: string|null, numbers: number[]}} Local
 *   one local derivative of a term of the chain rule
 * @typedef {{to: string, later: boolean, upstream: number[]|null, local: Local[], matrix: string|null,
 *   product: number[]}} Link
 *   one term of a gradient: what comes back from the reader `to` ("": the loss), `later` from the next step;
 *   `upstream` is null where the term is a sum over many units
 * @typedef {{loss: number[], values: Record<string, number[]>, before: Record<string, number[]>,
 *   wires: Record<string, number[]>, routes: {state: string, along: number[], through: number[]}|null,
 *   step: {slope: number[], weight: number[], product: number[]}|null, chain: Record<string, Link[]>}} Gradients
 *   of the loss at the last step, at every step; `wires`: what each carries; `routes`: of the memory's gradient what
 *   came straight along it, and the rest; `step`: of an RNN's one unit, what a step multiplies by
 * @typedef {{steps: number, cells: Record<string, CellScene>, series: Series[], frames?: Frames|null,
 *   targets: Record<string, number>, controls: Controls, presets: Record<string, Record<string, number>>,
 *   defaults: Controls, limits: {slider: [number, number], typed: [number, number], step: number,
 *   days: [number, number], value: [number, number]},
 *   at: [number, number]|null, unit?: number, backward?: boolean, units?: number, sequences?: Record<string, string>,
 *   autoplay?: boolean, bare?: boolean}} Scene
 *   `at` is the (step, stage) an address asked for, from 1, `unit` (from 0) and `backward` likewise; `units`: how
 *   many units the cell has; `sequences`: names of inputs that are no series' own; `autoplay`: one pass is played at
 *   once; `bare`: the picture without its arithmetic and its controls
 * @typedef {Scene & CellScene & {title: string, notation: Notation}} Facet
 *   a scene as one of its series sees it (facets.js)
 * @typedef {{unit: number, backward: boolean}} Want  what is to be looked at, told to Python
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
 *   still: boolean, everything: boolean, hover: string|null, unit: number, backward: boolean, covering: boolean,
 *   reached: [number, number]}} View
 *   step and stage from 0, of so many `stages` a day; `progress` 0…1 through the stage (1: its result stands);
 *   `handover` 0…1 while the day changes; `still`: reduced motion; `everything`: the "show all" switch; `hover`: a
 *   value's or parameter's name; `unit`: the one selected, from 0; `backward`: the gradient is played; `covering`:
 *   something is covered; `reached`: the furthest (step, stage) whose result is revealed, [−1, …] for none
 *
 * ---- what a reader can do -----------------------------------------------------------------------------------------
 * @typedef {{weights?: Record<string, number|null>, days?: Record<string, number[]>, show?: string[]}} Change
 *   only what differs; a weight that is null is again what it was before anyone chose it
 * @typedef {(name: string|null, from?: string|null) => void} Hover
 *   null clears the highlight; with `from`, only if it is that one
 * @typedef {{
 *   play: () => void, restart: () => void, move: (by: number) => void, moveDays: (by: number) => void,
 *   ends: (last: boolean) => void, jump: (stage: number) => void, seek: (step: number, stage: number) => void,
 *   scrub: (at: number, done: boolean) => void, speed: (rate: number) => void, nextSpeed: () => void,
 *   slower: () => void, faster: () => void, unit: (to: number) => void, turn: (backward: boolean) => void,
 *   hover: Hover, everything: () => void, card: (ref: Ref, anchor: HTMLElement) => void, read: () => void,
 *   coverResults: () => void, grab: (parameter: string) => void, drag: (value: number) => void, release: () => void,
 *   commit: (change: Change) => void, redraw: () => void}} Actions
 */

export {};
