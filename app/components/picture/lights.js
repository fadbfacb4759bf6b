/**
 * A part of a picture that is pointed at, focused or chosen lights all parts that it lists in `data-lights`. The parts
 * are one tab stop; arrow keys go from one to the next, or to the row above or below (`data-row` parts each).
 */

/** @param {Element} picture */
export function lights(picture) {
  const parts = [...picture.querySelectorAll("[data-part]")];
  /** @type {Element|null} */
  let chosen = null;

  /** @param {Event} event */
  const partOf = (event) => (event.target instanceof Element ? event.target.closest("[data-part]") : null);

  /** @param {Element|null} part */
  function light(part) {
    const lit = new Set(part?.getAttribute("data-lights")?.split(" "));
    picture.classList.toggle("lighting", part !== null);
    for (const each of parts) each.classList.toggle("lit", lit.has(each.getAttribute("data-part") ?? ""));
  }

  /** @param {Element|null} part */
  function choose(part) {
    chosen = part === chosen ? null : part;
    for (const each of parts) each.setAttribute("aria-pressed", String(each === chosen));
    light(chosen);
  }

  for (const name of ["pointerover", "focusin"]) {
    picture.addEventListener(name, (event) => light(partOf(event) ?? chosen));
  }
  for (const name of ["pointerleave", "focusout"]) picture.addEventListener(name, () => light(chosen));
  picture.addEventListener("click", (event) => choose(partOf(event)));

  const row = Number(picture.querySelector("[data-row]")?.getAttribute("data-row"));
  /** @type {Record<string, number>} */
  const ways = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: row, ArrowDown: -row };
  picture.addEventListener("keydown", (event) => {
    const part = partOf(event);
    if (!(event instanceof KeyboardEvent) || !part) return;
    const pressed = event.key === "Enter" || event.key === " ";
    if (!pressed && !(event.key in ways)) return;
    event.preventDefault();
    if (pressed) return choose(part);
    const next = parts[parts.indexOf(part) + ways[event.key]];
    if (!(next instanceof SVGElement)) return;
    for (const each of parts) each.setAttribute("tabindex", each === next ? "0" : "-1");
    next.focus();
  });
}
