"""Which rows of a table are headings, which are data, and which stand beneath. No streamlit, no torch."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.lessons.series.table.cutting import Cut
from app.lessons.series.table.numerals import is_missing, is_number
from app.lessons.series.table.patterns import fits, is_time
from app.lessons.series.table.records import COLUMNS, Asked, TableError, listed
from app.lessons.series.table.words import kind_of

SAMPLE = 120  # rows by which a column's shape is found
HEADINGS, FOOTERS = 60, 12  # at most so many rows are looked at
MANY = 5  # times side by side are a heading
NAMED = 4  # lines that a heading has at most
MOST_NAME = 80  # characters


@dataclass(frozen=True)
class Body:
    """The rows of data: line numbers, and columns of cells; the names above them."""

    lines: list[int]
    columns: Sequence[Sequence[str]]
    names: list[str]
    delimiter: str
    exact: bool

    def cells(self, place: int) -> Sequence[str]:
        return self.columns[place]


def laid_out(cut: Cut, asked: Asked) -> Body:
    """Find the data of a table.

    Raises
    ------
    TableError
        ``columns``: a row has more cells than the others; ``wide``: the table has too many; ``empty``: no row is data.
    """
    rows = cut.rows
    widths = [width_of(row) for row in rows]
    body = Counter(widths[len(widths) // 4 :])
    width = max(width for width, count in body.items() if count >= 0.1 * body.total())
    named = [k for k, row in enumerate(rows[:HEADINGS]) if all(shape(cell) in "XE" for cell in row)][-1:]
    if named and width < max(widths[named[0] + 1 :], default=0) <= widths[named[0]]:
        width = widths[named[0]]  # a column of rare notes
    if width > COLUMNS:
        raise TableError("wide", line=cut.lines[widths.index(width)], count=width, most=COLUMNS)
    shapes = shapes_of(rows[min(len(rows) - 1, max(1, len(rows) // 4)) :], width)
    if len(rows) == 1 and {*shapes} <= {"X", "E"}:
        raise TableError("empty")
    first = next((k for k in range(min(len(rows), HEADINGS)) if not above(rows[k], widths[k], shapes)), len(rows))
    names = names_of(rows[:first], width, shapes) or from_comments(cut, width)
    if first and first < len(rows) and cut.delimiter not in ("", " "):
        fewer(rows[first - 1], cut, first, width, shapes)
    end = len(rows)
    while end > first + 1 and len(rows) - end < FOOTERS and beneath(rows[end - 1], widths[end - 1], shapes):
        end -= 1
    if end < len(rows):
        asked.note("footer", lines=listed(cut.lines[end:]), text=" ".join(rows[end])[:60].strip())
    kept, repeated = list[int](), list[int]()
    for k in range(max(first, bisect_left(cut.lines, cut.begins)), end):
        if widths[k] > width:
            raise TableError("columns", cut.delimiter.join(rows[k]), cut.lines[k], count=widths[k], expected=width)
        (repeated if first and rows[k] == rows[first - 1] else kept).append(k)
    if repeated:
        asked.note("repeated", lines=listed([cut.lines[k] for k in repeated]))
    if not kept:
        raise TableError("empty")
    padded = [rows[k][:width] + [""] * (width - len(rows[k])) for k in kept]
    columns = [list(column) for column in zip(*padded, strict=True)]
    return Body([cut.lines[k] for k in kept], list(columns), names or [""] * width, cut.delimiter, cut.exact)


def fewer(heading: Sequence[str], cut: Cut, first: int, width: int, shapes: Sequence[str]) -> None:
    """Refuse rows that have more cells than the heading: 12,5 is no number where commas stand between cells."""
    if cut.exact or len(heading) >= width or len(heading) < 2 or shifted(heading, width, shapes):
        return
    raise TableError(
        "columns", cut.delimiter.join(cut.rows[first]), cut.lines[first], count=width, expected=len(heading)
    )


def width_of(row: Sequence[str]) -> int:
    """How many cells a row has, without empty ones at its end."""
    return next((k for k in range(len(row), 0, -1) if row[k - 1]), 0)


def shape(cell: str) -> str:
    """What a cell is by itself: N, a number; T, a time; E, nothing; X, something else."""
    if is_missing(cell):
        return "E"
    return "N" if is_number(cell) else "T" if is_time(cell) else "X"


def shapes_of(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The shape that most cells of each column have."""
    sample = rows[:: max(1, len(rows) // SAMPLE)]
    found = [Counter(shape(row[k]) for row in sample if k < len(row)) for k in range(width)]
    for counts in found:
        counts.pop("E", None)
    return [counts.most_common(1)[0][0] if counts else "E" for counts in found]


def strange(row: Sequence[str], shapes: Sequence[str]) -> bool:
    """Whether a row has words where its column has numbers or times, and nowhere a time where its column has times."""
    own = [shape(cell) for cell in row[: len(shapes)]]
    pairs = list(zip(own, shapes, strict=False))
    return any(one == "X" and other in "NT" for one, other in pairs) and ("T", "T") not in pairs


def above(row: Sequence[str], width: int, shapes: Sequence[str]) -> bool:
    """Whether a row belongs to the heading."""
    if width > len(shapes):
        return not any(shape(cell) == "T" for cell in row[: len(shapes)])
    if side_by_side(row, shapes):
        return True
    words = all(shape(cell) in "XE" for cell in row)
    narrow = 1 < len(shapes) >= 2 * width and (words or len(shapes) >= 4 * max(width, MANY))
    return strange(row, shapes) or narrow


def side_by_side(row: Sequence[str], shapes: Sequence[str]) -> bool:
    """Whether a row has times where its columns have numbers, or years one after the other."""
    if len(shapes) <= MANY:
        return False
    times = sum(
        other == "N" and not is_number(cell) and is_time(cell) for cell, other in zip(row, shapes, strict=False)
    )
    years = [int(cell[:4]) for cell in row if is_year(cell)]
    return times >= MANY or (len(years) >= MANY and all(b == a + 1 for a, b in pairwise(years)))


def is_year(cell: str) -> bool:
    return fits("year", cell)


def beneath(row: Sequence[str], width: int, shapes: Sequence[str]) -> bool:
    """Whether a row at the end is no data: a total, a source."""
    lone = len(shapes) > 1 and width == 1 and shape(row[0]) == "X"
    return strange(row, shapes) or lone


def names_of(above: Sequence[Sequence[str]], width: int, shapes: Sequence[str]) -> list[str]:
    """The columns' names: of several lines, what stands in each, once."""
    found, index = list[list[str]](), ""
    for row in reversed(above):
        filled = [cell for cell in row if cell]
        if len(found) == NAMED or (len(row) > width + 1 and width_of(row) > width):
            break
        if width > 1 and len(filled) == 1 and row[0] and not found and not index and kind_of(row[0]) and len(above) > 1:
            index = row[0]  # of pandas: the name of the dates stands on a line of its own
            continue
        if width > 1 and (len(filled) == 1 == len(row) or (found and 2 * len(filled) < sum(map(bool, found[0])))):
            break  # a title
        found.append([*row, *[""] * width][:width] if not shifted(row, width, shapes) else ["", *row])
    if not found:
        return [index, *[""] * (width - 1)] if index else []
    names = list[str]()
    for place in range(width):
        parts = dict.fromkeys(row[place] for row in reversed(found) if row[place])
        names.append(" ".join(parts)[:MOST_NAME])
    if index:
        names[0] = index
    return names


def shifted(row: Sequence[str], width: int, shapes: Sequence[str]) -> bool:
    """Whether the rows have names of their own in front, which the heading has no name for: as R writes tables."""
    one_less = len(row) == width - 1 > 0 and bool(row[-1])
    return one_less and (not kind_of(row[0]) or (shapes[0], *shapes[1:2]) == ("N", "T"))


def from_comments(cut: Cut, width: int) -> list[str]:
    """A heading that is written as a comment: the last one, if it has as many cells."""
    if not cut.comments or width < 2:
        return []
    line = cut.comments[-1].lstrip("#%!/ ")
    cells = line.split(cut.delimiter) if cut.delimiter.strip() else line.split()
    return [cell.strip().strip('"') for cell in cells] if len(cells) == width else []
