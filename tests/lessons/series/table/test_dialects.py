"""A table written in any dialect is read back exactly."""

import csv
from datetime import datetime, timedelta
from io import StringIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.series.table.reading import read
from app.lessons.series.table.records import Choices, TableError

CLOCKS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%Y%m%d %H:%M:%S")
DATES = (
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%B %d, %Y", "%a, %d %b %Y",
)  # fmt: skip
STEPS = {timedelta(days=1): DATES, timedelta(days=7): DATES, timedelta(hours=1): CLOCKS, timedelta(minutes=15): CLOCKS}
HEADS = [
    ("Date", "Rain"), ("Datum", "Niederschlag"), ("Ngày", "Lượng mưa"), ("timestamp", "PM2.5"), ("Zeit", "Wärme (°C)"),
    ("When", "<VAL>"), None,
]  # fmt: skip
MARKS = {",": (".", ["", ","]), ";": (",", ["", ".", " ", "'"])}  # between cells: the decimal mark, marks of thousands


@st.composite
def tables(draw):
    """A file, how it was written, its times and its values."""
    step = draw(st.sampled_from([*STEPS]))
    start = datetime(draw(st.integers(1970, 2040)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    times = [start + k * step for k in range(draw(st.integers(40, 90)))]
    form = draw(st.sampled_from(STEPS[step]))
    between = draw(st.sampled_from([",", ";", "\t"]))
    decimal, groups = MARKS.get(between) or MARKS[draw(st.sampled_from(",;"))]
    group, places = draw(st.sampled_from(groups)), draw(st.integers(1, 5))
    whole = st.integers(-(10**7), 10**7)
    values = [n / 10**places for n in draw(st.lists(whole, min_size=len(times), max_size=len(times)))]
    marks = str.maketrans({",": group, ".": decimal})
    texts = [format(value, f",.{places}f").translate(marks) for value in values]
    head, extra = draw(st.sampled_from(HEADS)), draw(st.booleans())
    file = StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(file, delimiter=between, quoting=quoting, lineterminator=end)
    if head:
        writer.writerow([*head, *(["Note"] if extra else [])])
    for time, text in zip(times, texts, strict=True):
        writer.writerow([time.strftime(form), text, *(["dry"] if extra else [])])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))
    order = "month" if form.startswith("%m/") else "day"
    return file.getvalue().encode(encoding), places, group, order, times, values


@given(table=tables())
def test_a_table_of_any_dialect_is_read_back(table):
    data, places, group, order, times, values = table
    answers = {"order-0": order, "century-0": "posix"}
    reading = read(data, Choices(answers=answers))
    doubts = {doubt.key: doubt for doubt in reading.overview.doubts}
    if "marks-1" in doubts:  # three digits behind the only mark of each number: what was written is one of the two
        assert places == 3 or group
        found = [read(data, Choices(answers={**answers, "marks-1": each})).series for each in doubts["marks-1"].options]
        series = next(each for each in found if np.allclose(each.values, values, rtol=1e-12))
    else:
        series = reading.series
    assert series.values.tolist() == pytest.approx(values, rel=1e-14)
    assert series.dates.astype("datetime64[s]").tolist() == times


KNOWN = (
    "2020-01-01|1/2/2020|2020-W05|Q1/2020|1-01|12:30|20200101|1577836800|2020|2020.5|44000|Date||NA|1|2,5|1.234|1,234.5|"
    '-9999|5%|3K|$4|(5)|<1|1e400|inf|x|"|#'
)
CELLS = st.sampled_from(KNOWN.split("|")) | st.text(max_size=6)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8)
KEYS = st.sampled_from(["order-0", "marks-1", "gaps", "twice", "form-0", "group", "unit-1", "encoding", "delimiter"])
ANSWERS = st.dictionaries(
    KEYS, st.sampled_from(["day", "month", "comma", "mean", "skip", "sum", "step", "text", "x"]), max_size=2
)
PLACES = st.none() | st.lists(st.integers(0, 5), max_size=3, unique=True).map(tuple)


@given(LINES | st.binary(max_size=80), st.sampled_from(",;\t| "), ANSWERS, PLACES, st.none() | st.integers(0, 5))
def test_nothing_but_a_told_error_comes_of_any_file_and_choice(lines, mark, answers, time, target):
    data = lines if isinstance(lines, bytes) else "\n".join(mark.join(row) for row in lines).encode("utf-8", "replace")
    try:
        series = read(data, Choices(time, target, None, answers)).series
    except TableError:
        return
    assert np.isfinite(series.values).all()
    assert len(series.dates) == len(series.values) >= 2
    assert (np.diff(series.dates.astype(np.int64)) > 0).all()
