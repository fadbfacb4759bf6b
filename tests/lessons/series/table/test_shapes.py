"""Whatever shape a reader's table has, it is read as meant, or told by line and cell."""

import numpy as np
import pandas as pd
import pytest

from app.i18n import LANGUAGES, filled, labels
from app.lessons.series.table.reading import read
from app.lessons.series.table.records import Choices, TableError
from tests.lessons.series.table.shapes import SHAPES


def test_there_are_many_shapes():
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= 120


def sayable(overview):
    """Everything that is told of a table has words in every language."""
    for language in LANGUAGES:
        words = labels(language, "series")
        for message in (*overview.notes, *(column.reason for column in overview.columns)):
            assert "{" not in filled(words[message.reason], message.values)
        for doubt in overview.doubts:
            assert "{" not in filled(words[f"upload.doubt.{doubt.kind}"], {"": "", **doubt.values})
            if doubt.kind not in ("encoding", "sheet", "group"):
                assert all(words[f"upload.answer.{doubt.kind}.{option}"] for option in doubt.options)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_table_is_read_as_meant(shape):
    choices = Choices(answers=shape.answers, **shape.chosen)
    if shape.error:
        with pytest.raises(TableError) as told:
            read(shape.data, choices)
        message, overview = told.value.message, told.value.overview
        reason, line, cell = shape.error
        found = (message.reason, message.values["line"], message.values["cell"])
        assert found == (f"upload.problem.{reason}", f"{line}", cell)
        for language in LANGUAGES:
            assert "{" not in filled(labels(language, "series")[message.reason], message.values)
    else:
        reading = read(shape.data, choices)
        overview, series = reading.overview, reading.series
        assert series.values.tolist() == pytest.approx(list(shape.values), rel=1e-12)
        if series.dates.dtype.kind == "M":
            assert pd.DatetimeIndex(series.dates).tolist() == pd.DatetimeIndex(list(shape.dates)).tolist()
        else:
            assert series.dates.tolist() == list(shape.dates)
        assert (series.frequency, series.season) == (shape.frequency, shape.season)
        names = {column.place: column.name for column in overview.columns}
        assert shape.target is None or names[overview.target] == shape.target
        assert shape.time is None or tuple(names[place] for place in overview.time) == shape.time
        assert [note.reason.removeprefix("upload.note.") for note in overview.notes] == list(shape.notes)
        assert (np.diff(series.dates) > np.zeros(1, np.diff(series.dates).dtype)).all()
    assert {doubt.key: doubt.chosen for doubt in overview.doubts} == shape.doubts
    sayable(overview)
