"""A reader's own reviews in pasted lines: columns, labels, what is wrong with a line."""

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.text.corpus import WORDS, Review, split
from app.lessons.text.label_schemes import SIDES, scale_of, side_of
from app.lessons.text.pasted import LEAST, Choices, pasted
from app.messages import Message

GOOD = [f"The soup was good, hot number {n}" for n in range(LEAST)]
BAD = [f"Late, cold, again {n}" for n in range(LEAST)]
WANTED = {Review(True, text) for text in GOOD} | {Review(False, text) for text in BAD}
ENOUGH = "\n".join([*(f"positive\t{text}" for text in GOOD), *(f"bad\t{text}" for text in BAD)])


def lines(form, good, bad):
    """Lines of a form in which {n}, {label} and {text} stand; {quoted} is the text as CSV has it."""
    rows = [*((good, text) for text in GOOD), *((bad, text) for text in BAD)]
    return "\n".join(
        form.format(n=n, label=label, text=text, quoted=f'"{text}"') for n, (label, text) in enumerate(rows)
    )


SHAPES = {
    "label, text with commas": lines("{label}, {text}", "positive", "negative"),
    "tab": lines("{label}\t{text}", "pos", "neg"),
    "text, label": lines("{text},{label}", "good", "bad"),
    "pandas": ",label,text\n" + lines("{n},{label},{quoted}", 1, 0),
    "pandas without heading": lines("{n},{label},{text}", 1, 0),
    "IMDB": "review,sentiment\n" + lines("{quoted},{label}", "positive", "negative"),
    "semicolons, stars": "stars;text\n" + lines("{label};{text}", 5, 2),
    "many columns": "id,date,rating,review,user\n" + lines("{n},2020-01-03,{label},{quoted},ann", "5.0", "1.0"),
    "fastText": lines("__label__{label} {text}", "pos", "neg"),
    "fastText's Yelp": lines("__label__{label} {text}", 2, 1),
    "Sentiment140": lines('"{label}","{n}","Mon Apr 06","NO_QUERY","ann","{text}"', 4, 0),
    "booleans": lines("{label},{text}", "True", "False"),
    "signs": lines("{label}\t{text}", "+", "−"),
    "drawn stars": lines("{label}\t{text}", "★★★★★", "★☆☆☆☆"),
    "Vietnamese, decomposed": unicodedata.normalize("NFD", lines("{label}, {text}", "tích cực", "tiêu cực")),
    "Windows, byte order mark": "\ufeff" + lines("{label}\t{text}", "khen", "chê").replace("\n", "\r\n") + "\r\n\r\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_columns_and_labels_are_found(shape):
    found = pasted(SHAPES[shape])
    assert found.wrong == {}
    assert {Review(review.positive, review.text) for review in found.reviews} == WANTED
    assert (found.positive, found.negative, found.neutral) == (LEAST, LEAST, 0)


texts = st.text(st.sampled_from('abc ,;"|x1.'), min_size=1, max_size=20).map(
    lambda text: f"w{text}w".replace("\n", " ")
)


@given(
    st.lists(texts, min_size=4, max_size=12, unique=True),
    st.permutations(["n", "label", "text"]),
    st.sampled_from(",;\t"),
)
def test_a_table_that_csv_writes_is_read_exactly(words, order, delimiter):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(order)
    for n, text in enumerate(words):
        writer.writerow([{"n": n + 100, "label": ("pos", "neg")[n % 2], "text": text}[name] for name in order])
    found = pasted(file.getvalue())
    assert order[found.text] == "text"
    assert order[found.label] == "label"
    rows = [dict(zip(order, row, strict=True)) for row in found.columns.rows.values()]
    assert [row["text"] for row in rows] == words


def test_columns_can_be_chosen():
    typed = "\n".join(f"{text}\tpos\tneg\t{text} too" for text in [*GOOD, *BAD])
    assert pasted(typed).label == 1
    found = pasted(typed, Choices(text=3, label=2))
    assert {review.positive for review in found.reviews} == {False}
    assert all(review.text.endswith(" too") for review in found.reviews)
    assert pasted(typed, Choices(text=2, label=2)).wrong == {0: Message("paste.problem.same")}
    assert pasted(typed, Choices(text=9)).text == pasted(typed).text


@pytest.mark.parametrize(
    ("labels", "scale", "sides"),
    [
        (["0", "1"], "0-1", [-1, 1]),
        (["1", "2"], "1-2", [-1, 1]),
        (["-1", "0", "1"], "-1-1", [-1, 0, 1]),
        (["0", "1", "2"], "0-2", [-1, 0, 1]),
        (["0", "4"], "0-4", [-1, 1]),
        (["1", "2.0", "3", "4,0", "5 stars"], "1-5", [-1, -1, 0, 1, 1]),
        (["1", "10", "5", "6"], "1-10", [-1, 1, -1, 1]),
        (["True", "FALSE"], None, [1, -1]),
        (["__label__positive", "neutral", "Tiêu cực"], None, [1, 0, -1]),
        (["maybe", "nan", "inf", "1e999", "9" * 5000, ""], None, [None] * 6),
    ],
)
def test_what_labels_say(labels, scale, sides):
    assert scale_of(labels) == scale
    assert [side_of(label, scale) for label in labels] == sides


def test_one_number_off_the_scale_is_a_wrong_line_and_no_other_scale():
    labels = ["1", "5"] * 20 + ["7"]
    assert scale_of(labels) == "1-5"
    assert side_of("7", "1-5") is None


@pytest.mark.parametrize("label", SIDES)
def test_every_label_is_understood(label):
    assert side_of(f'  "{label.upper()}" ', None) == SIDES[label]


@pytest.mark.parametrize(
    ("line", "reason", "values"),
    [
        ("no label here", "parts", {"count": 1, "expected": 2}),
        ("maybe\tgood soup", "label", {"label": "maybe", "column": 1}),
        ("\tgood soup", "label", {"label": "", "column": 1}),
        ("good\t", "empty", {"column": 2}),
        ("good\t...", "empty", {"column": 2}),
        ("good\t" + "so " * (WORDS + 1), "long", {"count": WORDS + 1, "most": WORDS}),
        ("bad\tthe soup was good: hot NUMBER 3!", "again", {"first": 4}),
    ],
)
def test_a_wrong_line_is_reported_with_line_and_cell(line, reason, values):
    found = pasted(f"{ENOUGH}\n\n{line}")
    assert found.wrong == {2 * LEAST + 2: Message(f"paste.problem.{reason}", **values)}
    assert len(found.reviews) == 2 * LEAST


def test_too_few_lines_are_reported():
    found = pasted("good, soup\ngood, bread\nbad, tea")
    assert found.wrong == {0: Message("paste.problem.few", good=2, bad=1, least=LEAST)}
    assert len(found.reviews) == 3


def test_labels_in_the_middle_are_counted_and_left_out():
    found = pasted(ENOUGH.replace("positive", "5").replace("bad", "1") + "\n3\tSo it was")
    assert (found.scale, found.neutral, found.wrong, len(found.reviews)) == ("1-5", 1, {}, 2 * LEAST)


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["1", ",", "\t", '"', "\n", "pos", "a", " ", "|", "\x00"])).map("".join)
)
def test_nothing_pasted_raises(typed):
    found = pasted(typed)
    split(found.reviews)
    numbered = set(range(1, len(typed.splitlines()) + 1))
    assert set(found.wrong) <= {0} | numbered
    json.dumps([review.text for review in found.reviews])


@pytest.mark.parametrize(
    "line", [" " * 99_000 + "b", "good," + "\N{COMBINING DOT BELOW}\N{COMBINING DIAERESIS}" * 49_000]
)
def test_a_line_of_any_length_is_reported_at_once(line):
    """Work that grows faster than the line would not come back."""
    wrong = pasted(f"{ENOUGH}\n{line}").wrong
    assert {line: one.reason for line, one in wrong.items()} == {len(ENOUGH.splitlines()) + 1: "paste.problem.letters"}


@pytest.mark.parametrize(
    "line", [" " * 3_900 + "b", ",;|\t" * 900, "a," * 1_900 + "1", '"' * 3_900, "1," + "é" * 3_900]
)
def test_long_lines_take_no_time(line):
    assert 0 in pasted("\n".join([line] * 25)).wrong
