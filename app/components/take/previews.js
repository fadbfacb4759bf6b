/** What each card will give, in little, with this reader's numbers. */

import { el } from "../base/element.js";
import { fixed, repr } from "../base/format.js";
import { filled } from "../base/format.js";
import { svg } from "../base/svg.js";
import { changed } from "./contents.js";

/**
 * @typedef {import("./cards.js").Host} Host
 * @typedef {import("./showing.js").Facet} Facet
 * @typedef {{host: Host, look: import("./showing.js").Look, drawn: string, at: number}} Given
 *   `drawn`: the picture as SVG; `at`: which series the files are of
 * @typedef {(given: Given) => Node} Preview
 */

/** @param {string} text an SVG of ours */
export function svgOf(text) {
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  documentElement.querySelectorAll("style").forEach((style) => style.remove()); // the page has its fonts
  return document.importNode(documentElement, true);
}

/** Of a run: the values that its stages compute, their numbers, how one is written. @param {Given} given */
function numbersOf({ host: { shown, settings }, at }) {
  const facet = shown.covered ? shown.facets[at] : shown.values[at];
  const names = [...new Set(facet.layout.stages.map(({ value }) => value))].filter(
    (name) => name in facet.series[at].values,
  );
  const { values } = facet.series[at];
  const write = (/** @type {number} */ value) =>
    settings.digits === null ? repr(value) : fixed(value, settings.digits);
  return { facet, names, values, write, steps: values.x.length };
}

