/** The picture as it is played backward: what its boxes are called, and where they find room. Pure. */

/**
 * @typedef {import("../types.js").Geometry} Geometry
 * @typedef {import("../scene.js").Span} Span
 */

/** A gradient's name is longer than a value's: the boxes at both ends reach this far beyond them. */
const MARGIN = 10;

/**
 * ∂L/∂ before a value's letters; where there is little room the ∂ alone.
 * @param {Span[]} label @param {boolean} narrow @returns {Span[]}
 */
function partial(label, narrow) {
  const product = label.some(({ text }) => /[·−]/.test(text));
  const before = { text: `${narrow ? "∂" : "∂L/∂"}${product ? "(" : ""}`, upright: true };
  return [before, ...label, ...(product ? [{ text: ")", upright: true }] : [])];
}

/** @param {Geometry} geometry @param {boolean} narrow @returns {Geometry} */
export function backwardGeometry(geometry, narrow) {
  const [x, y, width, height] = geometry.viewBox;
  return {
    ...geometry,
    viewBox: narrow ? geometry.viewBox : [x - MARGIN, y, width + 2 * MARGIN, height],
    values: geometry.values.map((value) => ({
      ...value,
      ...(value.back && { at: value.back, hangsFrom: [value.back[0], value.at[1]] }),
      label: partial(value.label, narrow),
    })),
    badges: geometry.badges.map((badge) => ({ ...badge, at: badge.back ?? badge.at })),
  };
}
