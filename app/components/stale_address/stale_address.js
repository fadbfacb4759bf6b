/** Takes settings out of the address. */

/** An address's query without some names. @param {string} search @param {string[]} names */
export const without = (search, names) => {
  const kept = search
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part && !names.includes(decodeURIComponent(part.split("=")[0])));
  return kept.length ? `?${kept.join("&")}` : "";
};

/** @param {{data: {names: string[]}}} component */
export default function staleAddress({ data }) {
  const search = without(location.search, data.names);
  if (search !== location.search)
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  return () => {};
}
