// Written by `make types` from app/components/sentence/data.py: do not edit.

/** One reader of the words. */
export interface Row {
  name: string;
  /** how much of the full colour each word gets: 0…1, or −1…1 where there are two sides */
  strengths: number[];
  /** what is printed for each word */
  numbers: string[];
  note: string;
}

/** What the colours mean. */
export interface Scale {
  title: string;
  low: string;
  high: string;
  /** as in "word {n} of {total}" */
  word: string;
  /** where there are two of them */
  sides?: boolean;
  /** the note on unknown words */
  unknown?: string;
  /** the note on words whose numbers are not told yet */
  hidden?: string;
}

/** All that is sent. */
export interface Data {
  words: string[];
  rows: Row[];
  scale: Scale;
  /** the word that gets a frame */
  marked: number | null;
  /** the words that look unknown */
  unknown: number[];
  /** the words whose numbers are not told yet: they are hatched */
  hidden: number[];
  /** whether the rows' names are beside the words, which are blocks where there are many */
  beside: boolean;
}
