// Written by `make types` from app/components/class_room/data.py: do not edit.

/** A lesson to go to. */
export interface Lesson {
  key: string;
  title: string;
  href: string;
}

/** A class's code, and the address where students join as a QR code. */
export interface Code {
  code: string;
  link: string;
  /** of dark (1) and light (0) modules, the quiet zone included */
  rows: string[];
}

/** All that is sent. */
export interface Data {
  /** the one that is open, or nothing */
  lesson: string;
  /** the page is shown by a teacher */
  teach: boolean;
  lessons: Lesson[];
  qr: Code | null;
  words: Record<string, string>;
}

/** What the page to join has. */
export interface Join {
  words: Record<string, string>;
}
