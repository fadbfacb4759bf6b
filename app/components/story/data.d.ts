// Written by `make types` from app/components/story/data.py: do not edit.

export type Word = "script.again" | "script.back" | "script.challenge" | "script.count" | "script.label" | "script.less" | "script.lesson" | "script.more" | "script.next" | "script.predict" | "script.reset" | "script.short" | "task.done" | "task.open";

/** One step, its numbers filled in. */
export interface Step {
  id: string;
  title: string;
  text: string;
  /** what the button to the next step says */
  verb: string;
  /** what a reader may try here */
  practice?: string;
  /** what it speaks of, by the keys of parts of the page or of a component */
  light?: string[];
}

/** A task of the lesson, which stands further down. */
export interface Task {
  /** as the progress calls it */
  id: string;
  /** the page's part with it */
  part: string;
  title: string;
}

/** The lesson after this one. */
export interface Next {
  title: string;
  address: string;
}

/** All that is sent. */
export interface Data {
  /** of the lesson */
  title: string;
  steps: Step[];
  /** of each step, whether the page's settings are as it has them */
  there: boolean[];
  /** the step of the address, from 0 */
  at: number;
  /** the number of the last request that has been answered */
  handled: number | null;
  tasks: Task[];
  /** what comes after the last step */
  todo: "predict" | "lesson";
  next: Next | null;
  words: Record<Word, string>;
}
