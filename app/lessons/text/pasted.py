"""A reader's own reviews in pasted lines: which column is the text, which the label, what is wrong with a line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from app.lessons.text.corpus import WORDS, Review
from app.lessons.text.label_schemes import FASTTEXT, scale_of, side_of
from app.lessons.text.letters import lower
from app.lessons.text.tokens import Tokenizer
from app.messages import Message

LEAST, MOST = 10, 1000  # reviews: of each label at least, in all at most
LINE = 4000  # characters of a line: Unicode's composition takes the square of a run of marks
COLUMNS = 8  # of a line, at most: what is more belongs to the text
SAMPLE = 50  # lines by which columns are guessed
BETTER = 0.1  # by how much more of its labels must be understood for a cut into more columns
SHOWN = 20  # characters of a cell in a message
DELIMITERS = "\t,;|"
LABELS = [
    "label", "labels", "sentiment", "rating", "ratings", "stars", "star", "score", "polarity", "class", "category",
    "target", "y", "overall", "nhãn", "điểm", "sao", "cảm_xúc", "số_sao", "đánh_giá",
]  # fmt: skip
TEXTS = [
    "text", "texts", "review", "reviews", "reviewtext", "review_text", "sentence", "comment", "comments", "content",
    "tweet", "document", "body", "message", "câu", "nội_dung", "nhận_xét", "bình_luận", "văn_bản",
]  # fmt: skip
HEADINGS = dict.fromkeys(LABELS, "label") | dict.fromkeys(TEXTS, "text")
"""Usual headings of the two columns."""


@dataclass(frozen=True)
class Choices:
    """What a reader chose; None is what is guessed."""

    text: int | None = None
    label: int | None = None
    scale: str | None = None


@dataclass(frozen=True)
class Columns:
    """Lines cut into columns.

    Attributes
    ----------
    names
        The heading's cells; empty if there is no heading.
    rows
        By line number, the cells.
    text, label
        The columns that are guessed to be the text and the label.
    """

    names: tuple[str, ...]
    rows: dict[int, list[str]]
    text: int
    label: int

    @property
    def count(self) -> int:
        return max(2, *(len(row) for row in self.rows.values())) if self.rows else 2

    def name(self, column: int) -> str:
        """A column's heading, or its number from 1."""
        name = self.names[column].strip() if column < len(self.names) else ""
        return name or f"{column + 1}"

    def example(self, column: int) -> str:
        """The column's first cell that is not empty."""
        cells = (row[column].strip() for row in self.rows.values() if column < len(row))
        return next(filter(None, cells), "")


@dataclass(frozen=True)
class Pasted:
    """What was made of pasted lines.

    Attributes
    ----------
    wrong
        By line number, why a line is no review; 0 is all of them together.
    neutral
        The lines left out because their labels are neither.
    scale
        On which the labels are; None if they are words.
    """

    reviews: tuple[Review, ...]
    wrong: dict[int, Message]
    columns: Columns
    text: int
    label: int
    scale: str | None
    neutral: int

    @property
    def positive(self) -> int:
        return sum(review.positive for review in self.reviews)

    @property
    def negative(self) -> int:
        return len(self.reviews) - self.positive


def pasted(typed: str, choices: Choices = Choices()) -> Pasted:
    """The reviews in pasted lines, by guessed or chosen columns, and what is wrong with the others.

    Lines are counted from 1; line 0 is all of them together. Empty ones are passed over.
    """
    lines = dict(enumerate(typed.removeprefix("\ufeff").splitlines(), 1))
    lines = {number: line for number, line in lines.items() if line.strip()}
    wrong = {
        number: problem("letters", count=len(line), most=LINE) for number, line in lines.items() if len(line) > LINE
    }
    columns = columns_of({number: line for number, line in lines.items() if number not in wrong})
    text, label = chosen(columns, choices)
    if text == label:
        return Pasted((), {0: problem("same")}, columns, text, label, None, 0)
    scale = choices.scale or scale_of(row[label] for row in columns.rows.values() if label < len(row))
    found: dict[str, tuple[int, Review]] = {}
    neutral = 0
    for number, row in columns.rows.items():
        review = review_of(row, columns, text, label, scale)
        if isinstance(review, Message):
            wrong[number] = review
        elif review is None:
            neutral += 1
        elif review.normalised in found:
            wrong[number] = problem("again", first=found[review.normalised][0])
        else:
            found[review.normalised] = number, review
    reviews = tuple(review for _, review in found.values())
    if lacking := missing(reviews):
        wrong[0] = lacking
    return Pasted(reviews, dict(sorted(wrong.items())), columns, text, label, scale, neutral)


def chosen(columns: Columns, choices: Choices) -> tuple[int, int]:
    """The columns of the text and of the label."""
    text, label = (
        guess if want is None or want >= columns.count else want
        for want, guess in ((choices.text, columns.text), (choices.label, columns.label))
    )
    return text, label


def problem(reason: str, **values: object) -> Message:
    return Message(f"paste.problem.{reason}", **values)


