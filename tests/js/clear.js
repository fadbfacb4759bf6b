// What is not clear about the picture on the page, in words: run in the browser by test_browser_layouts.py.
(stage) => {
  const root = document.querySelector("#host").shadowRoot
  const picture = root.querySelector(".gw-picture svg")
  for (const one of picture.querySelectorAll("*")) one.style.transition = "none" // what is looked at is where it ends
  const faults = []
  const shrunk = ({ left, right, top, bottom }, by) => ({ left: left + by, right: right - by, top: top + by, bottom: bottom - by })
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
  const visible = (one) => one.getClientRects().length && getComputedStyle(one).display !== "none" && one.getBoundingClientRect().width > 0
  const texts = [...picture.querySelectorAll("text")].filter((one) => visible(one) && !one.closest(".token") && one.textContent.trim())
  const boxes = texts.map((one) => shrunk(one.getBoundingClientRect(), 1.5))
  texts.forEach((one, k) => texts.slice(k + 1).forEach((other, n) => {
    if (one.closest(".plot") && one.closest(".plot") === other.closest(".plot")) return
    if (meet(boxes[k], boxes[k + 1 + n])) faults.push(`“${one.textContent}” meets “${other.textContent}”`)
  }))
  const labels = [...picture.querySelectorAll(".caption, .weights, .feed text")].filter((label) => label.textContent)
    .map((label) => ({ text: label.textContent, box: shrunk(label.getBoundingClientRect(), 2) }))
  const strokes = [...picture.querySelectorAll(".line .stroke")].filter(visible)
  for (const stroke of strokes) {
    const toScreen = stroke.getScreenCTM(), length = stroke.getTotalLength(), half = parseFloat(getComputedStyle(stroke).strokeWidth) / 2
    for (let at = 0; at <= length; at += 3) {
      const { x, y } = stroke.getPointAtLength(at).matrixTransform(toScreen)
      const here = { left: x - half, right: x + half, top: y - half, bottom: y + half }
      for (const { text, box } of labels) if (meet(here, box)) faults.push(`a wire crosses “${text}” (${stroke.parentElement.getAttribute("class")})`)
    }
  }
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data] }
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0)
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const grounds = [...picture.querySelectorAll(".cell, .shape, .ground, .box, .disc, .feed rect")].filter(visible)
  const card = rgb(getComputedStyle(root.querySelector(".gw-card")).backgroundColor)
  for (const text of [...picture.querySelectorAll("text tspan, text:not(:has(tspan))")].filter(visible)) {
    if (!text.textContent.trim() || text.closest(".token")) continue
    const { left, right, top, bottom } = text.getBoundingClientRect()
    const x = (left + right) / 2, y = (top + bottom) / 2
    const under = grounds.filter((one) => { const b = one.getBoundingClientRect(); return b.left <= x && x <= b.right && b.top <= y && y <= b.bottom }).at(-1)
    const fill = under && rgb(getComputedStyle(under).fill)
    const behind = fill && fill[3] ? fill : card
    const found = ratio(rgb(getComputedStyle(text).fill), behind)
    if (found < 4.5) faults.push(`“${text.textContent}” has ${found.toFixed(2)}:1`)
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push(`the page is wider than the window by ${document.documentElement.scrollWidth - innerWidth}`)
  return [...new Set(faults)].map((fault) => `${stage}: ${fault}`)
}