/** A value's role, or that of the gate a weight belongs to. @param {Facet} facet @param {string} name */
const roleOf = ({ layout }, name) =>
  layout.roles[name.replace(/^[A-Za-z]+_/, "").replace(/\[.*/, "")] ?? layout.roles[name] ?? "b";

/** @param {Facet} facet @param {string} weight @param {string} text */
const marked = (facet, weight, text) => el("mark", { class: `role-${roleOf(facet, weight)}` }, text);

/** @type {Preview} */
function link({ host: { shown, data }, at }) {
  const moved = changed(shown),
    facet = shown.facets[at];
  /** The numbers of a weight that was moved, underlined. @param {string} key @param {string} text */
  const parts = (key, text) =>
    text.split(/([,;:])/).map((piece) => {
      const found = Object.entries(moved).find(([name, value]) => name.endsWith(`_${key}`) && Number(piece) === value);
      return found ? marked(facet, found[0], piece) : piece;
    });
  const said = data.own ? [] : [...new URLSearchParams(location.search)]; // no link holds a file
  const query = said.flatMap(([key, text], k) => [k ? "&" : "?", `${key}=`, ...parts(key, text)]);
  const path = location.pathname.split("/").pop() ?? "";
  return el("code", {}, `${location.host}/`, el("b", {}, path), ...query);
}

/** @type {Preview} */
function picture({ drawn }) {
  const shown = svgOf(drawn);
  const ground = shown.querySelector("rect")?.getAttribute("fill") ?? "";
  return el("div", { style: `background: ${ground}` }, shown);
}

/** @type {Preview} */
const page = ({ drawn, host: { data } }) =>
  el(
    "div",
    { class: "gw-take-window" },
    el("p", {}, el("i"), el("i"), el("i"), `file:///${data.stem}.html`),
    svgOf(drawn),
  );

/** The formula of a value as a spreadsheet writes it. @param {Facet} facet @param {string} name */
function formulaOf({ formulas }, name) {
  const { function: outer, terms } = formulas[name];
  const sum = terms
    .map(
      ({ sign, factors }) =>
        (sign < 0 ? "-" : "+") + factors.map(({ parameter, value }) => parameter ?? value).join("*"),
    )
    .join("")
    .replace(/^\+/, "");
  const around = /** @type {Record<string, string>} */ ({ sigmoid: `1/(1+EXP(-(${sum})))`, tanh: `TANH(${sum})` });
  return `=${around[outer ?? ""] ?? sum}`;
}

/** @type {Preview} */
function spreadsheet(given) {
  const { facet, names, values, write, steps } = numbersOf(given);
  const { step, stage } = given.host.shown.place;
  const at = Math.min(step, steps - 1),
    lit = facet.layout.stages[Math.min(stage, facet.layout.stages.length - 1)].value;
  const from = Math.max(0, Math.min(at - 2, steps - 3));
  const columns = [from, from + 1, from + 2].filter((k) => k < steps);
  const first = Math.max(0, Math.min(names.indexOf(lit) - 1, names.length - 3));
  const rows = names
    .slice(first, first + 3)
    .map((name) =>
      el(
        "tr",
        {},
        el("th", { class: `role-${roleOf(facet, name)}` }, name),
        ...columns.map((k) => el("td", { "data-lit": name === lit && k === at ? "" : null }, write(values[name][k]))),
      ),
    );
  const letters = el("tr", {}, el("th"), ...columns.map((k) => el("td", {}, String.fromCharCode(68 + (k % 20)))));
  const formula = formulaOf(facet, names.includes(lit) ? lit : names[0]);
  return el(
    "div",
    {},
    el("p", { class: "gw-take-formula" }, el("i", {}, "fx"), ` ${formula}`),
    el("table", {}, letters, ...rows),
  );
}

/** A table to be filled in: the input and the first step stand there. @type {Preview} */
function worksheet(given) {
  const { facet, names, values, write, steps } = numbersOf(given);
  const columns = Array.from({ length: Math.min(steps, 4) }, (_, k) => k);
  const rows = ["x", ...names]
    .slice(0, 4)
    .map((name) =>
      el(
        "tr",
        {},
        el("th", { class: `role-${roleOf(facet, name)}` }, name),
        ...columns.map((k) => (k && name !== "x" ? el("td") : el("td", { "data-given": "" }, write(values[name][k])))),
      ),
    );
  return el(
    "div",
    {},
    el("table", {}, el("tr", {}, el("th"), ...columns.map((k) => el("td", {}, `${k + 1}`))), ...rows),
  );
}

/** @type {Preview} */
function numbers(given) {
  const { names, values, write, steps } = numbersOf(given);
  const shown = ["x", ...names].slice(0, given.host.settings.digits === null ? 1 : 4);
  const rows = Array.from(
    { length: Math.min(steps, 5) },
    (_, k) => [k + 1, ...shown.map((name) => write(values[name][k]).replace("−", "-"))].join(",") + ",…",
  );
  return el("pre", {}, [`step,${shown.join(",")},…`, ...rows].join("\n"));
}

/** @type {Preview} */
function program(given) {
  const { host, at } = given;
  const { facet, names, values, write, steps } = numbersOf(given);
  const moved = changed(host.shown);
  const own = Object.keys(moved)[0];
  const gate = own ? roleGate(facet, own) : undefined;
  const name = gate && gate in facet.formulas ? gate : names[0];
  const { function: outer, terms } = facet.formulas[name];
  const called = /** @type {Record<string, string>} */ ({ sigmoid: "σ" });
  const factors = terms.flatMap(({ factors }, k) => [
    k ? " + " : "",
    ...factors.flatMap(({ parameter, value }, n) => [n ? "·" : "", parameter ? weight(parameter) : (value ?? "")]),
  ]);
  /** @param {string} parameter */
  function weight(parameter) {
    const value = facet.controls.weights[parameter];
    if (value === undefined) return parameter;
    const text = String(value).replace("-", "−");
    return parameter in moved
      ? marked(facet, parameter, text)
      : el("span", { class: `role-${roleOf(facet, parameter)}` }, text);
  }
  const output = facet.graph.output;
  const last = write(values[output][steps - 1]);
  const code = [`${name} = ${called[outer ?? ""] ?? outer ?? ""}(`, ...factors, ")\n…\n"];
  const said = filled(host.data.words.prints, () => last);
  return el(
    "pre",
    {},
    el("b", {}, `class ${facet.series[at].cell.split("+")[0].toUpperCase()}`),
    "\n  ",
    ...code,
    el("i", {}, `# ${said}`),
  );
}

/** The value that a weight is summed for. @param {Facet} facet @param {string} weight */
const roleGate = ({ formulas, layout }, weight) =>
  layout.stages
    .map(({ value }) => value)
    .find((name) => formulas[name]?.terms.some(({ factors }) => factors.some(({ parameter }) => parameter === weight)));

/** @type {Preview} */
function notebook(given) {
  const { facet, names, values, steps } = numbersOf(given);
  const all = names.flatMap((name) => values[name]).filter((value) => !Number.isNaN(value));
  const [low, high] = [Math.min(0, ...all), Math.max(1, ...all)];
  const plot = svg("svg", { viewBox: "0 0 200 56", preserveAspectRatio: "none" });
  for (const name of names) {
    const points = values[name].flatMap((value, k) =>
      Number.isNaN(value) // it is covered
        ? []
        : [`${(200 * k) / Math.max(1, steps - 1)},${54 - (52 * (value - low)) / (high - low)}`],
    );
    const line = svg(
      "polyline",
      { points: points.join(" "), class: `role-${roleOf(facet, name)}`, fill: "none" },
      plot,
    );
    line.style.stroke = "var(--line)";
  }
  return el("div", {}, el("pre", {}, "[1] import numpy as np\n[2] for step, x in enumerate(…)"), plot);
}

/** By card. @type {Record<string, Preview>} */
export const previews = { link, picture, page, spreadsheet, worksheet, numbers, program, notebook };
