"""What the lesson `compare` says of attention: its costs beside the cells, and a head that reads the same days."""

from collections.abc import Sequence

from app.formatting import number, percent
from app.lessons.compare.layer_costs import ATTENTION, LAYERS, LENGTHS, WIDTH, break_even, costs
from app.page.page import Page
from app.page.views import table
from app.untrained.attention import ASKING, over_days


def attention(page: Page, days: Sequence[float]) -> None:
    """The option that a reader has heard of: what it does with these days, and what it costs."""
    names = {
        name: page.label(f"attention.{name}" if name == ATTENTION else f"series.{name}")
        for name in (*LAYERS, ATTENTION)
    }
    page.say("attention")
    outputs, shares = over_days(days)
    head = [page.label(f"attention.head.{name}") for name in ("day", "value", "share")]
    rows = [
        [f"{n}", number(x, 2), percent(share)]
        for n, (x, share) in enumerate(zip(days, shares[-1].tolist(), strict=True), 1)
    ]
    with page.part("beside-attention"):
        with page.part("attention-days"):
            table(head, rows)
            page.text("attention.notice", day=f"{len(days)}", weight=f"{ASKING:g}", output=float(outputs[-1]))
        with page.part("attention-costs"):
            table(["", *names.values()], list(cost_rows(page)))
            page.text("attention.counted", width=f"{WIDTH}", length=f"{break_even()}")


def cost_rows(page: Page) -> list[list[str]]:
    """Parameters; then multiplications for one more step and numbers kept, over the length of what was read."""
    found = {length: costs(length) for length in LENGTHS}
    rows = [[page.label("attention.parameters"), *(count(each.parameters) for each in found[LENGTHS[0]].values())]]
    for what in ("multiplications", "kept"):
        rows += [
            [
                page.label(f"attention.{what}", n=count(length)),
                *(count(getattr(each, what)) for each in each_of.values()),
            ]
            for length, each_of in found.items()
        ]
    return rows


def count(value: int) -> str:
    """A whole number in groups of three."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
