/** A text that is written: what a reader does with it. */

import { wordsOf } from "../base/words.js";
import { createMemory, textsOf, write } from "./address.js";
import { createDraft } from "./draft.js";
import { networkOf } from "./network.js";
import { createShown } from "./shown.js";

/**
 * @typedef {import("./data.js").Data} Data
 * @typedef {{send: (name: string, value: unknown) => void, announce: (text: string) => void, token: () => string}} Host
 *   `token`: see `createMemory`
 * @typedef {ReturnType<typeof createShown>} Shown
 * @typedef {{unit: number, letter: number}} Place
 */

const PACE = 200; // ms a letter
const STILL = 1400; // ms a line, with reduced motion
const WIDE = 80; // letters of a line at most
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * How the text goes on after the letter that is looked at.
 * @param {import("./draft.js").Draft} draft @param {Place} at @param {() => Shown} shown
 */
function createWriting(draft, at, shown) {
  const { text } = draft.reading;
  let playing = 0;
  /** @param {(written: number, letter: string) => boolean} ends @returns {boolean} whether there was room */
  function until(ends) {
    let room = true,
      written = 0;
    draft.fork(at.letter);
    do {
      room = draft.write(1) === 1;
      written += Number(room);
    } while (room && !ends(written, draft.letterAt(text.length - 1)));
    at.letter = text.length - 1;
    shown().draw();
    if (room) shown().flash();
    return room;
  }
  const letter = () => until(() => true);
  const line = () => until((written, last) => last === "\n" || written >= WIDE);
  function stop() {
    clearInterval(playing);
    playing = 0;
  }
  return {
    letter,
    line,
    stop,
    playing: () => playing > 0,
    /** @param {() => void} ended @param {() => void} goes on, once a second or a line */
    play(ended, goes) {
      const lines = still();
      let count = 0;
      playing = window.setInterval(
        () => {
          if (!(lines ? line() : letter())) return ended();
          count += 1;
          if (lines || (count * PACE) % 1000 === 0) goes();
        },
        lines ? STILL : PACE,
      );
      shown().draw();
    },
  };
}

/** @param {Data} data @param {import("./draft.js").Draft} draft @param {Host} host @param {() => Shown} shown */
function createAddress(data, draft, host, shown) {
  const memory = createMemory(host.token);
  const texts = () => textsOf(draft.now, data.begin, { count: data.count, draw: 1, temperature: data.temperature });
  return {
    ...memory,
    texts,
    /** The text and the place that is shown are written there. @param {boolean} [entry] of the browser's history */
    settle(entry = false) {
      write(texts(), entry);
      shown().settle();
      memory.note();
    },
    /** The server takes it into the address: a network is another one, or a beginning is judged. */
    choose(/** @type {Partial<{source: string, kind: string}>} */ to) {
      const { source, kind } = { source: data.source, kind: data.kind, ...to };
      shown().load(source !== data.source || kind !== data.kind);
      host.send("choice", { n: Date.now(), source, kind, texts: texts() });
    },
  };
}

/** @param {Data} data @param {Host} host */
export function createWriter(data, host) {
  const word = wordsOf(data.words);
  const network = networkOf(data.network, JSON.parse(Object.values(data.scene.cells)[0].still).graph);
  const draft = createDraft(network, data.asked);
  const last = () => draft.reading.text.length - 1;
  const at = { unit: 0, letter: last() };
  const writing = createWriting(draft, at, () => shown);
  const address = createAddress(data, draft, host, () => shown);

  const tell = () => host.announce(shown.live());
  /** What is done is put into the address. @param {() => void} change @param {boolean} [entry] of the history */
  function act(change, entry = false) {
    writing.stop();
    change();
    address.settle(entry);
    tell();
  }
  /** @param {() => void} change of the whole text */
  function changed(change) {
    change();
    at.letter = last();
    shown.draw();
  }
  /** @param {Partial<Place>} to */
  function look(to) {
    act(() => {
      Object.assign(at, to);
      at.letter = Math.min(last(), Math.max(0, at.letter));
      shown.draw();
    });
  }
  const pause = () => act(() => shown.draw());
  const shown = createShown(data, word, network, draft, at, {
    look,
    /** The stage has come there by itself. */
    came(unit, letter) {
      writing.stop();
      Object.assign(at, { unit, letter });
      shown.drawText();
      address.note();
    },
    playing: writing.playing,
    warm(temperature) {
      draft.warm(temperature);
      shown.drawOdds();
    },
    rest: () => address.settle(true),
    choose(to) {
      writing.stop();
      address.choose(to);
    },
    begin(typed) {
      writing.stop();
      changed(() => draft.open({ ...draft.now, begin: typed || data.begin, kept: "", count: 0 }));
    },
    play: () => (writing.playing() ? pause() : writing.play(pause, address.settle)),
    letter: () => act(writing.letter),
    line: () => act(writing.line),
    start: () => act(() => changed(draft.fromStart), true),
    draw: () => act(() => changed(() => draft.redraw(draft.now.draw + 1)), true),
  });
  return {
    root: shown.root,
    /** Once it is in the page. */
    begin() {
      at.unit = data.asked.unit ?? data.watched[0]?.unit ?? 0;
      at.letter = Math.min(last(), data.asked.letter ?? last());
      shown.begin();
      shown.draw();
    },
    /** What another address asks for. @param {Data["asked"]} asked */
    open({ unit, letter, ...rest }) {
      writing.stop();
      draft.open(rest);
      at.unit = unit ?? at.unit;
      at.letter = Math.min(last(), letter ?? last());
      shown.draw();
      address.note();
    },
    /** The server has answered, and this network stays. */
    stay: () => shown.load(false),
    end() {
      writing.stop();
      address.end();
      shown.end();
    },
  };
}
