"""The curve of bits per letter says the numbers of the table, at their heights."""

import itertools

import pytest

from app.lessons.writing.model import measured, shipped
from app.lessons.writing.pictures import bits_curve

WORDS = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU", "bits": "bits", "last": "n", "counting": "counting", "alt": "alt"}


@pytest.mark.parametrize("source", ["kieu", "english"])
def test_counting_is_a_curve_and_each_network_a_line_at_its_bits(source):
    facts = measured(shipped(source))
    drawn = bits_curve(facts.ngrams, facts.bits, WORDS)
    dots = list(drawn.iter("circle"))
    assert [each.find("title").text for each in dots] == [f"counting {n}: {b:.3f}" for n, b in enumerate(facts.ngrams)]
    lines = {each.get("class").split()[-1]: each for each in drawn.iter("path") if each.get("class") != "grid"}
    at = {kind: float(lines[kind].get("d").split()[1].split("L")[0]) for kind in facts.bits}
    (low, y), (high, top) = ((float(each.text), float(each.get("y")) - 4) for each in bits_of(drawn))

    def bits(height):
        return low + (high - low) * (height - y) / (top - y)

    assert {kind: bits(height) for kind, height in at.items()} == pytest.approx(facts.bits, abs=0.002)
    assert [bits(float(each.get("cy"))) for each in dots] == pytest.approx(list(facts.ngrams), abs=0.002)


def bits_of(drawn):
    """The first and the last number beside the axis."""
    numbers = [each for each in drawn.iter("text") if each.get("class") == "caption end"]
    return numbers[0], numbers[-1]


def test_names_do_not_lie_on_each_other():
    drawn = bits_curve([5.0, 3.0, 2.4], {"rnn": 2.41, "lstm": 2.4, "gru": 2.4}, WORDS)
    heights = sorted(float(each.get("y")) for each in drawn.iter("text") if "name start" in each.get("class"))
    assert all(b - a >= 15 for a, b in itertools.pairwise(heights))
