/** On a phone the cards of the desk are sheets, opened by tabs at the foot of the screen. */

import { button, el, put } from "../../components/base/element.js";

/** @typedef {import("../panels/panels.js").Context} Context */

/** @typedef {"weights"|"days"|"task"|"table"} Sheet */

/**
 * @param {Context} context @param {HTMLElement} body whose `data-sheet` names the open one
 * @param {{task: boolean, weights: boolean}} has @param {(open: boolean) => void} onTable
 */
export function createSheets({ word }, body, has, onTable) {
  /** @type {[Sheet, string][]} */
  const all = [
    ["weights", word("weights")],
    ["days", word("sheet.days")],
    ["task", word("task.label")],
    ["table", word("table.all")],
  ];
  const shown = all.filter(([name]) => (name === "task" ? has.task : name === "weights" ? has.weights : true));
  const tabs = shown.map(([name, text]) =>
    button("", () => open(now === name ? null : name), { "data-tab": name }, text),
  );
  const root = el("div", { class: "gw-sheet-tabs", role: "group", "aria-label": word("sheet.label") }, ...tabs);
  const close = button(word("sheet.close"), () => open(null), { class: "gw-sheet-close", named: true }, "\u00d7");
  let now = /** @type {Sheet|null} */ (null);

  /** @param {Sheet|null} next */
  function open(next) {
    const before = now;
    now = next;
    put(body, { "data-sheet": next });
    for (const tab of tabs) put(tab, { "aria-expanded": String(tab.dataset.tab === next) });
    if ((before === "table") !== (next === "table")) onTable(next === "table");
    if (before && !next) tabs.find((tab) => tab.dataset.tab === before)?.focus();
  }
  open(null);
  return {
    root,
    close,
    /** @param {KeyboardEvent} event */
    escape: ({ key }) => {
      if (key === "Escape" && now) open(null);
    },
  };
}
