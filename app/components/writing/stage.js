/** The cell of one unit on the stage: it shows the run of the text, and goes through a letter's step. */

import { el } from "../base/element.js";
import { adoptSheets } from "../base/mount.js";
import { unpackedScene } from "../../stage/series/unpack.js";
import { createShell } from "../../stage/shell.js";
import sheets from "../../stage/styles.js";

/**
 * @param {HTMLElement} host @param {import("./data.js").Data} data @param {import("./network.js").Network} network
 * @param {import("./network.js").Reading} reading @param {(letter: number) => string} shown
 * @param {{unit: number, letter: number}} place
 * @param {(unit: number, letter: number) => void} came the stage has come there by itself
 */
export function createStage(host, { scene, words }, { cell, shapes }, reading, shown, place, came) {
  adoptSheets(host, sheets);
  const root = el("div", { class: "gw" });
  host.append(root);
  const base = unpackedScene(scene);
  const [key] = Object.keys(base.cells);
  const parameters = Object.fromEntries(
    Object.entries(cell.parameters).map(([name, numbers]) => [name, { shape: shapes[name], numbers }]),
  );
  const cells = { [key]: { ...base.cells[key], sizes: cell.sizes, parameters } };
  /** The run as it is now. @param {number} unit */
  const arrived = (unit) => ({
    ...base,
    cells,
    unit,
    reads: reading.text.map((_, at) => shown(at)),
    series: [{ key: "x", name: words.series, cell: key, x: reading.x(), run: reading.run() }],
  });
  const first = { ...arrived(place.unit), at: /** @type {[number, number]} */ ([place.letter + 1, base.at?.[1] ?? 1]) };
  let telling = true;
  const shell = createShell(root, first, {
    came: (unit, step) => telling || came(unit, step),
    commit: () => {},
    unit: () => {},
    page: () => {},
    covering: () => {},
    scene: () => "",
  });
  telling = false;
  return {
    /** @param {{unit: number, letter: number}} to */
    show(to) {
      telling = true;
      shell.show(arrived(to.unit), to.unit, to.letter);
      telling = false;
    },
    /** It writes its place into the address. */
    settle: shell.writeAddress,
    end() {
      shell.destroy();
      root.remove();
    },
  };
}
