/** Texts that are printed smaller than so many pixels, with their size. @param {number} least */
(least) => {
  /** @type {string[]} */
  const found = [];
  /** @param {Document|ShadowRoot} root */
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) look(one.shadowRoot);
      const own = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.replace(/[\s\u200b]/g, ""));
      const { width, height } = one.getBoundingClientRect();
      if (!own || !one.checkVisibility() || width <= 1 || height <= 1 || one.matches("style, script, annotation")) continue;
      const drawing = one instanceof SVGElement ? one.ownerSVGElement : null;
      const scale = drawing?.viewBox.baseVal?.width
        ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width
        : 1;
      const size = parseFloat(getComputedStyle(one).fontSize) * scale;
      if (size > 0 && size < least) found.push(`${size.toFixed(1)} px: ${one.textContent?.trim().slice(0, 40)}`);
    }
  };
  look(document);
  return found;
};
