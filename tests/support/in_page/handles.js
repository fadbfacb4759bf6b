// Which weights in the diagram have not a finger's room of their own: run in the browser by browser/stage/test_every_variant.py. A gate
// beneath one keeps 44 px of its height, too, or what a mouse needs where the whole picture is drawn smaller than it is.
() => {
  const root = document.querySelector("#host").shadowRoot
  const faults = []
  const name = (one) => one.getAttribute("aria-label")
  const meeting = (a, b) => [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)]
  const svg = root.querySelector(".gw-picture svg"), least = svg.clientWidth < 0.95 * svg.viewBox.baseVal.width ? 24 : 44
  const grips = [...root.querySelectorAll(".gw-grip-handle")], gates = [...root.querySelectorAll(".gw-target.gate")]
  grips.forEach((one, k) => {
    const box = one.getBoundingClientRect()
    if (box.width < 43.5 || box.height < 43.5) faults.push(`${name(one)}: ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`)
    for (const other of grips.slice(k + 1)) {
      const [wide, high] = meeting(box, other.getBoundingClientRect())
      if (wide > 0.5 && high > 0.5) faults.push(`${name(one)} meets ${name(other)} by ${wide.toFixed(1)} × ${high.toFixed(1)}`)
    }
    for (const gate of gates) {
      const whole = gate.getBoundingClientRect(), [wide, high] = meeting(box, whole)
      if (wide > 0.5 && high > 0.5 && whole.height - high < least) faults.push(`${name(one)} leaves ${name(gate)} ${(whole.height - high).toFixed(1)} px`)
    }
  })
  for (const [k, number] of [...root.querySelectorAll(".layer-notes .weights")].entries()) {
    const { left, top, height } = number.getBoundingClientRect() // a line begins with its first weight's number, or with the bias's sign
    const hit = root.elementFromPoint(left + (/^[+−] /.test(number.textContent) ? 22 : 8), top + height / 2)
    if (!hit?.matches(".gw-grip-handle")) faults.push(`line ${k}, “${number.textContent}”, is not under its weight's room`)
  }
  return faults
}
