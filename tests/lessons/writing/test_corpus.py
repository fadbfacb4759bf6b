import re
import unicodedata

import pytest

from app.lessons.writing.corpus import (
    CHECKED,
    SOURCES,
    alphabet,
    beginning,
    closest,
    corpus,
    normal,
    own_parts,
    own_text,
    split,
)
from app.messages import RefusedError

LONG = "a line of one's own\n" * 200


@pytest.mark.parametrize("source", SOURCES)
def test_a_text_is_normal_and_split_at_a_line(source):
    text = corpus(source)
    assert normal(text) == text
    assert unicodedata.is_normalized("NFC", text)
    parts = split(text)
    assert parts.learned + parts.held == text
    assert parts.learned.endswith("\n")
    assert len(parts.held) == pytest.approx(len(text) / 10, abs=60)
    assert set(parts.held) <= set(alphabet(text))


def test_the_poem_is_whole_and_in_lines_of_six_and_eight():
    lines = corpus("kieu").splitlines()
    assert len(lines) == 3254
    assert [len(re.findall(r"[^\W\d_]+", line)) for line in lines] == [6, 8] * 1627
    assert (lines[0], lines[-1]) == ("Trăm năm trong cõi người ta,", "Mua vui cũng được một vài trống canh.")


def test_english_lines_are_short():
    assert max(map(len, corpus("english").splitlines())) == 36


@pytest.mark.parametrize(("letter", "read"), [("a", "a"), ("B", "b"), ("c", "C"), ("ă", "a"), ("Ậ", "a"), ("%", " ")])
def test_a_letter_outside_the_alphabet_is_read_as_the_closest(letter, read):
    assert closest(letter, ("\n", " ", "C", "a", "b")) == read


def test_without_a_space_the_first_letter_stands_for_unknown_ones():
    assert closest("%", ("x", "y")) == "x"


def test_a_text_of_ones_own_is_composed_and_cleaned():
    decomposed = unicodedata.normalize("NFD", "Người  ta,\tở đây\r\n\r\n \x07") + "\n"
    assert own_text(decomposed * 200) == "Người ta, ở đây\n" * 200


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("short", "short"), ("é" * 100_001, "long"), (LONG + "\0", "binary"), ("ab\n" * 1000, "letters"),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 3000))), "letters"), ("\ud800" * 3000, "short"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_learned_is_refused(typed, reason):
    with pytest.raises(RefusedError) as refused:
        own_text(typed)
    assert refused.value.message.reason == f"own.problem.{reason}"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("abc\n" * 500, 1800),
        ("title\n" + "word " * 399, 1801),
        ("title\n" + "x" * 1994, 1800),
        ("a\n" + "b c " * 10, 38),
    ],
)
def test_the_end_is_held_back_from_a_line_a_word_or_a_letter_on(text, cut):
    parts = split(text)
    assert parts.learned + parts.held == text
    assert len(parts.learned) == cut


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("\n\n  Once upon a time there was a king", "Once upon a time there "), ("Word\nnext", "Word\n"), ("", ""),
        ("a" * 40, "a" * 24),
    ],
)  # fmt: skip
def test_a_beginning_is_the_first_words_of_a_text(text, begin):
    assert beginning(text) == begin


@pytest.mark.parametrize("length", [3_000, 130_000])
def test_a_readers_text_is_parted_in_its_order(length):
    text = corpus("kieu")[:length]
    parts, end = own_parts(text), split(text).held
    assert text.startswith(parts.learned)
    assert end.endswith(parts.held)
    assert end[: -len(parts.held)].endswith(parts.checked)
    assert len(parts.checked) == min(CHECKED, len(end) // 2)
    assert abs(len(parts.held) - len(end) / 2) <= 1
