/** A picture on the page as a PNG file. */

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
];
const SCALE = 2,
  MARGIN = 20;

/** Save the SVG within a board, as it looks now. @param {HTMLElement} board @param {string} name */
export async function savePicture(board, name) {
  const drawn = /** @type {SVGSVGElement} */ (board.querySelector("svg"));
  const copy = /** @type {SVGSVGElement} */ (drawn.cloneNode(true));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const copies = copy.querySelectorAll("*");
  drawn.querySelectorAll("*").forEach((element, k) => {
    // a file has no style sheet
    const style = getComputedStyle(element);
    copies[k].setAttribute(
      "style",
      STYLES.map((property) => `${property}:${style.getPropertyValue(property)}`).join(";"),
    );
  });
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const [width, height] = [drawn.clientWidth, drawn.clientHeight];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SCALE * (width + 2 * MARGIN), SCALE * (height + 2 * MARGIN)];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(SCALE, SCALE);
  pen.fillStyle = getComputedStyle(board).backgroundColor;
  pen.fillRect(0, 0, width + 2 * MARGIN, height + 2 * MARGIN);
  pen.drawImage(image, MARGIN, MARGIN, width, height);
  const link = document.createElement("a");
  link.download = name;
  link.href = canvas.toDataURL("image/png");
  link.click();
}
