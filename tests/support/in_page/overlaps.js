// What is not clear about the picture on the page, in words: run in the browser by browser/stage/test_every_variant.py.
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
  const pills = [...picture.querySelectorAll(".value")].filter(visible).map((pill) => {
    const { left, right, top, bottom } = pill.querySelector(".outline").getBoundingClientRect()
    return { text: pill.textContent, box: shrunk({ left, right, top, bottom }, 3), centre: [(left + right) / 2, (top + bottom) / 2] }
  })
  for (const stroke of strokes) {
    const toScreen = stroke.getScreenCTM(), length = stroke.getTotalLength(), half = parseFloat(getComputedStyle(stroke).strokeWidth) / 2
    const points = Array.from({ length: Math.floor(length / 3) + 1 }, (_, k) => stroke.getPointAtLength(3 * k).matrixTransform(toScreen))
    const wire = `(${stroke.parentElement.getAttribute("class")})`
    for (const { x, y } of points) {
      const here = { left: x - half, right: x + half, top: y - half, bottom: y + half }
      for (const { text, box } of labels) if (meet(here, box)) faults.push(`a wire crosses “${text}” ${wire}`)
    }
    for (const { text, box, centre } of pills) { // a value stands on the middle of its own wire, or of its corner, or at its end
      const away = Math.min(...points.map(({ x, y }) => Math.hypot(x - centre[0], y - centre[1])))
      if (away > 8 && points.some(({ x, y }) => meet({ left: x, right: x, top: y, bottom: y }, box))) faults.push(`a wire runs beneath “${text}” ${wire}`)
    }
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push(`the page is wider than the window by ${document.documentElement.scrollWidth - innerWidth}`)
  for (const { scrollWidth, clientWidth } of root.querySelectorAll(".gw-diagram")) if (scrollWidth > clientWidth + 1) faults.push(`the picture scrolls by ${scrollWidth - clientWidth}`)
  return [...new Set(faults)].map((fault) => `${stage}: ${fault}`)
}
