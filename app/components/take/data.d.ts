// Written by `make types` from app/components/take/data.py: do not edit.

/** A file that the server makes. */
export interface Kind {
  /** "csv" */
  key: string;
  /** on its button */
  text: string;
}

/** One way to take something along. */
export interface Card {
  key: string;
  title: string;
  about: string;
  kinds: Kind[];
}

/** All that is sent. */
export interface Data {
  /** what is asked of the server is posted to it */
  token: string;
  words: Record<string, string>;
  cards: Card[];
  language: string;
  /** by their codes, what they are called */
  languages: Record<string, string>;
  /** of the page */
  title: string;
  /** what files are called */
  stem: string;
  /** a reader's own model: no link holds it */
  own: boolean;
  /** where the panel's script is */
  panel: string;
  /** and what makes moving pictures */
  film: string;
}

/** What the browser asks for: a file of one series, or with none what there is of each. */
export interface Wanted {
  /** of `Kind.key`; or "offers", "words", "qr" */
  file: string;
  series: string;
  /** as in a commit */
  controls: object;
  language: string;
  /** decimals; None for all */
  digits: number | null;
  /** the page's, for a QR code */
  address: string;
}

/** A scene's words in another language. */
export interface Words {
  /** by the cell's key */
  cells: Record<string, Record<string, string>>;
  /** of series */
  names: Record<string, string>;
  title: string;
}
