/** The stage's keys, for as long as it has the focus and nobody is typing. */

/** @typedef {import("../types.js").Actions} Actions */

/**
 * @param {HTMLElement} root @param {Actions} actions
 * @param {() => {stages: number, unit: number, follows: boolean}} now `follows`: a teacher moves it
 */
export function listenToKeys(root, actions, now) {
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const keys = {
    " ": () => actions.play(),
    ArrowLeft: ({ shiftKey }) => (shiftKey ? actions.moveDays(-1) : actions.move(-1)),
    ArrowRight: ({ shiftKey }) => (shiftKey ? actions.moveDays(1) : actions.move(1)),
    ArrowUp: () => actions.unit(now().unit - 1),
    ArrowDown: () => actions.unit(now().unit + 1),
    Home: () => actions.ends(false),
    End: () => actions.ends(true),
    Enter: () => actions.read(),
    ",": () => actions.slower(),
    ".": () => actions.faster(),
  };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || now().follows) return;
    const target = event.composedPath()[0];
    if (target instanceof HTMLInputElement) return;
    if ([" ", "Enter"].includes(event.key) && target instanceof HTMLElement && target.matches("button, [role=button]"))
      return; // a button's own keys
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    const act = digit && digit <= now().stages ? () => actions.jump(digit - 1) : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
  });
}
