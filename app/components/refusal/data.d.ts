// Written by `make types` from app/components/refusal/data.py: do not edit.

/** All that is sent. */
export interface Data {
  /** what the file is */
  title: string;
  /** a reader's words */
  name: string;
}
