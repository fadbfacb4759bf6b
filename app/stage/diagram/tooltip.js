/** One tooltip for the whole stage: name, formula, exact value. Reversed colours; Esc hides it. */

/** @param {HTMLElement} root positioned, and the tooltip's home */
export function createTooltip(root) {
  const box = document.createElement("div");
  box.className = "gw-tooltip";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  root.append(box);
  let timer = 0;

  /** Above the anchor, or below it where there is no room. @param {Element} anchor */
  function place(anchor) {
    const frame = root.getBoundingClientRect(),
      target = anchor.getBoundingClientRect(),
      own = box.getBoundingClientRect();
    const middle = target.left + target.width / 2 - frame.left - own.width / 2;
    const above = target.top - frame.top - own.height - 8;
    box.style.left = `${Math.max(4, Math.min(frame.width - own.width - 4, middle))}px`;
    box.style.top = `${target.top - own.height - 8 < 0 ? target.bottom - frame.top + 8 : above}px`;
  }

  function hide() {
    clearTimeout(timer);
    box.hidden = true;
  }

  /** @param {Element} anchor @param {string[]} lines the first in bold @param {number} [delay] ms */
  function show(anchor, lines, delay = 0) {
    clearTimeout(timer);
    const open = () => {
      box.replaceChildren(
        ...lines.filter(Boolean).map((line, k) => {
          const row = document.createElement(k ? "span" : "strong");
          row.textContent = line;
          return row;
        }),
      );
      box.hidden = false;
      place(anchor);
    };
    if (delay) timer = setTimeout(open, delay);
    else open();
  }

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key === "Escape") hide();
  };
  document.addEventListener("keydown", onKey); // wherever the focus is: a tip under the pointer must be dismissable
  return {
    show,
    hide,
    destroy() {
      hide();
      document.removeEventListener("keydown", onKey);
      box.remove();
    },
  };
}
