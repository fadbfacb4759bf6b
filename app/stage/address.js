/** The playhead in the address bar: at=<day>.<stage>, written beside whatever else stands there. */

/** @param {string} search @param {{step: number, stage: number}|null} place null: at the start, nothing to say */
export function withPlayhead(search, place) {
  const others = search.replace(/^\?/, "").split("&").filter((part) => part && !/^at(=|$)/.test(part));
  const all = place ? [...others, `at=${place.step + 1}.${place.stage + 1}`] : others;
  return all.length ? `?${all.join("&")}` : "";
}

/** @param {{step: number, stage: number}|null} place */
export function writePlayhead(place) {
  const search = withPlayhead(location.search, place);
  if (search !== location.search) history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
}
