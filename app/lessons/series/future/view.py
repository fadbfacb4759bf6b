"""What the lesson `series` shows of the time after a series: forecasts, intervals, and the numbers as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from app.components.picture import picture
from app.formatting import scientific
from app.lessons.series.charts import counted
from app.lessons.series.future.model import LEVEL, Tomorrow, baselines_after, inputs_after, tomorrow
from app.lessons.series.pictures import forecasts
from app.lessons.series.records import SeriesFacts, SeriesSettings
from app.lessons.series.table.view import literal
from app.lessons.series.view import CONTEXT, FORECASTS, concerns, dates_of, run_of, title, values_of, words_of
from app.page.page import Page
from app.page.views import table, take
from app.training.saved import Trained

DIGITS = 4
WIDE = 1020  # px of its picture: it has the card to itself


def tomorrow_section(page: Page, settings: SeriesSettings, after: Sequence[str], trained: Trained[SeriesFacts]) -> None:
    """What the network that validation chose forecasts past the end of the series; before there is one, the baselines.

    Parameters
    ----------
    after
        The dates that follow the last.
    """
    facts, dates = trained.facts, after[: settings.horizon]
    with page.folded("tomorrow", series=title(page, settings), date=settings.dates[-1], level=f"{100 * LEVEL:.0f}"):
        if not concerns(facts, settings):
            page.text("tomorrow.none")
            draw_past(page, settings, dates, baselines_after(settings), {}, {})
            return
        found = {way: tomorrow(facts, run_of(facts.best, way), trained.runs[run_of(facts.best, way)].weights)
                 for way in FORECASTS}  # fmt: skip
        kinds = {"iterated": facts.best, "direct": f"{facts.best} direct"}
        names = {way: name_of(page, facts.best, way) for way in FORECASTS}
        draw_past(
            page, settings, dates,
            baselines_after(settings) | {kinds[way]: one.forecast for way, one in found.items()},
            {kinds[way]: (one.low, one.high) for way, one in found.items() if not np.isnan(one.reach).any()},
            {kinds[way]: name for way, name in names.items()},
        )  # fmt: skip
        by_date(page, dates, found)
        tell(page, settings, facts.best, found)
        take(page, "tomorrow", columns_of(settings, dates, found))


def draw_past(
    page: Page,
    settings: SeriesSettings,
    dates: Sequence[str],
    found: Mapping[str, np.ndarray],
    intervals: Mapping[str, tuple[np.ndarray, np.ndarray]],
    names: Mapping[str, str],
) -> None:
    """The end of the series, and beyond it what is forecast; `names` are those of the networks' forecasts."""
    first = -max(CONTEXT, settings.steps)
    past, values = dates_of(settings)[first:], values_of(settings)[first:].tolist()
    words = words_of(page, settings) | {"alt": page.label("tomorrow.alt"), **names}
    ahead = {name: each.tolist() for name, each in found.items()}
    ends = {name: (low.tolist(), high.tolist()) for name, (low, high) in intervals.items()}
    drawing = forecasts([*past, *dates], values, len(values) - 1, settings.steps, ahead, words, WIDE, ends)
    picture(drawing, "tomorrow")


def by_date(page: Page, dates: Sequence[str], found: Mapping[str, Tomorrow]) -> None:
    """A table: each date's forecasts and intervals, and how often such an interval held on the test part."""
    words, ways = page.labels("tomorrow"), page.labels("forecast.way")
    head = ["", *(text for way in found for text in (ways[way], words["interval"], words["held"]))]
    rows = []
    for k, date in enumerate(dates):
        row = [date]
        for one in found.values():
            row += [printed(one.forecast[k]), "–", "–"]
            if not np.isnan(one.reach[k]):
                row[-2:] = [
                    page.label("tomorrow.between", low=printed(one.low[k]), high=printed(one.high[k])),
                    page.label("tomorrow.of", covered=f"{one.covered[k]}", tested=f"{one.tested}"),
                ]
        rows.append(row)
    table(head, rows)


def printed(value: float) -> str:
    return scientific(float(value), DIGITS)


def name_of(page: Page, kind: str, way: str) -> str:
    return f"{page.label(f'run.{kind}')}, {page.label(f'forecast.way.{way}')}"


def tell(page: Page, settings: SeriesSettings, best: str, found: Mapping[str, Tomorrow]) -> None:
    """What the intervals are worth, and what was taken for the inputs."""
    for way, one in found.items():
        there = ~np.isnan(one.reach)
        name = name_of(page, best, way)
        covered, tested = int(one.covered[there].sum()), one.tested * int(there.sum())
        if tested:
            page.text(
                "tomorrow.covered", name=name, covered=f"{covered}", tested=f"{tested}",
                share=f"{100 * covered / tested:.0f}", level=f"{100 * LEVEL:.0f}", windows=f"{one.tested}",
            )  # fmt: skip
        if not there.all():
            page.text("tomorrow.few", name=name, count=f"{(~there).sum()}", level=f"{100 * LEVEL:.0f}")
    for each in settings.inputs:
        said = len(each.values) - len(settings.values) if each.known else 0
        if said < settings.horizon:
            key = "tomorrow.input.known" if each.known else "tomorrow.input.held"
            page.text(key, column=literal(each.name), count=f"{said}", horizon=f"{settings.horizon}")


def columns_of(settings: SeriesSettings, dates: Sequence[str], found: Mapping[str, Tomorrow]) -> dict[str, np.ndarray]:
    """What is downloaded, by heading: dates, forecasts and intervals, baselines, what is taken for the inputs."""
    columns = {"date": np.array(dates, int if counted(dates) else str)}
    for way, one in found.items():
        columns |= {way: one.forecast, f"{way} low": one.low, f"{way} high": one.high,
                    f"{way} covered": one.covered, f"{way} tested": np.full(len(dates), one.tested)}  # fmt: skip
    columns |= baselines_after(settings)
    for name, values in inputs_after(settings).items():
        columns[f"{name} (input)" if name in columns else name] = values
    return columns
