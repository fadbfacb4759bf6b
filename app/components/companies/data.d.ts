// Written by `make types` from app/components/companies/data.py: do not edit.

/** What a network reads, what it remembers after each day, and its answer. */
export interface Company {
  name: string;
  days: number[];
  memory: number[];
  answer: number;
}

/** What the picture says. */
export interface Words {
  question: string;
  reads: string;
  remembers: string;
  answers: string;
  day: string;
  /** under the days that are the same */
  same: string;
  /** what is asked of the last company */
  guess: string;
  /** the choices, by what they are near to: 0, a half, 1 */
  near: string[];
  right: string;
  wrong: string;
  /** why, with {first}: what was remembered after the first day */
  then: string;
  more: string;
  again: string;
  hidden: string;
}

/** All that is sent: a company whose answer is shown, and one whose answer is asked. */
export interface Data {
  companies: Company[];
  href: string;
  words: Words;
}
