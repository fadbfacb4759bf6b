/** From page to page without loading the course anew, and to a place on a page. */

const PATIENCE = 10_000; // ms for a page to draw the place that was asked for
const COURSE = ["lang", "teach"]; // settings of the whole course, which an address keeps
const LINKS = ".gw-link, .gw-term a"; // what moves within the course
const MARK = "data-found";

/** Open an address of the course: one entry of the browser's history, which holds the page that is left as it was.
 * @param {string} href */
export function go(href) {
  const address = new URL(href, document.baseURI);
  for (const name of COURSE) {
    const set = new URLSearchParams(location.search).get(name);
    if (set && !address.searchParams.has(name)) address.searchParams.set(name, set);
  }
  if (address.href === location.href) reveal();
  else {
    history.pushState({}, "", address);
    dispatchEvent(new PopStateEvent("popstate")); // by which Streamlit reads the address, page and settings
  }
}

/** The element that a fragment names: by its id, or a heading by its text.
 * @param {string} name @returns {HTMLElement|null|undefined} */
function placed(name) {
  /** @type {NodeListOf<HTMLElement>} */
  const headings = document.querySelectorAll("h2, h3, summary p");
  return document.getElementById(name) ?? [...headings].find((one) => one.textContent?.trim() === name);
}

/** What ends the search for a place: the reader does something, or the page has long been drawn. */
const ACTS = ["pointerdown", "wheel", "touchstart", "keydown"];
let stop = () => {};

/** Bring into view, marked, what the address's fragment names, as soon as the page has it and while it still grows. */
export function reveal() {
  stop();
  for (const marked of document.querySelectorAll(`[${MARK}]`)) marked.removeAttribute(MARK);
  const name = decodeURIComponent(location.hash.slice(1));
  if (!name) return;
  const observer = new MutationObserver(() => show(name));
  observer.observe(document.body, { childList: true, subtree: true });
  const grown = new ResizeObserver(() => show(name));
  for (const part of document.querySelectorAll(".stMainBlockContainer > *")) grown.observe(part);
  const timer = setTimeout(() => stop(), PATIENCE);
  stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    grown.disconnect();
    for (const act of ACTS) removeEventListener(act, stop, true);
  };
  for (const act of ACTS) addEventListener(act, stop, true);
  show(name);
}

/** @param {string} name */
function show(name) {
  const element = placed(name);
  if (!element) return;
  /** @type {HTMLElement|null|undefined} */
  const fold = element.closest("details:not([open])")?.querySelector("summary");
  if (fold) {
    fold.click(); // Streamlit opens it, and the page grows
    return;
  }
  element.scrollIntoView({ block: "center" });
  if (element.hasAttribute(MARK) || !element.checkVisibility()) return;
  element.setAttribute(MARK, "");
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement && one.matches(LINKS));
  const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!(link instanceof HTMLAnchorElement) || !plain || event.defaultPrevented) return;
  event.preventDefault();
  go(link.href);
}

let following = false;

/** Have links of the course, wherever they are, move within it. */
export function followLinks() {
  if (following) return;
  following = true;
  document.addEventListener("click", follow);
  addEventListener("popstate", reveal);
  reveal();
}
