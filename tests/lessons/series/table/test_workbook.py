"""Excel files, whose cells are typed; inputs beside the target; and very long files, of which the latest is read."""

from datetime import datetime, time
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import Workbook

from app.lessons.series.table.reading import read
from app.lessons.series.table.records import ROWS, Choices, TableError
from tests.lessons.series.table.shapes import DAYS, HOURS, SHAPES, VALUES, WHOLE, N


def book(**sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


RAIN = [["Date", "Rain"], *([day.to_pydatetime(), value] for day, value in zip(DAYS, VALUES, strict=True))]


def dates(series):
    return pd.DatetimeIndex(series.dates).tolist()


def test_typed_cells_are_what_they_are():
    thousandths = [whole / 1000 for whole in WHOLE]
    rows = [["At", "Rain"], *([hour.to_pydatetime(), value] for hour, value in zip(HOURS, thousandths, strict=True))]
    reading = read(book(one=rows))
    assert reading.series.values.tolist() == thousandths
    assert dates(reading.series) == HOURS.tolist()
    assert reading.overview.doubts == ()  # 1.234 is no thousand in a workbook


def test_titles_empty_rows_totals_and_what_a_formula_left():
    rows = [["Station 7"], [], *RAIN[:30], [], *RAIN[30:], ["Total", sum(VALUES)]]
    reading = read(book(one=rows))
    assert reading.series.values.tolist() == VALUES
    assert [note.reason for note in reading.overview.notes] == ["upload.note.footer"]
    assert reading.overview.rows[0] == (4, ("2021-03-01", f"{VALUES[0]:g}"))


def test_the_sheet_is_a_choice():
    snow = [["Date", "Snow"], *([day, 2 * value] for day, value in RAIN[1:])]
    data = book(Notes=[], Rain=RAIN, Snow=snow)
    reading = read(data)
    assert [(doubt.kind, doubt.options) for doubt in reading.overview.doubts] == [("sheet", ("Rain", "Notes", "Snow"))]
    assert read(data, Choices(answers={"sheet": "Snow"})).series.values.tolist() == [2 * value for value in VALUES]


def test_text_in_a_workbook_is_read_as_in_a_file():
    pairs = zip(DAYS, WHOLE, strict=True)
    rows = [["Ngày", "Giá"], *([day.strftime("%d/%m/%Y"), f"{whole * 1000:,}"] for day, whole in pairs)]
    assert read(book(one=rows)).series.values.tolist() == [whole * 1000 for whole in WHOLE]


def test_days_and_times_of_day_in_two_columns():
    rows = [["Date", "Time", "Load"], *([hour.to_pydatetime().replace(hour=0), time(hour.hour), value]
            for hour, value in zip(HOURS, VALUES, strict=True))]  # fmt: skip
    assert dates(read(book(one=rows)).series) == HOURS.tolist()


@pytest.mark.parametrize("latest", ["last", "first"])
def test_of_very_many_rows_the_latest_are_read(latest):
    count = ROWS + 5000
    stamps = pd.date_range("2015-01-01", periods=count, freq="min")
    order = range(count) if latest == "last" else reversed(range(count))
    text = "when;load\n" + "".join(f"{stamps[k]};{k % 1009},5\n" for k in order)
    reading = read(text.encode())
    assert reading.overview.notes[0].reason == "upload.note.rows_left"
    assert reading.series.values.tolist() == [k % 1009 + 0.5 for k in range(count - 2000, count)]
    assert dates(reading.series)[-1] == stamps[-1]


def test_a_wrong_cell_far_below_is_told_by_its_own_line():
    stamps = pd.date_range("2015-01-01", periods=ROWS + 5000, freq="min")
    lines = [f"{stamp};{k % 1009},5" for k, stamp in enumerate(stamps)]
    lines[-7] = f"{stamps[-7]};six"
    with pytest.raises(TableError) as told:
        read("\n".join(["when;load", *lines]).encode())
    assert (told.value.message.values["line"], told.value.message.values["cell"]) == (f"{len(lines) + 1 - 6}", "six")


def test_inputs_are_read_beside_the_target_and_know_nothing_of_the_future():
    text = "Date,Load,Wind,Sun\n" + "".join(
        f"{DAYS[k]:%Y-%m-%d},{VALUES[k]},{'' if k % 5 == 3 else k},{2 * k}\n" for k in range(N)
    )
    series = read(text.encode(), Choices(target=1, inputs=(2, 3))).series
    assert series.values.tolist() == VALUES
    assert series.inputs["Wind"].tolist() == [k - 1 if k % 5 == 3 else k for k in range(N)]
    assert series.inputs["Sun"].tolist() == [2 * k for k in range(N)]


def test_the_shapes_are_written_in_workbooks_too():
    """What needs no guess of marks and bytes gives the same from a workbook of its cells as text."""
    shape = next(each for each in SHAPES if each.name == "three lines of heading")
    rows = [[cell or None for cell in line.split(",")] for line in shape.data.decode().splitlines()]
    series = read(book(one=rows)).series
    assert series.values.tolist() == list(shape.values)
    assert dates(series) == list(shape.dates)


def test_a_workbook_keeps_the_day_of_a_date():
    late = [["At", "V"], *([datetime(2021, 3, 1 + k, 23, 59), k] for k in range(20))]
    series = read(book(one=late)).series
    assert [str(date) for date in series.dates[:2]] == ["2021-03-01T23:59:00", "2021-03-02T23:59:00"]
    assert (series.frequency, series.season) == ("day", 7)
