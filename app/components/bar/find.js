/** The search box: a combobox whose list leads to places. */

import { button, el, icon, put } from "../base/element.js";
import { go } from "./navigate.js";
import { found } from "./search.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Place} Place */

const GLASS = ["M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L20 20"];
const CROSS = ["M6 6l12 12M18 6L6 18"];

/** @param {Place} place @param {number} k @param {() => void} choose */
const option = (place, k, choose) =>
  el(
    "li",
    { id: `gw-found-${k}`, role: "option", "aria-selected": "false", onclick: choose },
    el("span", {}, place.name),
    el("small", {}, place.within),
  );

/** @param {() => Data} data what was sent last */
export function search(data) {
  const { words } = data();
  /** @type {Place[]} */
  let results = [];
  let active = -1;
  const list = el("ul", { id: "gw-found", role: "listbox", "aria-label": words.find, hidden: true });
  const none = el("p", { role: "status" });
  const input = el("input", {
    type: "text",
    role: "combobox",
    "aria-label": words.find,
    "aria-autocomplete": "list",
    "aria-controls": "gw-found",
    "aria-expanded": "false",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: words.find_what,
    oninput: update,
    onkeydown: key,
    onblur: () => setTimeout(close, 150),
  });
  const box = el("div", { class: "gw-box" }, icon(GLASS), input, list, none);
  const opener = button(words.find, open, { class: "gw-opener", named: true }, icon(GLASS));
  const closer = button(words.close, close, { class: "gw-closer", named: true }, icon(CROSS));
  box.append(closer);
  const root = el("div", { class: "gw-find", role: "search" }, opener, box);

  function open() {
    root.dataset.open = "true";
    input.focus();
  }

  function close() {
    input.value = "";
    delete root.dataset.open;
    show([]);
  }

  function update() {
    show(found(data().places, input.value));
    none.textContent = input.value.trim() && !results.length ? data().words.no_results : "";
  }

  /** @param {Place[]} places */
  function show(places) {
    results = places;
    list.replaceChildren(...places.map((place, k) => option(place, k, () => choose(place))));
    list.hidden = !places.length;
    none.textContent = "";
    put(input, { "aria-expanded": String(places.length > 0) });
    select(places.length ? 0 : -1);
  }

  /** @param {number} k */
  function select(k) {
    active = k;
    [...list.children].forEach((item, n) => put(item, { "aria-selected": String(n === k) }));
    put(input, { "aria-activedescendant": k < 0 ? null : `gw-found-${k}` });
    list.children[k]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Place} place */
  function choose(place) {
    close();
    input.blur();
    go(place.href);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    event.stopPropagation(); // a stage on the page has shortcuts
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && results.length) {
      event.preventDefault();
      select((active + step + results.length) % results.length);
    } else if (event.key === "Enter" && results[active]) choose(results[active]);
    else if (event.key === "Escape") {
      close();
      opener.focus();
    }
  }

  return root;
}
