"""What the lesson `series` asks, and what its networks forecast."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from app.components.picture import picture
from app.controls.kinds import KINDS
from app.controls.settings import Setting, choice
from app.formatting import scientific
from app.lessons.series.charts import BASELINES
from app.lessons.series.inputs import Signals, cut_of, outputs_of
from app.lessons.series.pictures import forecasts
from app.lessons.series.records import TASK, SeriesFacts, SeriesSettings
from app.lessons.series.snapshot import origin, snapshot
from app.lessons.series.sources import COMPANIES, MADE, series_of, settings_of, written
from app.lessons.series.table.view import uploaded
from app.lessons.series.windows import LEARN, SplitError, baselines, folds, origins, signal_of
from app.page.page import Page
from app.page.settings import sliders_last
from app.page.story import story
from app.trained.learning import Said, Sample, overfitting
from app.trained.panel import trainer
from app.training.download import InputColumn
from app.training.saved import Trained

OWN = "own"
SERIES = (*COMPANIES, MADE, OWN)
STEPS = Setting("steps", 4, 24, SeriesSettings.steps)
HORIZON = Setting("horizon", 1, 12, SeriesSettings.horizon)
UNITS = Setting("units", 2, 64, SeriesSettings.units)
EPOCHS = Setting("epochs", 10, 200, SeriesSettings.epochs)
SEED = Setting("seed", 0, 99, SeriesSettings.seed)
FORECASTS = ("iterated", "direct")
NARROW = 332  # px of a picture of one window
CONTEXT = 40  # values before the test part that its picture shows
DIGITS = 3
SHARE = 0.9  # of a baseline's error: the challenge wants less


# ---- what is asked ---------------------------------------------------------------------------------------------------


def ask(page: Page) -> tuple[SeriesSettings, tuple[str, ...]]:
    """The settings a reader chose, and the dates after the series; the defaults where they cannot be trained, after a
    message."""
    with page.part("choices"):
        name = page.choose("series", SERIES)
        learn = page.choose("learn", LEARN)
    series = uploaded(page) if name == OWN else series_of(name)
    with page.part("sizes"):
        steps, horizon, units, epochs = (
            page.slider(setting, page.label(f"size.{setting.name}"), live=False)
            for setting in (STEPS, HORIZON, UNITS, EPOCHS)
        )
        seed = page.number(SEED, page.label("size.seed"))
    if series is None:
        name, series = COMPANIES[0], series_of(COMPANIES[0])
    settings = replace(
        settings_of(name, series),
        learn=learn, steps=steps, horizon=horizon, units=units, epochs=epochs, seed=seed,
    )  # fmt: skip
    try:
        folds(*windows(settings))
    except SplitError as short:
        st.warning(page.label("short", count=f"{len(series.values)}", least=f"{short.least + (learn != 'level')}"))
        series = series_of(COMPANIES[0])
        settings = settings_of(COMPANIES[0], series)
    return settings, written(series.after)


def windows(settings: SeriesSettings) -> tuple[int, int, int]:
    """How many values there are, how many a window reads, and how many it forecasts."""
    return len(values_of(settings)), settings.steps, settings.horizon


def values_of(settings: SeriesSettings) -> np.ndarray:
    """The values that are forecast."""
    return signal_of(np.array(settings.values), settings.learn)[0]


def dates_of(settings: SeriesSettings) -> tuple[str, ...]:
    """The dates of the values that are forecast."""
    return settings.dates[-len(values_of(settings)) :]


def tell_story(page: Page) -> None:
    story(page, "beats", (choice("series", SERIES), choice("learn", LEARN), choice("forecast", FORECASTS)))


# ---- what is forecast ------------------------------------------------------------------------------------------------


def title(page: Page, settings: SeriesSettings) -> str:
    """A series' name."""
    return page.label(f"series.{settings.series}")


def board(page: Page) -> tuple[SeriesSettings, tuple[str, ...], Trained[SeriesFacts]]:
    """What is asked, what was forecast, and the panel that trains: the settings, the dates after the series, and the
    networks that are shown."""
    with page.part("board"):
        settings, after = ask(page)
        place = st.container(key="forecasts", gap="small")  # above the panel, which says which networks these are
    trained = trainer(page, TASK, settings, Sample(snapshot, partial(sample, page)), inputs=scaled)
    with place:
        note = st.empty()  # it keeps its place while it is empty, and so does what is below
        if not concerns(trained.facts, settings):
            note.info(page.label("forecast.other", series=title(page, settings)))
        elif trained.facts.settings.identity != settings.identity:
            note.info(page.label("forecast.sizes"))
        show(page, settings, trained.facts)
    overfitting(page, trained, trained.facts.best)
    return settings, after, trained


def concerns(facts: SeriesFacts, settings: SeriesSettings) -> bool:
    """Whether networks forecast the values that are chosen, from windows that are cut as is chosen."""
    one, other = facts.settings, settings
    return (one.dates, one.values, one.inputs, one.learn, one.steps, one.horizon) == (
        other.dates, other.values, other.inputs, other.learn, other.steps, other.horizon,
    )  # fmt: skip


def free(settings: SeriesSettings) -> tuple[list[int], dict[str, np.ndarray]]:
    """The origins of the test part, and what each baseline forecasts there, (N, horizon)."""
    values, test = values_of(settings), folds(*windows(settings))[1]
    at = origins(test.cut, test.end, settings.steps, settings.horizon)
    return at.tolist(), baselines(values, at, settings.horizon, settings.season, test.cut)


