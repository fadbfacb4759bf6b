// Written by `make types` from app/components/live_slider/data.py: do not edit.

export type Word = "typed" | "error.number" | "error.whole" | "error.range";

/** Where it can be. */
export interface Places {
  low: number;
  high: number;
  step: number;
  /** the values, where they are no range of numbers; places are then counted from 0 */
  options: string[] | null;
}

/** All that is sent. */
export interface Data {
  /** of the setting */
  name: string;
  label: string;
  places: Places;
  /** the value, as the address has it */
  text: string;
  /** the number of the last request that has been answered */
  handled: number | null;
  /** whether values are sent while it moves, or when it rests alone */
  live: boolean;
  disabled: boolean;
  words: Record<Word, string>;
}
