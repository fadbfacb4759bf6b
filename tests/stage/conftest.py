"""What the stage computes, without a browser."""

import pytest

from app.i18n import stage_words
from app.stage.scene import scene
from tests.support.evaluator import Node
from tests.support.series import computed


@pytest.fixture(scope="session")
def series_node():
    """A process that computes the numbers of scenes."""
    process = Node("series.js")
    yield process
    process.close()


@pytest.fixture(scope="session")
def series_of(series_node):
    """Return the series that the stage computes of a run: ``series_of(trace, unit, targets, backward)``."""
    words, controls = stage_words("en"), {"weights": {}, "days": {}, "show": []}

    def series(trace, unit=0, targets=None, backward=False):
        sent = scene({"A": trace}, {"A": "A"}, words, targets=targets, controls=controls)
        return computed(series_node, sent, unit=unit, backward=backward)["series"][0]

    return series
