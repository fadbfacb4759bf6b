"""The series of the lesson: weekly share prices, one that is made, and the default settings of each. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import plotly.data

from app.lessons.series.records import Input, SeriesSettings

COMPANIES = ("GOOG", "AAPL", "AMZN", "FB", "NFLX", "MSFT")
MADE = "made"
SEASONS = {"weekly": 52, "made": 12}  # values in a season
AFTER = 12  # dates after the last: the farthest horizon
LENGTH, WAVE, SLOW, NOISE = 240, 1.0, 0.6, 0.25  # of the series that is made: values, sizes of its parts


@dataclass(frozen=True, eq=False)
class Series:
    """Values at dates that are even on their calendar, (T,) each.

    Attributes
    ----------
    dates
        datetime64, or whole numbers where values are only counted.
    season
        How many values make a season, as far as is known; 1 where none is.
    frequency
        The calendar: ``day``, ``business``, ``month`` … (`app.lessons.series.table.calendars`); empty
        where it is not told.
    inputs
        What is read beside the values, by the name of its column: (T,), and more where a column that is known in
        advance goes on after the last value.
    known
        Which of the inputs are known in advance.
    after
        The dates that follow the last on its calendar, `AFTER` of them.
    name
        What the heading of its column says.
    """

    dates: np.ndarray
    values: np.ndarray
    season: int
    frequency: str = ""
    inputs: Mapping[str, np.ndarray] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    after: np.ndarray = field(default_factory=lambda: np.empty(0, "datetime64[D]"))
    name: str = ""


@cache
def stock(company: str) -> Series:
    """A company's weekly share price in 2018 and 2019, the first one 1, as Plotly ships them."""
    table = plotly.data.stocks()
    dates = table["date"].to_numpy("datetime64[D]")
    after = dates[-1] + np.timedelta64(7, "D") * np.arange(1, AFTER + 1)
    return Series(dates, table[company].to_numpy(float), SEASONS["weekly"], after=after)


@cache
def made() -> Series:
    """A season of twelve months on a slow wave, with noise: a series in which there is something to learn."""
    t = np.arange(LENGTH)
    every = (np.datetime64("2000-01", "M") + np.arange(LENGTH + AFTER)).astype("datetime64[D]")
    noise = np.random.default_rng(1).normal(size=LENGTH)
    values = WAVE * np.sin(2 * np.pi * t / SEASONS["made"]) + SLOW * np.sin(2 * np.pi * t / 55) + NOISE * noise
    return Series(every[:LENGTH], values.round(4), SEASONS["made"], after=every[LENGTH:])


def series_of(name: str) -> Series:
    """A series by the name readers choose it by."""
    return made() if name == MADE else stock(name)


def settings_of(name: str, series: Series) -> SeriesSettings:
    """The defaults for a series."""
    inputs = tuple(Input(key, tuple(each.tolist()), key in series.known) for key, each in series.inputs.items())
    dates, values = written(series.dates), tuple(series.values.tolist())
    return SeriesSettings(name, series.season, dates, values, inputs=inputs, heading=series.name)


def written(dates: np.ndarray) -> tuple[str, ...]:
    """Dates as in ISO 8601, or counts, as texts."""
    found = np.datetime_as_string(dates) if dates.dtype.kind == "M" else dates.astype(str)
    return tuple(found.tolist())
