/** What the stage watches: its own width, and whether it hides something. */

/**
 * Draws anew when the page around has given the stage another width.
 * @param {HTMLElement} root @param {() => void} fit to it @param {() => void} draw
 */
export function followWidth(root, fit, draw) {
  let width = root.clientWidth;
  const observer = new ResizeObserver(() => {
    if (root.clientWidth === width || !root.clientWidth) return;
    width = root.clientWidth;
    fit();
    draw();
  });
  fit();
  draw();
  observer.observe(root);
  return observer;
}

/**
 * Sends whether something is hidden, where that has changed: what is below the stage waits while it would give it away.
 * @param {() => boolean} hiding @param {(any: boolean) => void} send
 */
export function changesOf(hiding, send) {
  let told = false;
  return () => {
    if (hiding() === told) return;
    told = hiding();
    send(told);
  };
}

/**
 * Tells of every unit, timestep and stage that it comes to, once.
 * @param {(unit: number, step: number) => void} [tell]
 */
export function comings(tell) {
  let known = "";
  return (/** @type {{unit: number, step: number, stage: number}} */ { unit, step, stage }) => {
    const here = `${unit} ${step} ${stage}`;
    if (here === known) return;
    known = here;
    tell?.(unit, step);
  };
}
