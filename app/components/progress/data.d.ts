// Written by `make types` from app/components/progress/data.py: do not edit.

/** A link to a lesson. */
export interface Lesson {
  key: string;
  title: string;
  href: string;
  /** how many it has */
  tasks: number;
}

/** What is printed beside the lessons. */
export interface Words {
  /** as in "{count} of {total} tasks" */
  done: string;
  clear: string;
  kept: string;
}

/** All that is sent: a task, or the lessons and words. */
export interface Data {
  /** `<lesson>.<task>` */
  done?: string;
  lessons?: Lesson[];
  words?: Words;
}
