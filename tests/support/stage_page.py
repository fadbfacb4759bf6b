"""The lesson as a reader sees it: what is displayed, and what can be done, by names a reader knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from app.controls.address import Controls
from app.lessons.fourday.model import ADDRESS, example

WITHOUT_STAGE = {"worksheet", "join", "", "memory", "glossary", "gradients", "gates", "layers", "frameworks", "model"}
ROWS = "xfigcoh"
ANSWERED = """localStorage["gatewalk.progress"] ??= JSON.stringify([
  "fourday.nearer", "fourday.ending", "lstm.left", "rnn.heard", "gru.larger", "compare.times", "lab.loud",
  ...["peephole", "coupled", "hard", "linear", "before", "write", "sheet"].map((name) => `variants.end-${name}`),
])"""
"""A browser whose reader has answered every question, so that nothing on a stage is covered for one."""
MINUS = "\N{MINUS SIGN}"
LONG = ",".join(f"{k / 10 - 1:.1f}" for k in range(30))
"""A sequence of as many days as there may be, as an address has it."""


def printed(value: float, decimals: int = 3) -> str:
    """A number as the stage prints it."""
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", MINUS)


def core(weights: Mapping[str, float] | None = None, days: Mapping[str, Sequence[float]] | None = None):
    """What the core computes, by company, for the default controls with some replaced."""
    d = ADDRESS.defaults
    return example(Controls(dict(d.weights) | dict(weights or {}), dict(d.days) | dict(days or {}), d.show)).traces


def rows(trace) -> dict[str, list[str]]:
    """The timeline that a trace should give, all revealed."""
    return {name: [printed(v) for v in trace[name].ravel()] for name in ROWS}


IDLE = """() => {
  const running = (one) => one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity
  const fading = (one) => running(one) && !one.effect.target?.closest(".gw") // a stage that plays always moves
  const idle = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")
  if (!idle || document.getAnimations().some(fading)) window.busyAt = performance.now()
  return performance.now() - (window.busyAt ??= performance.now()) > 800
}"""


def wait_until_idle(page: Page) -> None:
    """Wait until a page is drawn: for 0.8 s its server has computed nothing, and nothing has faded in.

    Between what is drawn first and what waits for it the server is idle too, for about a tenth of a second.
    """
    page.evaluate("() => { window.busyAt = undefined }")
    page.wait_for_function(IDLE)


class StagePage:
    """One tab with a lesson."""

    def __init__(self, page: Page, address: str):
        self.page, self.address = page, address
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._console)

    def _console(self, message) -> None:
        # Streamlit asks for its own health beneath a lesson's address too, and is told 404.
        if message.type == "error" and "_stcore" not in message.location["url"]:
            self.errors.append(message.text)

    def open(self, path: str = "fourday", query: str = "") -> None:
        """Open a page and wait until its stage is drawn."""
        self.page.goto(f"{self.address}/{path}{'?' if query else ''}{query}")
        self.page.locator("h1").wait_for()
        if path not in WITHOUT_STAGE:
            self.stage.wait_for()
            self.page.locator(".gw-picture").first.wait_for()

    @property
    def stage(self) -> Locator:
        return self.page.locator(".gw[role=group]")

    @property
    def result(self) -> Locator:
        """The result of the arithmetic."""
        return self.page.locator(".gw-chip")

    @property
    def losses(self) -> Locator:
        """What `fourday` says of the losses, below its picture of gradients."""
        return self.page.locator(".st-key-gradients svg .title").first

    @property
    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def expect_query(self, fits: Callable[[dict[str, str]], bool]) -> None:
        """Wait until the address is as it should be: the server writes it when the stage has long moved."""
        self.page.wait_for_url(lambda _: fits(self.query))

    def button(self, name: str | re.Pattern) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def slider(self, name: str) -> Locator:
        return self.page.get_by_role("slider", name=name, exact=True)

    def box(self, slider: str, typed: str = "typed") -> Locator:
        return self.page.get_by_role("textbox", name=f"{slider}, {typed}", exact=True)

    def timeline(self, company: int = 0) -> dict[str, list[str]]:
        """The printed numbers of each row; what is not revealed yet is left out."""
        grid = self.page.locator(".gw-grid").nth(company)
        cells = [row.locator(".gw-number").all_inner_texts() for row in grid.locator(".gw-value-row").all()]
        return {
            name: [text for text in row if any(c.isdigit() for c in text)]
            for name, row in zip(ROWS, cells, strict=True)
        }

    def expect_rows(self, expected: Mapping[str, list[str]], company: int = 0) -> None:
        """Wait until every number of the timeline is the expected one."""
        grid = self.page.locator(".gw-grid").nth(company)
        for name, row in zip(ROWS, grid.locator(".gw-value-row").all(), strict=True):
            expect(row.locator(".gw-number")).to_have_text(expected[name])

    def expect_at(self, day: int, stage: int) -> None:
        """Wait until the playhead stands at a day and stage."""
        expect(self.slider("Playhead")).to_have_attribute(
            "aria-valuetext", re.compile(rf"^day {day}, stage {stage} of")
        )

    def open_table(self) -> None:
        """Open the table of all days, which covers the arithmetic."""
        table = self.button("All days")
        if table.get_attribute("aria-expanded") == "false":
            table.click()

    def show_all(self) -> None:
        """Reveal the whole run in the table, which stays open."""
        self.open_table()
        self.button("show all").click()
