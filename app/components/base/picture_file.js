/** Drawings on the page as a file: an SVG that needs no style sheet, or that as a PNG of twice the size. */

import { el } from "./element.js";
import { set, svg } from "./svg.js";

/**
 * @typedef {{drawing: SVGSVGElement, name?: string}} Part  a drawing, and what is written above it
 * @typedef {{text: string, width: number, height: number}} Drawing  an SVG that stands alone
 */

/** The icon of a button that saves. */
export const DOWNLOAD = ["M12 4v11", "M7 11l5 5 5-5", "M5 20h14"];

/** What an element has from the one around it, unless its own differs; and what has to be said where it is not this. */
const INHERITED = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset"],
  ...["stroke-linecap", "stroke-linejoin", "visibility"],
  ...["font-family", "font-size", "font-weight", "font-style", "text-anchor"],
];
const OWN = /** @type {Record<string, string[]>} */ ({ opacity: ["1"], r: ["auto", "0px"], "paint-order": ["normal"] });
const DRAWN = /^(viewBox|[xyd]|[rc][xy]?|[xy][12]|d[xy]|width|height|points|transform|textLength|lengthAdjust)$/;
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const SCALE = 2,
  MARGIN = 20,
  HEAD = 26; // for the names

/**
 * A copy with what its style sheets say as attributes, without what is not displayed.
 * @param {Element} element @param {Record<string, string>} around what it inherits @returns {Element|null}
 */
function resolved(element, around) {
  const style = getComputedStyle(element);
  if (style.display === "none") return null;
  const copy = document.createElementNS(element.namespaceURI, element.localName);
  for (const { name, value } of element.attributes) if (DRAWN.test(name)) copy.setAttribute(name, value);
  const own = Object.fromEntries(INHERITED.map((name) => [name, style.getPropertyValue(name)]));
  for (const name of INHERITED) if (own[name] !== around[name]) copy.setAttribute(name, own[name]);
  for (const [name, usual] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (value && !usual.includes(value)) copy.setAttribute(name, value);
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) copy.append(resolved(child, own) ?? "");
    else copy.append((child.textContent ?? "").replace(NOT_XML, "\u{FFFD}"));
  }
  return copy;
}

/** @param {Blob} blob @returns {Promise<string>} */
const asAddress = (blob) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(/** @type {string} */ (reader.result));
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });

/** The page's own upright fonts of these families, as a style sheet with the fonts within. @param {string} families */
export async function fontsOf(families) {
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule).map(({ style }) => ({ style, sheet })),
  );
  const names = families.split(",").map((name) => name.trim().replaceAll('"', ""));
  const sheets = faces.map(async ({ style, sheet }) => {
    const name = style.getPropertyValue("font-family").replaceAll('"', "");
    const [, address] = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src")) ?? [];
    if (!address || !names.includes(name) || style.getPropertyValue("font-style") === "italic") return "";
    const file = await (await fetch(new URL(address, sheet.href ?? document.baseURI))).blob();
    const weight = style.getPropertyValue("font-weight") || "normal";
    return `@font-face{font-family:"${name}";font-weight:${weight};src:url(${await asAddress(file)})}`;
  });
  return (await Promise.all(sheets)).join("");
}

/** What lies behind a picture. @param {HTMLElement} around */
export const ground = (around) => getComputedStyle(around).getPropertyValue("--gw-card") || "#fff";

/** Where drawings stand beside each other, and the baseline of what is above each. @param {Part[]} parts */
export function placed(parts) {
  const head = parts.some(({ name }) => name) ? HEAD : 0;
  const sizes = parts.map(({ drawing }) => drawing.getBoundingClientRect());
  let x = MARGIN;
  const places = sizes.map(({ width: wide, height: high }) => {
    const place = { x, y: MARGIN + head, wide, high, said: MARGIN + 10 };
    x += wide + MARGIN;
    return place;
  });
  return { width: x, height: Math.max(...sizes.map(({ height }) => height)) + 2 * MARGIN + head, places };
}

/**
 * The drawings beside each other on a ground of the page's colour.
 * @param {Part[]} parts @param {HTMLElement} around gives the colours and the type @param {string} title
 * @param {string} fonts a style sheet
 * @returns {Drawing}
 */
export function drawing(parts, around, title, fonts) {
  const { color, fontFamily } = getComputedStyle(around);
  const { width, height, places } = placed(parts);
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": fontFamily });
  root.setAttribute("style", "white-space:pre;font-variant-numeric:tabular-nums;text-rendering:geometricPrecision");
  svg("title", {}, root).textContent = title.replace(NOT_XML, "\u{FFFD}");
  if (fonts) svg("style", {}, root).textContent = fonts;
  svg("rect", { width, height, fill: ground(around) }, root);
  parts.forEach(({ drawing, name = "" }, k) => {
    const { x, y, wide, high, said } = places[k];
    if (name) {
      const text = svg("text", { x, y: said, fill: color, "font-size": 14, "font-weight": 700 }, root);
      text.textContent = name.replace(NOT_XML, "\u{FFFD}");
    }
    const copy = /** @type {Element} */ (resolved(drawing, {}));
    set(copy, { x, y, width: wide, height: high, overflow: "visible" });
    root.append(copy);
  });
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

/** @param {Drawing} drawing @returns {Promise<Blob>} a PNG of twice the size */
export async function painted({ text, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SCALE * width, SCALE * height].map(Math.round);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The picture is too large"))), "image/png"),
  );
}

/** @param {string} text */
export const asSvg = (text) => new Blob([text], { type: "image/svg+xml" });

/** @param {Blob} content @param {string} name */
export function save(content, name) {
  const href = URL.createObjectURL(content);
  el("a", { download: name, href }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * Saves drawings as they look now.
 * @param {Part[]} parts @param {HTMLElement} around @param {string} name of the file: its ending says which kind
 * @param {string} [title]
 */
export async function savePicture(parts, around, name, title = name) {
  const fonts = await fontsOf(getComputedStyle(around).fontFamily).catch(() => "");
  const picture = drawing(parts, around, title, fonts);
  save(name.endsWith(".png") ? await painted(picture) : asSvg(picture.text), name);
}
