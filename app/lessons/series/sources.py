"""The series of the lesson: weekly share prices, one that is made, and the default settings of each. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import plotly.data

from app.lessons.series.records import SeriesSettings

COMPANIES = ("GOOG", "AAPL", "AMZN", "FB", "NFLX", "MSFT")
MADE = "made"
SEASONS = {"weekly": 52, "made": 12}  # values in a season
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
        What may be read beside the values, (T,) each, by the name of its column.
    """

    dates: np.ndarray
    values: np.ndarray
    season: int
    frequency: str = ""
    inputs: Mapping[str, np.ndarray] = field(default_factory=dict)


@cache
def stock(company: str) -> Series:
    """A company's weekly share price in 2018 and 2019, the first one 1, as Plotly ships them."""
    table = plotly.data.stocks()
    return Series(table["date"].to_numpy("datetime64[D]"), table[company].to_numpy(float), SEASONS["weekly"])


@cache
def made() -> Series:
    """A season of twelve months on a slow wave, with noise: a series in which there is something to learn."""
    t = np.arange(LENGTH)
    noise = np.random.default_rng(1).normal(size=LENGTH)
    values = WAVE * np.sin(2 * np.pi * t / SEASONS["made"]) + SLOW * np.sin(2 * np.pi * t / 55) + NOISE * noise
    dates = (np.datetime64("2000-01", "M") + t).astype("datetime64[D]")
    return Series(dates, values.round(4), SEASONS["made"])


def series_of(name: str) -> Series:
    """A series by the name readers choose it by."""
    return made() if name == MADE else stock(name)


def settings_of(name: str, series: Series) -> SeriesSettings:
    """The defaults for a series."""
    dates = np.datetime_as_string(series.dates) if series.dates.dtype.kind == "M" else series.dates.astype(str)
    return SeriesSettings(name, series.season, tuple(dates.tolist()), tuple(series.values.tolist()))
