// Written by `make types` from app/components/gradient_curves/data.py: do not edit.

export type Word = "loss" | "first" | "after" | "back" | "at" | "vanished" | "exploded" | "now" | "alt" | "png";

/** One state's gradient, from the loss back. */
export interface Curve {
  name: string;
  role: string;
  /** places on the axis */
  at: (number | null)[];
  /** the same numbers as text */
  texts: string[];
}

/** A curve to compare with. */
export interface Preset {
  name: string;
  kind: string;
  at: (number | null)[];
  /** the gradient at the first timestep, as text */
  end: string;
}

/** One cell's curves. */
export interface Row {
  name: string;
  about: string;
  curves: Curve[];
  presets: Preset[];
}

/** Powers of ten. */
export interface Axis {
  range: [number, number];
  ticks: [number, string][];
  /** smaller powers are drawn as vanished */
  vanished: number;
  /** larger ones as exploded */
  exploded: number;
}

/** All that is sent. */
export interface Data {
  rows: Row[];
  axis: Axis;
  words: Record<Word, string>;
}
