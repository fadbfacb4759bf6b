// Which texts of the stage cannot be read against what is really behind them: run in the browser by
// browser/stage/test_every_variant.py and browser/stage/test_vectors.py. Dots that hold a place are no text.
(stage) => {
  const root = document.querySelector("#host").shadowRoot
  const picture = root.querySelector(".gw-picture svg")
  for (const one of root.querySelectorAll(".gw *")) one.style.transition = "none" // what is looked at is where it ends
  const faults = []
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const known = {}
  const rgba = (colour) => known[colour] ??= colour === "none" ? [0, 0, 0, 0] : (canvas.clearRect(0, 0, 1, 1), canvas.fillStyle = colour, canvas.fillRect(0, 0, 1, 1), [...canvas.getImageData(0, 0, 1, 1).data])
  const over = ([r, g, b, a], under) => [r, g, b].map((c, k) => (c * a + under[k] * (255 - a)) / 255)
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0)
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const seen = (one) => one.getClientRects().length && one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const judge = (text, colour, behind) => {
    const found = ratio(over(colour, behind), behind)
    if (found < 4.5) faults.push(`“${text.trim()}” has ${found.toFixed(2)}:1`)
  }
  /** @param {Element|null} one its background, over those of what it stands in */
  const ground = (one) => {
    if (!one || one === root.host) return rgba(getComputedStyle(document.body).backgroundColor).slice(0, 3)
    const colour = rgba(getComputedStyle(one).backgroundColor)
    return colour[3] === 255 ? colour.slice(0, 3) : over(colour, ground(one.parentElement ?? root.host))
  }

  const grounds = [...picture.querySelectorAll(".cell, .halo, .shape, .ground, .box, .disc, .feed rect")].filter(seen)
    .map((one) => ({ box: one.getBoundingClientRect(), fill: rgba(getComputedStyle(one).fill) })).filter(({ fill }) => fill[3])
  for (const text of [...picture.querySelectorAll("text tspan, text:not(:has(tspan))")].filter(seen)) {
    if (!/[\p{L}\p{N}]/u.test(text.textContent) || text.closest(".token")) continue
    const { left, right, top, bottom } = text.getBoundingClientRect()
    const x = (left + right) / 2, y = (top + bottom) / 2
    const under = grounds.filter(({ box }) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)
    judge(text.textContent, rgba(getComputedStyle(text).fill), under.reduce((behind, { fill }) => over(fill, behind), ground(picture.parentElement)))
  }

  const walker = document.createTreeWalker(root.querySelector(".gw-body"), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    if (parent.closest("svg, .gw-hidden") || !/[\p{L}\p{N}]/u.test(walker.currentNode.data) || !seen(parent) || parent.closest(":disabled")) continue
    judge(walker.currentNode.data, rgba(getComputedStyle(parent).color), ground(parent))
  }
  return [...new Set(faults)].map((fault) => `${stage}: ${fault}`)
}
