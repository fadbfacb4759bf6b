// Written by `make types` from cells/graph_data.py and app/stage/layout_types.py and app/stage/guide_types.py and app/stage/scene_types.py and app/stage/commit_types.py: do not edit.

export type NodeType = "input" | "state" | "vector" | "matrix" | "sum" | "product" | "maximum" | "total" | "apply";

/** A pointwise function. */
export interface FunctionData {
  /** what formulas call it */
  name: string;
  /** of :data:`cells.functions.FUNCTIONS` */
  key: string;
  /** α and β, or a bound */
  parameters: (number | string)[];
}

/** One value of a step. */
export interface NodeData {
  type: NodeType;
  /** empty of a value the definition did not name */
  name: string;
  /** the symbol of its length: D inputs, H units, P of a projection, 1 */
  size: string;
  inputs: number[];
  parameter?: string;
  function?: FunctionData;
}

/** A state's nodes, by their places: as it enters a step, and its value as it leaves the step. */
export interface StateData {
  before: number;
  after: number;
  /** before the first step, where that is not 0 */
  start?: number;
}

/** What one timestep computes. */
export interface GraphData {
  version: number;
  nodes: NodeData[];
  states: Record<string, StateData>;
  /** the state that is the cell's output */
  output: string;
}

/** `b` (a bias) takes the hue of the value it helps to compute */
export type Role = "x" | "h" | "c" | "f" | "i" | "g" | "o" | "b";

/** x and y, in the units of a viewBox */
export type Point = [number, number];

export type Size = "wide" | "narrow";

export type NodeKind = "cat" | "gate" | "op" | "fn" | "copy" | "chip" | "plot";

export type WireKind = "wire" | "belt" | "ribbon";

export type Anchor = "start" | "middle" | "end";

/** One piece of a label. */
export interface Span {
  text: string;
  role?: Role;
  /** a subscript, counted from the current timestep */
  index?: -1 | 0;
  upright?: boolean;
}

/** A number that rests on a wire when its stage is over. */
export interface Token {
  wire: string;
  /** the share of the wire */
  at: number;
  /** the same in the narrow geometry */
  narrow?: number;
  value: string;
}

/** One of the steps in which a cell's timestep is shown. */
export interface LayoutStage {
  /** of its words */
  key: string;
  /** what it computes */
  value: string;
  role: Role;
  /** wires and nodes that appear with it */
  own: string[];
  /** earlier ones that it reads */
  relit: string[];
  token: Token | null;
}

/** What only some nodes have. */
export interface NodeExtras {
  symbol?: string;
  value?: string;
  parameter?: string;
  width?: number;
  height?: number;
}

/** An operation, a layer, a weight or a junction. */
export interface LayoutNode extends NodeExtras {
  id: string;
  kind: NodeKind;
  x: number;
  y: number;
  role: Role;
  stage: number;
}

/** A line along which values travel. */
export interface LayoutWire {
  id: string;
  kind: WireKind;
  role: Role;
  stage: number;
  points: Point[];
  arrow: boolean;
  /** whose gradient comes back here: a value, and its readers (gradient_scene.py) */
  carries?: string[];
}

/** Where a value is written. */
export interface LayoutValue {
  name: string;
  /** the state as it enters the timestep */
  before?: boolean;
  role: Role;
  /** 0: known when the timestep begins */
  stage: number;
  at: Point;
  /** where its card is, which is larger than a pill */
  card?: Point;
  /** where its gradient is: it hangs from its line */
  back?: Point;
  wire: string;
  hangsFrom: Point | null;
  label: Span[];
}

/** Where a stage's number is written. */
export interface Badge {
  stage: number;
  at: Point;
  /** where it is while the gradient is played */
  back?: Point;
}

/** A word of explanation in the picture. */
export interface LayoutCaption {
  at: Point;
  word: string;
  role: Role | "m";
  anchor: Anchor;
  stage?: number;
}

/** A layout in one size. */
export interface Geometry {
  viewBox: number[];
  body: number[];
  nodes: LayoutNode[];
  wires: LayoutWire[];
  values: LayoutValue[];
  badges: Badge[];
  captions: LayoutCaption[];
}

/** Where a cell's values and wires are drawn, and in which stages. */
export interface Layout {
  cell: string;
  /** of the layouts it was put together from */
  names: string[];
  roles: Record<string, Role>;
  stages: LayoutStage[];
  /** the timeline's values, in playing order */
  rows: string[];
  wide: Geometry;
  narrow: Geometry;
}

/** One value of a run. */
export interface Ref {
  series: string;
  name: string;
  /** only for the state that the first timestep begins with */
  before: boolean;
  /** the timestep, from 0 */
  step: number;
}

/** Where a step has the playhead, from 1. */
export interface Place {
  day: number;
  stage: number;
  /** of the stage; its end unless said otherwise */
  when?: "start" | "travel" | "end";
}

/** What of the controls a step sets. */
export interface Setting {
  weights?: Record<string, number>;
  days?: Record<string, number[]>;
  show?: string[];
}

/** One step of the story; {placeholders} in its texts are filled in the browser. */
export interface Step {
  id: string;
  title: string;
  text: string;
  /** what its button to the next step says */
  verb: string;
  /** without it the playhead stays */
  at?: Place;
  /** the gradient is played */
  way?: "back";
  /** values the step speaks of */
  light?: string[];
  set?: Setting;
  /** the question that it opens */
  ask?: string;
  /** what a reader may try here */
  practice?: string;
}

