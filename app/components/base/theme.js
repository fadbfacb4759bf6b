/** Light or dark, as the page around the stage is. */

const PROBE = "gw-probe";

/**
 * Replaces what a root holds. Its probe stays where it is: one that is put in anew tells nothing of a change under way.
 * @param {HTMLElement} root @param {...(Node|string)} children
 */
export function redrawn(root, ...children) {
  for (const child of [...root.childNodes])
    if (!(child instanceof HTMLElement && child.className === PROBE)) child.remove();
  root.append(...children);
}

/**
 * Streamlit hands its theme down as CSS custom properties and changes them in place. A probe takes the background's
 * colour; its transition tells when that colour changes.
 * @param {HTMLElement} root @param {() => void} [changed] it has become another one
 */
export function followTheme(root, changed = () => {}) {
  const probe = document.createElement("div");
  probe.className = PROBE;
  probe.setAttribute("aria-hidden", "true");
  Object.assign(probe.style, {
    position: "absolute",
    width: "0",
    height: "0",
    background: "var(--st-background-color)",
    transition: "background-color 1ms",
  });
  root.append(probe);
  const read = () => {
    if (document.documentElement.dataset.look === "print") return void (root.dataset.theme = "print"); // saved so
    const [r, g, b] = (getComputedStyle(probe).backgroundColor.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number);
    root.dataset.theme = 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
  };
  probe.addEventListener("transitionend", () => {
    const before = root.dataset.theme;
    read();
    if (root.dataset.theme !== before) changed();
  });
  read();
  return { read };
}
