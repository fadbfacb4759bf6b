// Written by `make types` from app/components/scan/data.py: do not edit.

export type Word = "picture" | "play" | "pause" | "back" | "on" | "scrubber" | "difference" | "timestep";

/** A timestep after a round, or of the loop. */
export interface Node {
  /** the first timestep that it includes */
  first: number;
  /** what it multiplies the state before those by, a line for each part; empty if there is none */
  factor: string[];
  /** what it adds: the state itself, where it includes all timesteps */
  state: string[];
  /** how it is computed */
  said: string;
}

/** What a round leaves of every timestep. */
export interface Row {
  name: string;
  note: string;
  nodes: Node[];
}

/** All that is sent. */
export interface Data {
  /** before the first round and after each; none of a cell that cannot be scanned */
  rows: Row[];
  loop: Row;
  /** what every timestep reads */
  inputs: string[];
  /** after every tick of the clock, from 0: what has happened */
  told: string[];
  role: string;
  words: Record<Word, string>;
}
