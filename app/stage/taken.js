/** What a reader takes along of the stage, as it is now. */

import { createReel } from "./reel.js";

/**
 * @typedef {import("./page_file.js").State} State
 * @typedef {Pick<import("./shell.js").Parts, "root"|"playback"|"selection"|"annotations"|"controls">} Parts
 */

/** @param {Omit<Parts, "root">} parts @returns {State} */
export function stateNow({ playback, selection, annotations, controls }) {
  const at = playback.playhead.address();
  return {
    controls: controls.now(),
    at: at && [at.step + 1, at.stage + 1],
    ...selection.selected(),
    covers: annotations.covers(),
  };
}

/** @param {Parts} parts @returns {Omit<import("../components/take/showing.js").Showing, "scene">} */
export function taken(parts) {
  const { root, playback, selection, annotations } = parts;
  const facets = selection.facets();
  return {
    root,
    facets,
    values: selection.forward(),
    state: stateNow(parts),
    place: playback.playhead.place(),
    covered: annotations.hiding(),
    reel(look) {
      return createReel(root, facets, { ...selection.view(), position: playback.playhead.position() }, look);
    },
  };
}
