"""Every control of the stage is large enough for a finger on a phone, and for a mouse elsewhere."""

from collections.abc import Iterator

import pytest

from tests.stage_site import stage_site

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}

# The area that answers for each control: its box, with what its ::before adds; and whether its middle is its own. Values
# in the diagram stand closer than two fingers: theirs may overlap, the middles may not. What the timeline's cells do,
# the scrubber does too.
SMALL = """([least]) => {
  const root = document.querySelector("#host").shadowRoot
  const faults = []
  for (const one of root.querySelectorAll("button, input, [role=slider]")) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue
    one.scrollIntoView({ block: "center" })
    const { left, top, width, height } = one.getBoundingClientRect()
    const more = getComputedStyle(one, "::before")
    const wide = Math.max(width, more.content === "none" ? 0 : parseFloat(more.width)), high = Math.max(height, more.content === "none" ? 0 : parseFloat(more.height))
    const name = one.getAttribute("aria-label") || one.textContent || one.className
    if (wide < least - 0.5 || high < least - 0.5) faults.push(`${name} (${one.className}): ${wide.toFixed(1)} × ${high.toFixed(1)}`)
    for (const y of [-11, 0, 11]) {
      const hit = root.elementFromPoint(left + width / 2, top + height / 2 + y)
      if (hit !== one && !one.contains(hit)) faults.push(`${name} (${one.className}) is covered by ${hit?.className}`)
    }
  }
  return faults
}"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with stage_site() as address:
        yield address


def faults(browser, address: str, least: int, **options) -> list[str]:
    context = browser.new_context(reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(address)
    page.locator(".gw-picture svg").first.wait_for()
    edit = page.get_by_role("button", name="edit", exact=True)
    found = page.evaluate(SMALL, [least])
    edit.click()
    found += page.evaluate(SMALL, [least])
    context.close()
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn", "cheat-sheet", "lstm,gru"])
def test_a_fingers_targets(browser, site, cell):
    found = faults(browser, f"{site}/?cell={cell}&at=3.1", 44, **PHONE)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("cell", ["lstm", "rnn", "lstm,gru"])
def test_a_mouses_targets(browser, site, cell):
    found = faults(browser, f"{site}/?cell={cell}&at=3.1", 24, **DESKTOP)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_show_all_keeps_clear_of_the_scrubber(browser, site, language):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{site}/?cell=lstm&lang={language}")
    page.locator(".gw-picture svg").first.wait_for()
    button, thumb = page.locator(".gw-all").bounding_box(), page.locator(".gw-thumb").bounding_box()
    context.close()
    assert button["x"] + button["width"] <= thumb["x"]
