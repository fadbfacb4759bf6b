"""A reader's file: whatever is in it is read as meant, or told by line and text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import LANGUAGES, filled, labels
from app.lessons.series.csv_file import LONGEST, MOST, read
from app.messages import RefusedError

ROWS = [(f"2020-{month:02d}-01", f"{1.5 * month}") for month in range(1, 13)]
VALUES = [1.5 * month for month in range(1, 13)]


def written(rows=ROWS, mark=",", head="date,value\n", end="\n"):
    return (head + "".join(f"{date}{mark}{value}\n" for date, value in rows)).replace("\n", end)


def changed(line, date=None, value=None):
    """The file with one line (counted as in the file, the heading being 1) changed."""
    rows = list(ROWS)
    rows[line - 2] = (rows[line - 2][0] if date is None else date, rows[line - 2][1] if value is None else value)
    return written(rows).encode()


GOOD = {
    "plain": written().encode(),
    "no heading": written(head="").encode(),
    "byte-order mark": b"\xef\xbb\xbf" + written().encode(),
    "utf-16": written().encode("utf-16"),
    "CRLF": written(end="\r\n").encode(),
    "CR": written(end="\r").encode(),
    "semicolons": written(mark=";", head="date;value\n").encode(),
    "tabs": written(mark="\t", head="").encode(),
    "bars": written(mark="|", head="").encode(),
    "decimal commas": written([(d, v.replace(".", ",")) for d, v in ROWS], ";", "").encode(),
    "quotes": written([(f'"{d}"', f'"{v}"') for d, v in ROWS]).encode(),
    "spaces and empty lines": written([(f" {d}", f" {v} \n") for d, v in ROWS]).encode(),
    "slashes": written([(d.replace("-", "/"), v) for d, v in ROWS]).encode(),
    "dots": written([(".".join(reversed(d.split("-"))), v) for d, v in ROWS]).encode(),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_a_good_file_is_read_as_meant(data):
    series, notes = read(data, "hold")
    assert notes == []
    assert series.values.tolist() == VALUES
    assert np.datetime_as_string(series.dates).tolist() == [date for date, _ in ROWS]
    assert series.season == 12


BAD = {
    "empty": (b"", "empty", None, ""),
    "blank": (b" \n\r\n", "empty", None, ""),
    "only a heading": (b"date,value\n", "empty", None, ""),
    "one row": (b"date,value\n2020-01-01,3\n", "short", None, ""),
    "one row left": (b"2020-01-01,3\n2020-01-02,\n", "short", None, ""),
    "wrong delimiter": (written(mark=" ", head="").encode(), "delimiter", "1", "2020-01-01 1.5"),
    "three columns": (b"date,a,b\n2020-01-01,1,2\n", "columns", "2", "2020-01-01,1,2"),
    "a third cell": (changed(4, value="4.5,9"), "columns", "4", "2020-03-01 4.5 9"),
    "no number": (changed(5, value="six"), "number", "5", "six"),
    "infinite": (changed(5, value="inf"), "number", "5", "inf"),
    "too large a number": (changed(5, value="1e99"), "number", "5", "1e99"),
    "markup": (changed(5, value="<b>1</b>"), "number", "5", "<b>1</b>"),
    "no such month": (changed(6, date="2020-15-01"), "date", "6", "2020-15-01"),
    "no date": (changed(6, date=""), "date", "6", ""),
    "counted, not dated": (b"1,2\n2,3\n3,4\n", "date", "1", "1"),
    "the same date": (changed(6, date="2020-04-01"), "twice", "6", "2020-04-01"),
    "an open quote": (b'2020-01-01,"3\n2020-01-02,4\n', "quotes", "2", ""),
    "latin-1": ("2020-01-01,3\n2020-01-02,ü\n".encode("latin-1"), "encoding", "2", ""),
    "too large": (b"x" * (MOST + 1), "large", None, ""),
    "gaps": (b"1900-01-01,1\n2020-01-01,2\n2020-01-02,3\n2020-01-03,3\n", "sparse", None, ""),
}


@pytest.mark.parametrize(("data", "reason", "line", "cell"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_what_and_where(data, reason, line, cell):
    with pytest.raises(RefusedError) as told:
        read(data, "hold")
    message = told.value.message
    assert message.reason == f"upload.problem.{reason}"
    assert (message.values.get("line"), message.values["cell"]) == (line, cell)
    for language in LANGUAGES:
        said = filled(labels(language, "series")[message.reason], message.values)
        assert line is None or line in said


def noted(data, way="hold"):
    series, notes = read(data, way)
    for note in notes:
        for language in LANGUAGES:
            assert filled(labels(language, "series")[note.reason], note.values | {"way": ""})
    return series, {note.reason.removeprefix("upload.note."): note.values for note in notes}


@pytest.mark.parametrize("missing", ["", "NA", "nan", "-"])
def test_missing_values_are_told_and_their_place_is_filled(missing):
    series, notes = noted(changed(4, value=missing), "linear")
    assert notes == {"missing": {"count": "1", "lines": "4"}, "uneven": {"count": "11", "steps": "12"}}
    np.testing.assert_allclose(series.values, VALUES)
    assert np.datetime_as_string(series.dates).tolist() == [date for date, _ in ROWS]
    held, _ = noted(changed(4, value=missing), "hold")
    assert held.values[2] == VALUES[1]


def test_rows_are_sorted_and_that_is_told():
    series, notes = noted(written(ROWS[::-1]).encode())
    assert series.values.tolist() == VALUES
    assert notes == {"unsorted": {"line": "3"}}


@pytest.mark.parametrize(
    ("dates", "reason"), [("13/01/2020 14/01/2020", "read_day"), ("01/13/2020 01/14/2020", "read_month")]
)
def test_the_order_of_day_and_month_is_told(dates, reason):
    series, notes = noted("".join(f"{date},1\n" for date in dates.split()).encode())
    assert list(notes) == [reason]
    assert np.datetime_as_string(series.dates).tolist() == ["2020-01-13", "2020-01-14"]


def test_of_a_long_series_the_end_is_used():
    days = np.datetime64("1990-01-01") + np.arange(LONGEST + 5)
    series, notes = noted("".join(f"{day},{k}\n" for k, day in enumerate(days)).encode())
    assert notes == {"long": {"count": f"{LONGEST + 5}", "most": f"{LONGEST}"}}
    assert series.values.tolist() == list(range(5, LONGEST + 5))


def test_hours_are_kept():
    series, _ = read(b"2020-01-01T00:00:00Z,1\n2020-01-01T01:00:00Z,2\n2020-01-01T02:00:00+00:00,4\n", "hold")
    assert np.datetime_as_string(series.dates, "h").tolist() == [f"2020-01-01T0{hour}" for hour in range(3)]
    assert series.season == 24


DATES = st.sampled_from(["2020-01-01", "2020-01-02", "1/2/2020", "x", ""]) | st.text(max_size=8)
NUMBERS = st.sampled_from(["1", "2,5", "", "NaN", "1e400"]) | st.text(max_size=5)
LINES = st.lists(st.tuples(DATES, NUMBERS), max_size=6)


@given(LINES | st.binary(max_size=60), st.sampled_from(",;\t| "))
def test_nothing_but_a_told_error_comes_of_any_file(lines, mark):
    data = lines if isinstance(lines, bytes) else "\n".join(mark.join(row) for row in lines).encode("utf-8", "replace")
    try:
        series, _ = read(data, "hold")
    except RefusedError as told:
        for language in LANGUAGES:
            filled(labels(language, "series")[told.message.reason], told.message.values)
    else:
        assert np.isfinite(series.values).all()
        assert (np.diff(series.dates) > np.timedelta64(0)).all()
