/**
 * What is looked at, in the address bar: at=<day>.<stage>, step=<step of the story>, unit=<unit>, way=back, beside
 * whatever else is there.
 */

/**
 * @typedef {{at: {step: number, stage: number}|null, step?: string|null, unit: number, backward: boolean}} Looked
 *   `at` null: at the start, nothing to say; `step` undefined: a story beside the stage writes it
 */

/** @param {string} search @param {Looked} looked */
export function withView(search, { at, step, unit, backward }) {
  const own = step === undefined ? /^(at|unit|way)(=|$)/ : /^(at|step|unit|way)(=|$)/;
  const others = search
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part && !own.test(part));
  const all = [
    ...others,
    at && `at=${at.step + 1}.${at.stage + 1}`,
    step && `step=${step}`,
    unit > 0 && `unit=${unit + 1}`,
    backward && "way=back",
  ].filter(Boolean);
  return all.length ? `?${all.join("&")}` : "";
}

/** @param {string} search @param {Record<string, string|null>} texts by name; null leaves a name out */
export function withTexts(search, texts) {
  const query = new URLSearchParams(search);
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) query.delete(name);
    else query.set(name, text);
  }
  return query.size ? `?${query}` : "";
}

/** @param {string} search */
const addressWith = (search) => `${location.pathname}${search}${location.hash}`;

/** A file, or the inside of a frame, has no address that leads back to what is looked at. */
const canWrite = () => location.protocol.startsWith("http");

/** @param {Looked} looked */
export function writeView(looked) {
  if (!canWrite()) return;
  const search = withView(location.search, looked);
  if (search !== location.search) history.replaceState(history.state, "", addressWith(search));
}

/** As an entry of the browser's history. @param {Record<string, string|null>} texts */
export function writeTexts(texts) {
  const search = withTexts(location.search, texts);
  if (search !== location.search) history.pushState({}, "", addressWith(search));
}
