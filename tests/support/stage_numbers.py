"""Every number the stage displays besides its timeline, and what the core says each should be."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from app.i18n import labels
from app.stage.layout import layout_of
from cells import LSTM, Trace
from tests.support.stage_page import StagePage, printed

LAYOUT = layout_of(LSTM.random(1, 1))
STAGES = "figcoh"
"""The value each stage computes, in playing order."""


def read(trace: Trace, name: str, day: int, before: bool = False) -> float:
    """One value of a trace on one day, counted from 1."""
    return (trace.before(name) if before else trace[name])[day - 1].item()


def signed(value: float) -> str:
    """A term of a sum as its bar prints it."""
    text = printed(value, 4)
    return f"+{text}" if value > 0 and float(text) else text


def bars(trace: Trace, weights: Mapping[str, float], day: int, stage: int) -> list[str]:
    """The numbers beside the bars: the terms and their sum, or the factors and their product."""
    name = STAGES[stage - 1]
    if name == "h":
        return [printed(read(trace, of, day), 4) for of in ("o", "squash", "h")]
    if name == "c":
        products = [
            read(trace, "f", day) * read(trace, "c", day, before=True),
            read(trace, "i", day) * read(trace, "g", day),
        ]
    else:
        products = [
            weights[f"U_{name}"] * read(trace, "h", day, before=True),
            weights[f"W_{name}"] * read(trace, "x", day),
            weights[f"b_{name}"],
        ]
    return [*map(signed, products), printed(sum(products), 4)]


def diagram(page: StagePage, company: int = 0) -> Locator:
    """The numbers in the diagram's pills, in the layout's order."""
    return page.page.locator(".gw-picture").nth(company).locator(".layer-values .number")


def expect_diagram(page: StagePage, trace: Trace, day: int, stage: int, company: int = 0) -> None:
    """Every pill has the core's number; those of later stages are not shown."""
    pills, values = diagram(page, company), LAYOUT["wide"]["values"]
    expect(pills).to_have_text([printed(read(trace, v["name"], day, v.get("before", False))) for v in values])
    shown = pills.evaluate_all(
        "all => all.map((one) => getComputedStyle(one).visibility !== 'hidden'"
        " && getComputedStyle(one).display !== 'none' && getComputedStyle(one).opacity !== '0')"
    )
    assert shown == [v["stage"] <= stage for v in values]


def expect_arithmetic(page: StagePage, trace: Trace, weights: Mapping[str, float], day: int, stage: int) -> None:
    """The sums below the diagram end at the core's result and run over the core's terms."""
    expect(page.page.locator(".gw-bar-numbers > *")).to_have_text(bars(trace, weights, day, stage))
    expect(page.result).to_have_text(printed(read(trace, STAGES[stage - 1], day), 4))


def narration(trace: Trace, weights: Mapping[str, float], language: str, day: int, stage: int) -> str:
    """What a screen reader is told when a stage's result stands."""
    words, key = labels(language, "stage"), LAYOUT["stages"][stage - 1]["key"]
    said = {name: printed(read(trace, name, day)) for name in trace.names}
    said |= {f"{name}%": printed(100 * read(trace, name, day), 0) for name in trace.names}
    said |= {f"{name}-": printed(read(trace, name, day, before=True)) for name in trace.cell.kind.states}
    said |= {name: printed(value, 2) for name, value in weights.items()}
    said |= {f"{name}()": "tanh" if name in ("g", "squash") else "sigmoid" for name in trace.names}
    said |= {"step": words["step.one"].format(n=day), "stage": str(stage), "stages": "6", "title": "LSTM"}
    text = words[f"narrate.{key}"]
    for name, value in said.items():
        text = text.replace(f"{{{name}}}", value)
    return text[0].upper() + text[1:]
