"""A text cut into cells: by the mark that cuts its lines alike. No streamlit, no torch."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from app.lessons.series.table.records import CELLS, DELIMITERS, ROWS, Asked, TableError

SAMPLE = 200  # lines by which the mark is found
COMMENTS = ("#", "//", "%", "!")
NOT_COMMENTS = ("#n/a", "#na", "#value", "#ref", "#div", "#null", "#num")
LONG_LINE = 200_000  # characters


@dataclass(frozen=True)
class Cut:
    """Rows that say something: their line numbers and their cells; lines of comment before them.

    `exact`: cells are typed, as a workbook's are, so that their decimal mark is known. `begins`: the first line that is
    read as data; what stands before is only looked at for headings.
    """

    lines: list[int]
    rows: list[list[str]]
    comments: tuple[str, ...] = ()
    delimiter: str = ","
    exact: bool = False
    begins: int = 0


def cut(text: str, asked: Asked, latest: Literal["last", "first"] = "last") -> Cut:
    """Cut a text into cells; of very many lines, those at the end that has the latest rows.

    Raises
    ------
    TableError
        ``empty``, ``quotes``, ``long`` (a line) or ``cells`` (too many).
    """
    text = text.strip("\ufeff")
    said, skipped = re.match(r'\s*"?sep=(.)"?[ ,;\t]*\n', text), 0
    if said:
        skipped, text = text[: said.end()].count("\n"), text[said.end() :]
    sample, comments = sampled(text, skipped)
    if not sample:
        raise TableError("empty")
    delimiter = said[1] if said and len(said[1]) == 1 else delimiter_of(sample, asked)
    if not delimiter and all(line.startswith('"') and line.endswith('"') for line in sample):
        bare = [line.removeprefix('"').removesuffix('"').replace('""', '"') for line in text.split("\n")]
        if inner := delimiter_of([line for line in bare[:SAMPLE] if line], asked):
            text, delimiter = "\n".join(bare), inner  # each line as a whole is in quotation marks
    text, left_out = shortened(text, latest)
    begins = skipped + SAMPLE + left_out + 1 if left_out and latest == "last" else 0
    lines, rows, cells = list[int](), list[list[str]](), 0
    for line, row in rows_of(text, delimiter):
        line += skipped + (left_out if latest == "last" and line > SAMPLE else 0)
        plain = [cell.strip() for cell in row]
        if not any(plain) or is_comment(plain[0]):
            continue
        cells += len(plain)
        if cells > CELLS:
            raise TableError("cells", line=line, most=f"{CELLS}")
        lines.append(line)
        rows.append(plain)
    if not rows:
        raise TableError("empty")
    if left_out:
        asked.note("rows_left", count=left_out, most=ROWS)
    return Cut(lines, rows, tuple(comments), delimiter, begins=begins)


def shortened(text: str, latest: Literal["last", "first"]) -> tuple[str, int]:
    """The first lines of a text and the last, or the first alone where those are the latest; how many are left out."""
    many = text.count("\n") - ROWS - SAMPLE
    if many <= 0:
        return text, 0
    ends = [found.end() for found in re.finditer("\n", text)]
    if latest == "first":
        return text[: ends[ROWS + SAMPLE - 1]], many
    return text[: ends[SAMPLE - 1]] + text[ends[SAMPLE + many - 1] :], many


def is_comment(cell: str) -> bool:
    return cell.startswith(COMMENTS) and not cell.casefold().startswith(NOT_COMMENTS)


def sampled(text: str, skipped: int) -> tuple[list[str], list[str]]:
    """The first lines that say something, and those that are comments."""
    found, comments, start, line = list[str](), list[str](), 0, skipped
    while start < len(text) and len(found) < SAMPLE:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line += 1
        if end - start > LONG_LINE:
            raise TableError("long", text[start : start + 100], line)
        each = text[start:end].strip("\n")
        if each.strip(' ",;\t|'):
            (comments if is_comment(each.strip()) else found).append(each)
        start = end + 1
    return found, comments


def delimiter_of(lines: list[str], asked: Asked) -> str:
    """The mark that cuts most lines into equally many cells, of which there are at least two."""
    scores = dict[str, float]()
    for name, mark in DELIMITERS.items():
        if mark and (widths := list(counted(lines, mark))):
            body = Counter(widths[len(widths) // 4 :])
            width, count = max(body.items(), key=lambda pair: (pair[1], pair[0]))
            if width > 1:
                scores[name] = round(count / body.total(), 1)
    sure = [name for name in scores if scores[name] >= 0.8 and name != "space"]
    if not sure and scores and (most := max(scores.values())) >= 0.5:
        sure = [name for name in scores if scores[name] == most]
    if not sure:
        return DELIMITERS["none"]
    best = max(sure, key=lambda name: scores[name])  # of equals, the one that is less often within a number
    others = [name for name in sure if name != best and len({*counted(lines, DELIMITERS[name])}) == 1]
    return DELIMITERS[asked.choose("delimiter", [best, *others])]


def counted(lines: list[str], mark: str) -> Iterable[int]:
    if mark == " ":
        return [len(line.split()) for line in lines]
    try:
        return [len(row) for row in csv.reader(lines, delimiter=mark, skipinitialspace=True) if row]
    except csv.Error:
        return []


def rows_of(text: str, mark: str) -> Iterable[tuple[int, list[str]]]:
    """Every line's number and its cells."""
    if mark in ("", " "):
        for number, line in enumerate(text.split("\n"), 1):
            yield number, line.split() if mark else [line.strip().strip('"')]
        return
    reader = csv.reader(StringIO(text), delimiter=mark, skipinitialspace=True, strict=True)
    first = 1
    try:
        for row in reader:
            yield first, row
            first = reader.line_num + 1
    except csv.Error as error:
        raise TableError("long" if "limit" in str(error) else "quotes", line=first) from None
