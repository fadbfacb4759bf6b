"""Tables whose times stand side by side: months across years, dates across rows. No streamlit, no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.lessons.series.table.layout import MANY, Body, is_year
from app.lessons.series.table.patterns import is_time
from app.lessons.series.table.records import CELLS, Asked, TableError
from app.lessons.series.table.words import MONTH, key

SIDE = 0.5  # of the columns at least are times


def unfolded(body: Body, asked: Asked) -> Body:
    """A table with one value in each row, made of one whose heading has the times; any other as it is."""
    months = {MONTH[key(name)]: place for place, name in enumerate(body.names) if key(name) in MONTH}
    years = [place for place, column in enumerate(body.columns) if all(is_year(cell) for cell in column)]
    if len(months) == 12 and len(years) == 1:
        asked.note("unfolded")
        names = [body.names[years[0]], body.names[years[0]]]
        stamps = [[f"{year[:4]}-{month:02d}" for month in sorted(months)] for year in body.columns[years[0]]]
        return side_by_side(body, stamps, [months[month] for month in sorted(months)], [], names)
    times = [place for place, name in enumerate(body.names) if is_time(name) or is_year(name)]
    if len(times) < max(MANY, SIDE * len(body.names)):
        return body
    asked.note("unfolded")
    labels = [place for place in range(len(body.names)) if place not in times]
    stamps = [[body.names[place] for place in times]] * len(body.lines)
    return side_by_side(body, stamps, times, labels, ["time", "value"])


def side_by_side(
    body: Body, stamps: Sequence[Sequence[str]], places: Sequence[int], labels: Sequence[int], names: Sequence[str]
) -> Body:
    """One row for each of the places in each of the rows: its time, the row's labels, its value."""
    count = len(body.lines) * len(places)
    if count * (2 + len(labels)) > CELLS:
        raise TableError("cells", most=f"{CELLS}")
    columns = [[text for row in stamps for text in row]]
    columns += [[cell for cell in body.columns[place] for _ in places] for place in labels]
    columns.append([body.columns[place][row] for row in range(len(body.lines)) for place in places])
    named = [names[0], *(body.names[place] for place in labels), names[1]]
    return replace(body, lines=[line for line in body.lines for _ in places], columns=columns, names=named)
