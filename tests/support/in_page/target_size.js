// Which controls are too small: run in the browser by browser/stage/test_every_variant.py. What answers for a control is its box with
// what its ::before adds; its middle must be its own. Values in the diagram may stand closer than two fingers; each has at
// least what a mouse needs. What the timeline's cells do, the scrubber does too; its stages lie on it, and take no finger where
// they are small.
([least]) => {
  const root = document.querySelector("#host").shadowRoot
  const faults = []
  for (const one of root.querySelectorAll("button, input, [role=slider]")) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue
    if (getComputedStyle(one).pointerEvents === "none") continue
    one.scrollIntoView({ block: "center", inline: "center" })
    const { left, top, width, height } = one.getBoundingClientRect()
    const before = getComputedStyle(one, "::before"), more = before.content === "none" ? { width: "0", height: "0" } : before
    const wide = Math.max(width, parseFloat(more.width)), high = Math.max(height, parseFloat(more.height))
    const close = one.matches(".gw-target.value") && parseFloat(one.style.getPropertyValue("--reach")) < 10
    const name = `${one.getAttribute("aria-label") || one.textContent} (${one.className})`
    if (wide < least - 0.5 || high < (close ? 24 : least) - 0.5) faults.push(`${name}: ${wide.toFixed(1)} × ${high.toFixed(1)}`)
    for (const y of [-11, 0, 11]) {
      const hit = root.elementFromPoint(left + width / 2, top + height / 2 + y)
      if (one.matches(".gw-rail") && one.parentElement.contains(hit)) continue
      if (hit !== one && !one.contains(hit)) faults.push(`${name} is covered by ${hit?.className}`)
    }
  }
  return faults
}