def review_of(
    row: Sequence[str], columns: Columns, text: int, label: int, scale: str | None
) -> Review | Message | None:
    """A line's review, None if its label is neither, or why it is no review."""
    if len(row) <= max(text, label):
        return problem("parts", count=len(row), expected=max(2, columns.count))
    side = side_of(row[label], scale)
    if side is None:
        return problem("label", label=row[label].strip().strip("\"'")[:SHOWN], column=columns.name(label)[:SHOWN])
    if side == 0:
        return None
    review = Review(side > 0, row[text].strip())
    if (count := len(Tokenizer().words(review.text))) > WORDS:
        return problem("long", count=count, most=WORDS)
    return review if review.normalised else problem("empty", column=columns.name(text)[:SHOWN])


def missing(reviews: Sequence[Review]) -> Message | None:
    """What all the reviews together lack."""
    good = sum(review.positive for review in reviews)
    bad = len(reviews) - good
    if min(good, bad) < LEAST:
        return problem("few", good=good, bad=bad, least=LEAST)
    return problem("many", count=len(reviews), most=MOST) if len(reviews) > MOST else None


# ---- columns ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cut:
    """A way to cut a line: at a delimiter, into so many cells, of which one may hold delimiters of its own."""

    delimiter: str
    count: int
    long: int

    def cells(self, line: str) -> list[str]:
        if self.delimiter == " ":
            return line.split(None, 1)
        row = cells(line, self.delimiter)
        more = len(row) - self.count
        if more <= 0:
            return row
        middle = self.delimiter.join(row[self.long : self.long + more + 1])
        return [*row[: self.long], middle, *row[self.long + more + 1 :]]


def columns_of(lines: dict[int, str]) -> Columns:
    """Lines cut as leaves the most labels that are understood."""
    sample = list(islice(lines.values(), SAMPLE))
    best, score, text, label = Cut(",", 2, 1), -1.0, 1, 0
    for cut in cuts(sample):
        fit, *columns = guessed([cut.cells(line) for line in sample])
        if fit > score + (BETTER if score >= 0 else 0):
            best, score, (text, label) = cut, fit, columns
    rows = {number: best.cells(line) for number, line in lines.items()}
    first = next(iter(rows), 0)
    names: tuple[str, ...] = ()
    if (
        rows
        and any(heading(cell) for cell in rows[first])
        and side_of(rows[first][min(label, len(rows[first]) - 1)], None) is None
    ):
        names = tuple(rows.pop(first))
    return Columns(names, rows, text, label)


def cuts(sample: Sequence[str]) -> list[Cut]:
    """The ways in which some lines could be cut, the likeliest first."""
    if sum(line.lstrip().startswith(FASTTEXT) for line in sample) * 2 > len(sample):
        return [Cut(" ", 2, 1)]
    found = []
    for delimiter in DELIMITERS:
        lengths = sorted(count for count in (len(cells(line, delimiter)) for line in sample) if count > 1)
        if not lengths:
            continue
        usual, spaced = Counter(lengths).most_common(1)[0], sum(line.count(f"{delimiter} ") for line in sample)
        counts = list(range(2, min(COLUMNS, lengths[len(lengths) // 10]) + 1))
        if usual[1] >= 0.9 * len(lengths) and spaced * 2 < sum(line.count(delimiter) for line in sample):
            counts = [min(COLUMNS, usual[0])]  # a table: its marks are no punctuation
        found += [Cut(delimiter, count, long) for count in counts for long in reversed(range(count))]
    return found


def cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line as CSV has them; quotes may hold delimiters."""
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return line.split(delimiter)


def guessed(rows: Sequence[Sequence[str]]) -> tuple[float, int, int]:
    """How much of the likeliest label's column is understood, the column of the text, and that of the label."""
    count = max(map(len, rows), default=0)
    columns = [[row[at] for row in rows if at < len(row)] for at in range(count)]
    if count < 2:
        return 0.0, 1, 0
    label = max(range(count), key=lambda at: (understood(columns[at]), -at))
    texts = [at for at in range(count) if at != label]
    text = max(texts, key=lambda at: (heading(columns[at][0]) == "text", sum(map(len, columns[at])), -at))
    share = understood(columns[label]) * len(columns[label]) / len(rows)
    return share, text, label


def understood(column: Sequence[str]) -> float:
    """The share of a column's cells that are labels; less for numbers that could as well be others."""
    named = heading(column[0]) == "label"
    values = column[1:] if named else column
    if not values:
        return 0.0
    scale = scale_of(values)
    share = sum(side_of(value, scale) is not None for value in values) / len(values)
    numbers = scale is not None and side_of(values[-1], None) is None
    if numbers and not named and len(values) > 3 and len(set(values)) == len(values):
        return 0.0  # numbers of lines
    return share - (0.15 if numbers and not named else 0) + (0.05 if named else 0)


def heading(cell: str) -> str | None:
    """Whether a cell is the usual heading of a "label" or a "text"."""
    return HEADINGS.get(lower(cell).strip().strip("\"'").replace(" ", "_"))