def words_of(page: Page, settings: SeriesSettings) -> dict[str, str]:
    """The words of a picture of forecasts."""
    unit = page.label(f"unit.{'share' if settings.series in COMPANIES else settings.series}")
    return page.labels("forecast") | page.labels("run") | {"unit": unit}


def show(page: Page, settings: SeriesSettings, facts: SeriesFacts) -> None:
    """What followed an origin of the test part, and what was forecast there: by networks, where they concern it."""
    dates, values = dates_of(settings), values_of(settings).tolist()
    at, found = free(settings)
    words = words_of(page, settings)
    first = max(0, at[0] + 1 - max(CONTEXT, settings.steps))

    @st.fragment(key="forecast")
    @sliders_last()
    def drawn() -> None:
        with page.part("sliders"):
            way = page.choose("forecast", FORECASTS, group="forecast.way", parts=("forecast",))
            days = [dates[k] for k in at]
            setting = choice("day", days, days[len(days) // 2], "forecast.unknown", first=days[0], last=days[-1])
            day = page.slider(setting, words["from"], ("forecast",))
        origin = dates.index(day)
        row = days.index(day)
        ahead = {name: rows[row].tolist() for name, rows in found.items()}
        if concerns(facts, settings) and page.guessed("beats"):
            ahead |= {kind: list(facts.forecasts[run_of(kind, way)][row]) for kind in KINDS}
        with page.part("figure-forecast"):
            st.markdown(f"### {page.label('forecast.title', series=title(page, settings), date=dates[origin])}")
            picture(forecasts(dates[first:], values[first:], origin - first, settings.steps, ahead, words), "forecast")
            if concerns(facts, settings) and not page.guessed("beats"):
                page.cover("forecasts")
            if "seasonal" in found:
                page.text("forecast.season", season=f"{settings.season}")

    drawn()


def sample(page: Page, settings: SeriesSettings, said: Said) -> None:
    """What networks forecast, while they learned, after the first window of the last validation part."""
    at, words = origin(settings), words_of(page, settings)
    first, end = at + 1 - settings.steps, at + settings.horizon + 1
    page.text("learning.sample", date=dates_of(settings)[at])
    dates, values = dates_of(settings)[first:end], values_of(settings).tolist()[first:end]
    drawing = forecasts(dates, values, at - first, settings.steps, said, words, NARROW)
    picture(drawing, "learning")


def run_of(kind: str, way: str) -> str:
    """The name of a cell's run that forecasts in one of two ways."""
    return kind if way == "iterated" else f"{kind}-direct"


def samples(trained: Trained[SeriesFacts], run: str) -> dict[str, np.ndarray]:
    """What a network reads at each origin of the test part, scaled, (T, 1 + K) by the date of the origin."""
    settings, at = trained.facts.settings, np.array(trained.facts.origins)
    signals, dates = Signals(settings), dates_of(settings)
    read = signals.windows(at, outputs_of(run, settings), signals.scalers(cut_of(run, settings)))
    return {dates[origin]: read[:, k] for k, origin in enumerate(at)}


def columns(page: Page, settings: SeriesSettings) -> list[str]:
    """What a network reads at a timestep, by name; nothing where it is the series alone."""
    return [page.label("inputs.target"), *(one.name for one in settings.inputs)] if settings.inputs else []


def scaled(facts: SeriesFacts, run: str) -> list[InputColumn]:
    """What a network reads at a timestep, with the scale that each column has from the training part."""
    settings = facts.settings
    names = [settings.heading or settings.series, *(one.name for one in settings.inputs)]
    signals = Signals(settings)
    scales, known = signals.scalers(cut_of(run, settings)), [False, *signals.known]
    return [InputColumn(name, *scale, ahead) for name, scale, ahead in zip(names, scales, known, strict=True)]


# ---- questions -------------------------------------------------------------------------------------------------------


def beats(facts: SeriesFacts) -> bool:
    """Whether the cell that was best in validation beats "nothing changes" one step ahead, on the test part."""
    return facts.errors[facts.best][0] < facts.errors["naive"][0]


def horizons_won(facts: SeriesFacts, share: float) -> int:
    """At how many horizons the best cell's iterated error is below that share of every baseline's."""
    errors = facts.errors
    baseline = np.min([errors[name] for name in BASELINES if name in errors], axis=0)
    return int((np.array(errors[facts.best]) < share * baseline).sum())


def challenge_state(facts: SeriesFacts, share: float) -> str:
    """A key of the lesson's labels: the challenge wants every horizon won, and more than one of them."""
    horizon = facts.settings.horizon
    if horizons_won(facts, share) < horizon:
        return "open"
    return "solved" if horizon > 1 else "single"


def printed(value: float) -> str:
    """An error as the page prints it."""
    return scientific(value, DIGITS)


def questions(page: Page, trained: Trained[SeriesFacts]) -> None:
    """A prediction, and the challenge."""
    facts = trained.facts
    best = page.label(f"run.{facts.best}")
    with page.part("predict"):
        page.say("predict")
        own, baseline = (printed(facts.errors[name][0]) for name in (facts.best, "naive"))
        page.predict("beats", ["yes", "no"], "yes" if beats(facts) else "no", series=title(page, facts.settings),
                     best=best, own=own, naive=baseline)  # fmt: skip
    with page.part("goal"):
        better = f"{100 * (1 - SHARE):.0f}"
        page.say("goal", share=better)
        if not page.guessed("beats"):
            page.challenge("covered")
            return
        count, horizon = f"{horizons_won(facts, SHARE)}", f"{facts.settings.horizon}"
        page.challenge(challenge_state(facts, SHARE), best=best, count=count, horizon=horizon, share=better)
