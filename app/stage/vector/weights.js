/** The weights of many units, in place of the sliders: each matrix as a map, and one entry to be moved. */

import { button, el } from "../../components/base/element.js";
import { letter } from "../panels/maths.js";
import { createGroup, createRow } from "../panels/sliders.js";
import { matrixOf, nameOf, valueOf } from "../state/entries.js";
import { createMap } from "./map.js";
import { unitOf } from "../state/strips.js";
import { groupsOf } from "../state/weights.js";

/**
 * @typedef {import("../panels/panels.js").Context} Context
 * @typedef {import("../types.js").Facet} Facet
 * @typedef {import("../types.js").View} View
 * @typedef {import("../state/weights.js").Group} Group
 * @typedef {import("../state/entries.js").Entry} Entry
 */

/**
 * What an entry is called: which group's, from which unit or input to which.
 * @param {Context["word"]} word @param {Group[]} groups @param {Entry} entry @param {string[]} [inputs] their names
 */
function entryName(word, groups, { parameter, row, column }, inputs) {
  const { value, parameters } =
    groups.find((one) => one.parameters.some(({ name }) => name === parameter)) ?? groups[0];
  const reads = parameters.find(({ name }) => name === parameter)?.reads;
  const group = word(`group.${value}`);
  const weight = !reads
    ? word("weight.bias", { group })
    : word("weight.on", { group, value: word(`value.${reads}.name`) });
  const kind = column === null ? "own" : reads === "x" ? "input" : "unit";
  const named = kind === "input" && inputs?.[column ?? 0];
  return word(`entry.${kind}`, { weight, row: row + 1, column: named || (column ?? 0) + 1 });
}

/** @param {Context} context */
function resetButton({ word, actions, facet }) {
  const reset = () => {
    const { controls, defaults } = facet();
    const none = Object.fromEntries(Object.keys(controls.weights).map((name) => [name, null]));
    actions.commit({ weights: { ...none, ...defaults.weights } });
  };
  return button("", reset, { class: "gw-link" }, word("reset"));
}

/** @param {Context} context @param {Facet} first */
export function createMaps(context, first) {
  const { word, actions, facet } = context;
  const matrices = () => facet().parameters ?? {};
  const groups = groupsOf(context.layout, first);
  /** The entry that the slider moves. @type {Entry} */
  let entry = { parameter: groups[0].parameters[0].name, row: 0, column: 0 };
  let unit = -1;

  const caption = el("p", { class: "gw-entry-name" }),
    place = el("div", { class: "gw-entry-row" });
  /** @type {ReturnType<typeof createRow>|null} */
  let row = null;

  const calledOf = (/** @type {Entry} */ of) => entryName(word, groups, of, first.columns);

  /** @param {Entry} next */
  function pick(next) {
    entry = next;
    const called = calledOf(next);
    caption.textContent = called;
    row = createRow(
      context,
      facet(),
      { name: nameOf(next), reads: null, label: called, shown: letter(next.parameter, "b") },
      "",
    );
    place.replaceChildren(row.root);
    take();
    for (const map of maps) map.pick(entry);
  }

  function take() {
    row?.update({ [nameOf(entry)]: valueOf(matrices(), entry) });
  }

  const maps = groups.flatMap((group) =>
    group.parameters.map(({ name, reads }) =>
      createMap({
        name,
        group,
        reads,
        word,
        calledOf,
        matrix: () => matrixOf(matrices()[name]),
        value: (of) => valueOf(matrices(), of),
        onPick: pick,
        onHover: (over) => actions.hover(over ? name : null),
      }),
    ),
  );
  const folds = groups.map((group) => {
    const own = maps.filter(({ group: of }) => of === group),
      content = { root: el("div", { class: "gw-maps" }, ...own.map(({ root }) => root)), update() {}, draw() {} };
    return createGroup(context, group, [content], () => []);
  });
  const root = el(
    "section",
    { class: "gw-card gw-weights gw-matrices", "aria-label": word("weights") },
    el("header", { class: "gw-card-head" }, el("h3", {}, word("weights")), resetButton(context)),
    el("div", { class: "gw-entry" }, caption, place),
    el("div", { class: "gw-groups" }, ...folds.map(({ root: fold }) => fold)),
  );

  return {
    root,
    update() {
      take();
      for (const map of maps) map.update();
    },
    /** @param {View} view @param {boolean} folded */
    draw(view, folded) {
      for (const fold of folds) fold.draw(view, folded);
      row?.draw(view);
      if (view.unit === unit) return;
      const { rows, columns, vector } = matrixOf(matrices()[entry.parameter]);
      const first = unit < 0,
        follows = first || entry.row === unitOf(rows, unit); // until a reader takes another row
      unit = view.unit;
      for (const map of maps) map.draw(unit);
      if (follows)
        pick({
          ...entry,
          row: unitOf(rows, unit),
          column: vector ? null : first ? unitOf(columns, unit) : entry.column,
        });
    },
  };
}
