/** The cards of terms in the lessons' words: Esc closes one, and none leaves the screen. */

const EDGE = 12; // px between a card and the edge of the screen

/** @param {EventTarget|null} target */
const termOf = (target) => (target instanceof Element ? target.closest(".gw-term") : null);

/** Keep a term's card within the screen. @param {Element} term */
function place(term) {
  const card = /** @type {HTMLElement} */ (term.querySelector('[role="tooltip"]'));
  card.style.translate = "none";
  const { left, right } = card.getBoundingClientRect();
  const over = Math.max(0, right + EDGE - document.documentElement.clientWidth);
  card.style.translate = `${-Math.min(over, Math.max(0, left - EDGE))}px 0`;
}

/** @param {Event} event */
function opened({ target }) {
  const term = termOf(target);
  if (term) place(term);
}

/** @param {KeyboardEvent} event */
function dismiss(event) {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".gw-term:is(:hover, :focus-within)"))
    term.setAttribute("data-closed", "");
}

/** A card that was closed opens again once it is left. @param {Event} event */
function left({ target, type }) {
  const term = termOf(target);
  if (term && (type === "focusout" || target === term)) term.removeAttribute("data-closed");
}

export function followTerms() {
  document.addEventListener("pointerover", opened);
  document.addEventListener("focusin", opened);
  document.addEventListener("keydown", dismiss);
  document.addEventListener("focusout", left);
  document.addEventListener("pointerleave", left, { capture: true });
}
