// Written by `make types` from app/components/progress/data.py: do not edit.

/** A task that is done. */
export interface Done {
  /** `<lesson>.<task>` */
  done: string;
}

/** A link to a lesson, and what it asks of a reader. */
export interface Lesson {
  key: string;
  title: string;
  href: string;
  /** how many it has */
  tasks: number;
  /** what it is about */
  line: string;
  minutes: number;
  /** what is assumed, as in "after 4", or nothing */
  needs: string;
}

/** Lessons of one kind. */
export interface Group {
  title: string;
  hint: string;
  lessons: Lesson[];
}

/** What is printed beside the lessons. */
export interface Words {
  /** as in "{count} of {total} tasks" */
  tasks: string;
  opened: string;
  /** as in "{count} min" */
  minutes: string;
  /** as in "Begin: {title}" */
  begin: string;
  /** as in "Continue: {title}" */
  resume: string;
  /** for who comes first */
  fresh: string;
  /** as in "{count} of {total} lessons done, about {minutes} min left" */
  left: string;
  /** how the minutes are counted */
  how: string;
  clear: string;
  kept: string;
}

/** All lessons, in groups. */
export interface Course {
  groups: Group[];
  words: Words;
}
