// Written by `make types` from app/components/bar/data.py: do not edit.

/** A lesson, and how many tasks it has. */
export interface Lesson {
  key: string;
  title: string;
  href: string;
  tasks: number;
}

/** Something that the search finds: a page, or a part of one. */
export interface Place {
  name: string;
  href: string;
  kind: "lesson" | "place" | "term" | "part";
  /** other ways to write it */
  also: string[];
  /** what kind of place it is, or the title of the lesson that it is in */
  within: string;
}

/** What the bar says. */
export interface Words {
  home: string;
  /** as in "Lesson {n} of {total}" */
  place: string;
  /** as in "{n} of {total}" */
  short: string;
  lessons: string;
  glossary: string;
  worksheet: string;
  find: string;
  find_what: string;
  no_results: string;
  close: string;
  /** as in "{count} of {total} tasks" */
  done: string;
  opened: string;
}

/** All that is sent. */
export interface Data {
  /** the number of the lesson that is open, or 0 */
  here: number;
  home: string;
  glossary: string;
  /** of the lesson's cell */
  worksheet: string;
  lessons: Lesson[];
  places: Place[];
  words: Words;
}
