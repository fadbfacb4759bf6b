// Written by `make types` from app/components/overview/data.py: do not edit.

/** One value of every unit at every step. */
export interface Quantity {
  /** "c" */
  name: string;
  /** "cell state" */
  title: string;
  /** "cell" */
  short: string;
  /** by which it has its hue */
  role: string;
  /** what the scale's ends stand for */
  low: number;
  high: number;
  /** from 0 to 1 */
  gate: boolean;
  /** float16 in base64: steps by units */
  numbers: string;
  /** the same of what is beside it; "" for nothing */
  other: string;
  /** what the end of the scale of the difference stands for */
  apart: number;
}

/** One way to sort the units. */
export interface Order {
  name: string;
  title: string;
  /** from the first to the last */
  units: number[];
  /** by unit */
  scores: number[];
  /** what a score is called, with {score} */
  score: string;
  /** the input that it is about */
  input: number | null;
}

/** What is read, over the same steps. */
export interface Curve {
  title: string;
  numbers: number[];
}

/** What is looked at. */
export interface Place {
  unit: number;
  /** of the window, from 0 */
  step: number;
  value: string;
}

/** All that is sent. */
export interface Data {
  /** what a reader chose stays while this is the same */
  key: string;
  title: string;
  units: number;
  steps: number;
  /** the number of the first step */
  first: number;
  /** whether the stage plays from the last step to the first */
  backward: boolean;
  quantities: Quantity[];
  /** what is compared, if anything is: A and B */
  beside: string[];
  /** the quantity of the map */
  chosen: string;
  orders: Order[];
  inputs: Curve[];
  at: Place;
  /** a token: what follows from a place is asked for by it */
  answers: string;
  words: Record<string, string>;
}
