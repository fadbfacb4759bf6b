"""What the lesson `series` shows beneath its forecasts: errors, cuts, uneven times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from app.controls.kinds import KINDS
from app.controls.settings import Setting
from app.formatting import number
from app.lessons.series.charts import BASELINES, by_horizon, cuts, resampled
from app.lessons.series.records import SeriesFacts, SeriesSettings
from app.lessons.series.resampling import PERIOD, RESAMPLERS, linear, thinned
from app.lessons.series.verdicts import LEVEL, verdict
from app.lessons.series.view import FORECASTS, dates_of, printed, run_of, title, values_of, windows
from app.lessons.series.windows import folds
from app.page.page import Page
from app.page.settings import sliders_last
from app.page.views import draw, table, take
from app.training.saved import Trained

MISSING = Setting("share", 0, 80, 50, 10)  # per cent of the values

# ---- errors ----------------------------------------------------------------------------------------------------------


def errors_section(page: Page, trained: Trained[SeriesFacts]) -> None:
    """The error of every forecast at every horizon, and what follows from it."""
    facts = trained.facts
    errors, horizon = facts.errors, facts.settings.horizon
    with page.folded("errors", series=title(page, facts.settings), origins=f"{len(facts.origins)}"):
        if not page.guessed("beats"):
            page.cover("errors")
            return
        words = page.labels("forecast") | page.labels("run") | page.labels("forecast.way") | page.labels("errors")
        rows = {words[name]: errors[name] for name in BASELINES if name in errors}
        rows |= {f"{words[kind]}, {words[way]}": errors[run_of(kind, way)] for kind in KINDS for way in FORECASTS}
        by_error(page, rows, shown(horizon))
        baselines = {name: errors[name] for name in BASELINES if name in errors}
        cells = {kind: {way: errors[run_of(kind, way)] for way in FORECASTS} for kind in KINDS}
        if horizon > 1:
            draw(by_horizon(baselines, cells, words, page.dark), "errors", words["alt"])
        verdicts(page, facts)
        columns = {name: np.array(values) for name, values in errors.items()}
        take(page, "errors", {"horizon": np.arange(1, horizon + 1)} | columns)


def shown(horizon: int) -> list[int]:
    """The horizons that a table has room for: the first, some between, the last."""
    return sorted({round(h) for h in np.linspace(1, horizon, min(horizon, 4))})


def by_error(page: Page, rows: Mapping[str, Sequence[float]], horizons: Sequence[int]) -> None:
    """A table of errors, the smallest of each column in bold."""
    least = {h: min(values[h - 1] for values in rows.values()) for h in horizons}

    def cell(value: float, h: int) -> str:
        return f"**{printed(value)}**" if value == least[h] else printed(value)

    head = ["", *(page.label("errors.ahead", horizon=f"{h}") for h in horizons)]
    table(head, [[name, *(cell(values[h - 1], h) for h in horizons)] for name, values in rows.items()])


def verdicts(page: Page, facts: SeriesFacts) -> None:
    """What the test part can tell of the best network and the baselines, one step ahead and at the farthest horizon."""
    best, horizon, lines = facts.best, facts.settings.horizon, []
    name = page.label(f"run.{best}")
    for baseline in (each for each in BASELINES if each in facts.errors):
        for h in sorted({1, horizon}):
            found = verdict(absolute(facts, best, h), absolute(facts, baseline, h), h)
            told = {"own": found.own, "free": found.other, "low": found.low, "high": found.high}
            counts = {"horizon": h, "windows": found.windows, "independent": found.independent}
            numbers = {key: printed(value) for key, value in told.items()} | {key: f"{n}" for key, n in counts.items()}
            other = page.label(f"verdict.name.{baseline}")
            lines.append(page.label(f"verdict.{found.state}", best=name, baseline=other, **numbers))
    if horizon > 1:
        ways = {way: facts.errors[run_of(best, way)][-1] for way in FORECASTS}
        key = f"verdict.ways.{min(ways, key=lambda way: ways[way])}"
        numbers = {way: printed(value) for way, value in ways.items()}
        lines.append(page.label(key, best=name, horizon=f"{horizon}", **numbers))
    st.markdown("\n".join(lines))
    page.text("verdict.interval", level=f"{100 * LEVEL:.0f}")


def absolute(facts: SeriesFacts, name: str, horizon: int) -> np.ndarray:
    """The absolute errors of a forecast so many steps ahead, one for each origin."""
    at = np.array(facts.origins) + horizon
    return np.abs(np.array(facts.forecasts[name])[:, horizon - 1] - values_of(facts.settings)[at])


# ---- cuts ------------------------------------------------------------------------------------------------------------


def cuts_section(page: Page, trained: Trained[SeriesFacts]) -> None:
    """How the series is cut by time, and the error of each fold."""
    facts, settings = trained.facts, trained.facts.settings
    rolls, test = folds(*windows(settings))
    names = [f"{page.label('cuts.fold')} {k}" for k in range(1, len(rolls) + 1)]
    words = page.labels("cuts") | {name: name for name in names}
    with page.folded("cuts", steps=f"{settings.steps}", horizon=f"{settings.horizon}"):
        parts = {name: (fold.cut, fold.end) for name, fold in zip(names, rolls, strict=True)}
        parts["test"] = (test.cut, test.end)
        window = (settings.steps, settings.horizon)
        shape = cuts(dates_of(settings), values_of(settings).tolist(), parts, window, words, page.dark)
        draw(shape, "cuts", words["alt"])
        if not page.guessed("beats"):
            page.cover("folds")
            return
        labels = page.labels("forecast") | page.labels("run")
        rows = [[labels[name], *(printed(v) for v in found), printed(float(np.mean(found)))]
                for name, found in facts.rolling.items()]  # fmt: skip
        table(["", *names, words["mean"]], rows)
        page.text("cuts.best", best=page.label(f"run.{facts.best}"))


# ---- uneven times ----------------------------------------------------------------------------------------------------


@st.fragment(key="sampling")
@sliders_last()
def sampling_section(page: Page, settings: SeriesSettings) -> None:
    """The series with values missing, and three ways of making it even again."""
    with page.folded("sampling", series=title(page, settings)):
        with page.part("figures-sampling"):
            way = page.choose("resample", list(RESAMPLERS), group="way", parts=("sampling",))
            share = page.slider(MISSING, page.label("sampling.share"), ("sampling",))
        dates, values = settings.dates, np.array(settings.values)
        seen = thinned(len(values), share / 100, settings.seed)
        grid = np.arange(0, len(values), PERIOD if way == "mean" else 1)
        made = RESAMPLERS[way](np.flatnonzero(seen).astype(float), values[seen], grid.astype(float))
        words = page.labels("sampling")
        shape = resampled(
            dates, values.tolist(), seen, ([dates[k] for k in grid], made.tolist()), way == "hold", words, page.dark
        )
        draw(shape, "sampling", words["alt"])
        still = float((np.diff(made) == 0).mean())
        page.text(
            f"sampling.notice.{way}",
            seen=f"{seen.sum()}", total=f"{len(values)}", made=f"{len(made)}", still=f"{100 * still:.0f}",
            error=printed(float(np.abs(made - values[grid]).mean())),
            future=f"{(~seen).sum() if way == linear.__name__ else 0}", period=f"{PERIOD}",
            rough=number(roughness(made) / roughness(values[grid]), 2),
        )  # fmt: skip


def roughness(values: np.ndarray) -> float:
    """How far values jump from one to the next: the standard deviation of their changes."""
    return float(np.diff(values).std()) or 1.0