/** What a reader predicts. */
export interface Question {
  key: string;
  text: string;
  /** key and name */
  options: [string, string][];
  answer: string;
  /** why */
  reveal: string;
  /** what would give the answer away */
  covers: Ref[];
}

/** What is measured: of a series, on show or not, and of its last timestep. */
export interface Read {
  series: string;
  /** of the value */
  name: string;
  /** it, how far it moved that day, or what day 1 does to it */
  measure: "value" | "change" | "influence";
}

/** What a challenge asks to reach. */
export interface Goal {
  text: string;
  /** {value} is what is measured */
  gauge: string;
  /** the zone in words */
  aim: string;
  /** where to look, for who asks */
  hint: string;
  range: [number, number];
  zone: [number, number];
  read: Read;
  /** weights to begin from */
  begin: Record<string, number>[];
  /** that have to stay as they are */
  days: Record<string, number[]>;
  /** one slider alone may move */
  single: boolean;
  /** the weights that may move, where not all may */
  free: string[] | null;
  /** the status in words */
  states: Record<string, string>;
}

/** The lesson after this one. */
export interface NextLesson {
  title: string;
  address: string;
}

/** A lesson's story and tasks. */
export interface Guide {
  lesson: string;
  title: string;
  lede: string;
  steps: Step[];
  questions: Question[];
  goal: Goal | null;
  next: NextLesson | null;
}

/** A lesson's questions, sent again without the rest of its guide. */
export interface Asked {
  lesson: string;
  questions: Question[];
}

/** A parameter or a named value. */
export interface Factor {
  parameter?: string;
  value?: string;
  /** the value of the timestep before */
  before?: boolean;
  /** what it goes through (`tanh`) */
  function?: string;
}

/** sign · Π factors. */
export interface Term {
  sign: 1 | -1;
  factors: Factor[];
}

/** value = function(Σ terms). */
export interface Formula {
  function: string | null;
  terms: Term[];
}

/** What is the same for all weights of a cell. */
export interface Still {
  words: Record<string, string>;
  formulas: Record<string, Formula>;
  /** plain text */
  equations: Record<string, string>;
  /** of σ, tanh, … */
  curves: Record<string, Point[]>;
  graph: GraphData;
}

/** A stage's weights, days and shown series. */
export interface Controls {
  weights: Record<string, number>;
  days: Record<string, number[]>;
  /** keys of the series on the stage, one or two */
  show: string[];
}

/** What a control may be set to. */
export interface Limits {
  slider: [number, number];
  typed: [number, number];
  step: number;
  days: [number, number];
  value: [number, number];
}

/** What a page chooses for its stage. */
export interface PageOptions {
  presets: Record<string, Record<string, number>>;
  /** names of inputs that are no series' own */
  sequences?: Record<string, string>;
  /** what is below follows the selected unit */
  reports_unit?: boolean;
  /** what is read at each timestep, where that is a word or a symbol */
  reads?: string[];
  /** names of the inputs, where they have some */
  columns?: string[];
  /** its only unit is this one of a wider layer, from 0 */
  unit_of?: number;
  /** the selected unit's picture and the player alone, in little room */
  compact?: boolean;
}

/** Which values are covered, by their keys (`covers.js`). */
export interface Covers {
  ones: string[];
  rows: string[];
  open: string[];
}

/** What a scene has besides its runs. */
export interface SceneOptions extends PageOptions {
  controls: Controls;
  defaults: Controls;
  limits: Limits;
  /** the (timestep, stage) an address asked for, from 1 */
  at: [number, number] | null;
  /** the gradient is played */
  backward?: boolean;
  /** `n` of the last commit that is in the address */
  committed: number;
  /** what a commit is posted to, where the page need not run again */
  commits?: string | null;
  /** a lesson's story and tasks */
  guide?: Guide | null;
  /** what it is called, where the stage can be saved as a page of its own */
  page?: string;
  /** for a class: larger, with the answers counted */
  teach?: boolean;
  /** decimals of a value in the picture, where a reader chose them */
  digits?: number;
  /** what is covered, on a page that a reader took along */
  covers?: Covers;
}

/** An array as float64 in base64. */
export interface Packed {
  shape: number[];
  data: string;
}

/** What belongs to one cell. */
export interface SentCell {
  /** a published one by its name */
  layout: string | Layout;
  /** a `Still` as JSON */
  still: string;
  /** by the symbols of its graph */
  sizes: Record<string, number>;
  /** without what the controls say of them */
  parameters: Record<string, Packed>;
}

/** One sequence read by a cell. */
export interface SentSeries {
  key: string;
  name: string;
  cell: string;
  /** weights that it has whatever the controls say */
  held?: Record<string, number>;
  /** the days of the controls */
  reads?: string;
  /** or else what they do not say, (T, D) */
  x?: Packed;
  /** states before the first step; zero where absent */
  start?: Record<string, Packed>;
}

/** All that the browser is sent for the stage: it runs the cells itself. */
export interface SentScene extends SceneOptions {
  cells: Record<string, SentCell>;
  series: SentSeries[];
  /** the selected one, from 0 */
  unit: number;
  /** of the loss, by series */
  targets: Record<string, number>;
}

/** The controls, once a reader has let go of one. */
export interface Commit extends Controls {
  /** differs each time: the same controls can be sent twice */
  n: number;
}

/** What follows from a commit. */
export interface Answer {
  /** texts by name; null leaves a name out */
  address: Record<string, string | null>;
  /** of the guide, as the reader's numbers answer them now */
  questions: Question[];
  /** by key */
  pictures: Record<string, import("../components/picture/picture.js").Drawing>;
}
