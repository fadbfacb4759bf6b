"""What the lesson `series` trains with, and what it measures. No torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.lessons.series.windows import Scaler
from app.training.records import Settings, Task


@dataclass(frozen=True)
class Input:
    """A column that is read beside the series.

    Attributes
    ----------
    name
        What its heading says.
    values
        (T,), and more where a column that is known in advance goes on after the end of the series.
    known
        Whether its values are known in advance.
    """

    name: str
    values: tuple[float, ...]
    known: bool = False


@dataclass(frozen=True)
class SeriesSettings(Settings):
    """A series, and how it is cut into windows and learned.

    Attributes
    ----------
    series
        The name readers choose it by.
    season
        Values that make a season; 1 where none is known.
    dates, values
        The series itself, (T,) each; dates as in ISO 8601.
    learn
        What a network reads and forecasts, one of ``windows.LEARN``.
    steps, horizon
        Values a window reads, and values it forecasts.
    inputs
        What is read beside the series.
    heading
        What the heading of the series' own column says, where it is a reader's.
    """

    series: str
    season: int
    dates: tuple[str, ...]
    values: tuple[float, ...]
    learn: str = "change"
    steps: int = 12
    horizon: int = 8
    units: int = 16
    epochs: int = 60
    rate: float = 0.01
    seed: int = 0
    inputs: tuple[Input, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class SeriesFacts:
    """Mean absolute errors, and the forecasts of the test part.

    Attributes
    ----------
    rolling
        The error one step ahead on each fold, by cell, and of the naive forecast.
    origins
        The last known value of each forecast of the test part, N in all.
    errors, forecasts
        On the test part, by run and by baseline: the error at each horizon, and what was forecast, (N, horizon).
        Baselines: ``naive``, ``drift``, and ``seasonal`` where a season is known.
    scale
        Fitted on what the last fold learns from.
    best
        The cell with the smallest error in validation.
    """

    settings: SeriesSettings
    rolling: Mapping[str, Sequence[float]]
    origins: Sequence[int]
    errors: Mapping[str, Sequence[float]]
    forecasts: Mapping[str, Sequence[Sequence[float]]]
    scale: Scaler
    best: str


TASK = Task("series", "app.lessons.series.train", SeriesFacts)
