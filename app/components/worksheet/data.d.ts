// Written by `make types` from app/components/worksheet/data.py: do not edit.

export type Word = "print" | "save" | "preview";

/** All that is sent. */
export interface Data {
  /** a whole document, which asks for nothing */
  html: string;
  /** of its file */
  name: string;
  words: Record<Word, string>;
}
