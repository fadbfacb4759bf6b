/** The stage on the page, told to whoever takes something of it along. */

/**
 * @typedef {import("../../stage/types.js").Facet} Facet
 * @typedef {{words?: import("./data.js").Words, theme: string, digits?: number}} Look
 *   how it is drawn there: in the words of another language; light, dark or print; decimals, else its own
 * @typedef {{scene: import("../../stage/types.js").SentScene, root: HTMLElement, facets: Facet[], values: Facet[],
 *   state: import("../../stage/page_file.js").State, covered: boolean, place: {step: number, stage: number},
 *   reel: (look: Look) => ReturnType<typeof import("../../stage/reel.js").createReel>}} Showing
 *   `values`: the run's, where `facets` may be its gradients; `covered`: something is;
 *   `place`: of the playhead, in the run
 */

/** @type {(() => Showing|null)|null} */
let asked = null;

/** A stage is on the page. @param {() => Showing|null} tell @returns {() => void} it has gone */
export function show(tell) {
  asked = tell;
  return () => {
    if (asked === tell) asked = null;
  };
}

/** As it is now; null where there is none. */
export const showing = () => asked && asked();
