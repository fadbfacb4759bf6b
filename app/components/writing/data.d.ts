// Written by `make types` from app/components/writing/data.py: do not edit.

/** A network that writes. */
export interface SentNetwork {
  /** another one of other weights */
  key: string;
  /** its alphabet */
  letters: string[];
  /** float32 in base64: the arrays of `shapes`, one after the other */
  weights: string;
  /** by name: those of its cell, W_y and b_y */
  shapes: Record<string, number[]>;
}

/** One of some options. */
export interface Source {
  key: string;
  title: string;
}

/** What an address asks for. */
export interface Asked {
  /** the text that is given */
  begin: string;
  /** what was written before anything else was chosen */
  kept: string;
  /** letters that were written since */
  count: number;
  draw: number;
  temperature: number;
  /** from 0 */
  unit: number | null;
  /** from 0 */
  letter: number | null;
}

/** A unit that follows a feature of the text: found, and how closely. */
export interface Watched {
  name: string;
  unit: number;
  r: number;
}

/** All that is sent. */
export interface Data {
  network: SentNetwork;
  /** of its cell, without the weights */
  scene: import("../../stage/scene.js").SentScene;
  /** what networks have learned from */
  sources: Source[];
  kinds: Source[];
  /** key of the one on show */
  source: string;
  kind: string;
  facts: string;
  /** found in text that it has not learned from */
  watched: Watched[];
  /** what each unit follows most, found there too: those of one feature together */
  every: Watched[];
  /** what is given unless an address asks for another text */
  begin: string;
  /** the same */
  temperature: number;
  /** letters that are written, unless the address says otherwise */
  count: number;
  asked: Asked;
  words: Record<string, string>;
  /** token under which the server is told what the address says */
  answers: string;
}
