// Written by `make types` from app/components/prediction/data.py: do not edit.

export type Option = [string, string];

/** All that is sent. */
export interface Data {
  /** of the question */
  name: string;
  text: string;
  /** with what each is called */
  options: Option[];
  /** which of them, for a teacher; -1 for others */
  right: number;
  /** why, for a teacher */
  reveal: string;
  /** the key of the page's part with it */
  place: string;
  /** whether the reader has answered it */
  guessed: boolean;
}
