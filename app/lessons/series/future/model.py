"""A forecast past the end of a series, with an interval, and how often such intervals held on the test part.

Split conformal prediction (Lei et al. 2018, doi:10.1080/01621459.2017.1307116), for each horizon by itself: the
interval is as wide as the errors in the last fold's validation part, which the network has not learned from. Of a
series whose errors change in time it promises nothing (Barber et al. 2023, doi:10.1214/23-AOS2276): so it is tried on
the test part, and what it reached there is said. A bootstrap of blocks would tell of the mean error, and not of one
value to come. No torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.lessons.series.inputs import Signals
from app.lessons.series.records import SeriesFacts, SeriesSettings
from app.lessons.series.snapshot import forecasts
from app.lessons.series.windows import baselines, folds, origins
from app.training.saved import Weights

LEVEL = 0.8  # of the interval: four errors are enough for it, where 0.9 takes nine


@dataclass(frozen=True, eq=False)
class Tomorrow:
    """What one network forecasts after the last value, (horizon,) each.

    Attributes
    ----------
    reach
        How far the interval reaches to either side; NaN where validation has too few errors.
    errors
        How many errors of the validation part `reach` is taken from.
    covered, tested
        How many values of the test part were within such an interval, and of how many.
    """

    forecast: np.ndarray
    reach: np.ndarray
    errors: np.ndarray
    covered: np.ndarray
    tested: int

    @property
    def low(self) -> np.ndarray:
        return self.forecast - self.reach

    @property
    def high(self) -> np.ndarray:
        return self.forecast + self.reach


def tomorrow(facts: SeriesFacts, run: str, weights: Weights) -> Tomorrow:
    """Forecast past the end of the series with a network as it was tested: it has not learned from what came later."""
    settings, values = facts.settings, Signals(facts.settings).values
    rolls, _ = folds(len(values), settings.steps, settings.horizon)
    at = origins(rolls[-1].cut, rolls[-1].end, settings.steps, 1)
    found = forecasts(settings, run, weights, np.append(at, len(values) - 1))
    tested, said = np.array(facts.origins), np.array(facts.forecasts[run])
    reach, errors, covered = [], [], []
    for ahead in range(1, settings.horizon + 1):
        judged = at + ahead < rolls[-1].end
        missed = np.abs(found[:-1][judged, ahead - 1] - values[at[judged] + ahead])
        reach.append(conformal(missed))
        errors.append(len(missed))
        covered.append(int((np.abs(said[:, ahead - 1] - values[tested + ahead]) <= reach[-1]).sum()))
    return Tomorrow(found[-1], np.array(reach), np.array(errors), np.array(covered), len(tested))


def conformal(errors: np.ndarray) -> float:
    """The smallest of some absolute errors (N,) that a share `LEVEL` of N + 1 does not exceed; NaN where none is."""
    rank = int(np.ceil(LEVEL * (len(errors) + 1) - 1e-9))
    return float(np.sort(errors)[rank - 1]) if rank <= len(errors) else np.nan


def baselines_after(settings: SeriesSettings) -> dict[str, np.ndarray]:
    """What each baseline forecasts after the last value, (horizon,)."""
    values = Signals(settings).values
    every = baselines(values, np.array([len(values) - 1]), settings.horizon, settings.season, len(values))
    return {name: found[0] for name, found in every.items()}


def inputs_after(settings: SeriesSettings) -> dict[str, np.ndarray]:
    """What is taken for each input after the last value, (horizon,): where the file says nothing, its last value."""
    length, horizon = len(settings.values), settings.horizon
    found = {}
    for one in settings.inputs:
        going_on = np.array(one.values[length : length + horizon])
        last = going_on[-1] if len(going_on) else one.values[length - 1]
        found[one.name] = np.append(going_on, np.full(horizon - len(going_on), last))
    return found
