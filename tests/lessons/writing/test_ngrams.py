import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.writing.ngrams import ORDERS, baselines
from tests.support.ngrams import Ngrams


def test_the_probabilities_are_those_computed_by_hand():
    grams = Ngrams("abab", 1, 3)
    # order 0: 2 a, 2 b, 2 kinds, of 3 letters: (2 + 2/3) / 6; after a: b twice, 1 kind
    assert grams.probability("a", "") == pytest.approx((2 + 2 / 3) / 6)
    assert grams.probability("c", "") == pytest.approx((2 / 3) / 6)
    assert grams.probability("b", "a") == pytest.approx((2 + (2 + 2 / 3) / 6) / 3)
    assert grams.probability("b", "c") == grams.probability("b", "")  # a context that was never seen


@given(st.text("abc", min_size=1, max_size=60), st.text("abcd", max_size=8), st.integers(0, 5))
def test_probabilities_add_up_to_one(text, before, order):
    grams = Ngrams(text, order, 4)
    assert sum(grams.probability(letter, before) for letter in "abcd") == pytest.approx(1)


def test_bits_are_the_mean_of_minus_the_log():
    grams = Ngrams("abab", 1, 2)
    expected = -(math.log2(grams.probability("b", "a")) + math.log2(grams.probability("b", "b"))) / 2
    assert grams.bits("abb") == pytest.approx(expected)


def test_longer_contexts_help_where_the_text_repeats():
    values = baselines("der hund " * 40, "der hund " * 4, 7)
    assert values[0] > 2 > 0.2 > values[-1]


@given(st.text("abc", min_size=1, max_size=60), st.text("abcd", min_size=2, max_size=30))
def test_they_are_what_counting_letter_by_letter_gives(learned, held):
    expected = [Ngrams(learned, order, 4).bits(held) for order in ORDERS]
    assert baselines(learned, held, 4) == pytest.approx(expected, rel=1e-12)
