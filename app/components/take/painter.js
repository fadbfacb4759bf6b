/**
 * Drawings of the page on a canvas, as they look there: a film has hundreds, and an SVG as an image reads its fonts
 * anew each time.
 */

import { ground, placed } from "../base/picture_file.js";

/** @typedef {import("../base/picture_file.js").Part} Part */

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** @param {Element} element @param {string} name */
const length = (element, name) => Number(element.getAttribute(name) ?? 0);

/** @type {Record<string, (element: Element, style: CSSStyleDeclaration) => Path2D>} */
const OUTLINES = {
  path: (element) => new Path2D(element.getAttribute("d") ?? ""),
  rect(element) {
    const path = new Path2D();
    const [x, y, width, height, radius] = ["x", "y", "width", "height", "rx"].map((name) => length(element, name));
    path.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
    return path;
  },
  circle(element, style) {
    const path = new Path2D();
    path.arc(length(element, "cx"), length(element, "cy"), parseFloat(style.getPropertyValue("r")), 0, 2 * Math.PI);
    return path;
  },
  line(element) {
    const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((name) => length(element, name));
    return new Path2D(`M${x1} ${y1}L${x2} ${y2}`);
  },
};

/** @param {string} paint of a style @returns {boolean} a colour; a pattern is left out */
const isColour = (paint) => paint !== "none" && !paint.startsWith("url(");

/** @param {CanvasRenderingContext2D} pen @param {CSSStyleDeclaration} style */
function takeStroke(pen, style) {
  pen.strokeStyle = style.stroke;
  pen.lineWidth = parseFloat(style.strokeWidth);
  pen.lineCap = /** @type {CanvasLineCap} */ (style.strokeLinecap);
  pen.lineJoin = /** @type {CanvasLineJoin} */ (style.strokeLinejoin);
  pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
  pen.lineDashOffset = parseFloat(style.strokeDashoffset);
}

/**
 * Fills and strokes something, in the order of its style.
 * @param {CanvasRenderingContext2D} pen @param {CSSStyleDeclaration} style @param {() => void} fill
 * @param {() => void} stroke
 */
function ink(pen, style, fill, stroke) {
  const alpha = pen.globalAlpha;
  const steps = [
    () => {
      if (!isColour(style.fill)) return;
      pen.globalAlpha = alpha * Number(style.fillOpacity);
      pen.fillStyle = style.fill;
      fill();
    },
    () => {
      if (!isColour(style.stroke) || !parseFloat(style.strokeWidth)) return;
      pen.globalAlpha = alpha * Number(style.strokeOpacity);
      takeStroke(pen, style);
      stroke();
    },
  ];
  if (style.paintOrder.startsWith("stroke")) steps.reverse();
  for (const step of steps) step();
  pen.globalAlpha = alpha;
}

/**
 * Letter by letter, where the browser has put each.
 * @param {CanvasRenderingContext2D} pen @param {SVGTextElement} text
 */
function write(pen, text) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (walker.nextNode()) {
    const run = walker.currentNode.textContent ?? "";
    const style = getComputedStyle(/** @type {Element} */ (walker.currentNode.parentNode));
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    for (const { segment, index } of letters.segment(run)) {
      if (!segment.trim()) continue;
      const { x, y } = text.getStartPositionOfChar(at + index);
      ink(
        pen,
        style,
        () => pen.fillText(segment, x, y),
        () => pen.strokeText(segment, x, y),
      );
    }
    at += run.length;
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Element} element */
function draw(pen, element) {
  const style = getComputedStyle(element);
  if (style.display === "none" || element.localName === "defs") return;
  pen.save();
  const matrix = /** @type {SVGGraphicsElement} */ (element).transform?.baseVal.consolidate()?.matrix;
  if (matrix) pen.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
  pen.globalAlpha *= Number(style.opacity);
  if (element instanceof SVGTextElement) {
    if (style.visibility === "visible") write(pen, element);
  } else {
    const outline = style.visibility === "visible" && OUTLINES[element.localName]?.(element, style);
    if (outline)
      ink(
        pen,
        style,
        () => pen.fill(outline),
        () => pen.stroke(outline),
      );
    for (const child of element.children) draw(pen, child);
  }
  pen.restore();
}

/**
 * The drawings beside each other, as in a file of them.
 * @param {CanvasRenderingContext2D} pen @param {Part[]} parts @param {HTMLElement} around
 */
export function paint(pen, parts, around) {
  const { color, fontFamily } = getComputedStyle(around);
  const { width, height, places } = placed(parts);
  const { canvas } = pen;
  pen.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
  pen.fillStyle = ground(around);
  pen.fillRect(0, 0, width, height);
  parts.forEach(({ drawing, name = "" }, k) => {
    const { x, y, wide, said } = places[k];
    pen.fillStyle = color;
    pen.font = `700 14px ${fontFamily}`;
    pen.fillText(name, x, said);
    const box = drawing.viewBox.baseVal;
    pen.save();
    pen.translate(x, y);
    pen.scale(wide / box.width, wide / box.width);
    pen.translate(-box.x, -box.y);
    for (const child of drawing.children) draw(pen, child);
    pen.restore();
  });
}
