// Written by `make types` from app/components/valve/data.py: do not edit.

export type Point = [number, number];

/** A function at every place the dot can have. */
export interface Valve {
  title: string;
  symbol: string;
  /** the place the dot has at first */
  start: number;
  points: Point[];
  /** where the curve comes from */
  floor: number;
  /** the argument at each place, as text */
  inputs: string[];
  /** the value */
  outputs: string[];
  /** the value in percent */
  percent: string[];
}

/** What is printed beside the numbers. */
export interface Words {
  /** as in "{percent}% open" */
  open: string;
  /** what the dot is for */
  drag: string;
}

/** All that is sent. */
export interface Data {
  valves: Valve[];
  words: Words;
}
