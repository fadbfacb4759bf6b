import numpy as np
import pytest

from app.lessons.writing.corpus import SOURCES, corpus, split
from app.lessons.writing.model import KINDS, bits, drawn, measured, odds, shipped, uniform, untrained, write, writer
from app.training.saved import LESSONS
from cells import run

LETTERS = ("\n", " ", "a", "b", "c")


def test_the_generator_gives_the_published_numbers():
    # https://github.com/cprosche/mulberry32: the first numbers of seed 0, as JavaScript prints them
    numbers = uniform(0)
    assert [next(numbers) for _ in range(2)] == [0.26642920868471265, 0.0003297457005828619]


def test_odds_are_sharper_below_a_temperature_of_one_and_flatter_above():
    scores = np.array([1.0, 2.0, 2.0, -1000.0])
    one, sharp, flat, zero = (odds(scores, temperature) for temperature in (1, 0.2, 2, 0))
    assert one[:2] == pytest.approx(np.exp([1, 2]) / (np.exp(1) + 2 * np.exp(2)))
    assert sharp[0] < one[0] < flat[0] < flat[1]
    assert zero.tolist() == [0, 1, 0, 0]
    assert sum(flat) == pytest.approx(1)


def test_a_letter_is_drawn_where_the_cumulated_probability_passes_the_number():
    probabilities = np.array([0.25, 0, 0.5, 0.25])
    assert [drawn(probabilities, number) for number in (0, 0.25, 0.74, 0.75, 1)] == [0, 2, 2, 3, 3]


def test_what_is_written_is_what_one_run_over_it_gives_odds_for():
    made = untrained(LETTERS, 6)
    text = write(made, "ab", 40, 0.7, seed=5)
    assert (len(text), write(made, "ab", 40, 0.7, seed=5)) == (40, text)
    assert write(made, "ab", 40, 0.7, seed=6) != text
    hidden = run(made.cell, np.eye(5)[made.indices("ab" + text)])["h"]
    chances, numbers = odds(made.scores(hidden), 0.7), uniform(5)
    assert "".join(LETTERS[drawn(chances[t], next(numbers))] for t in range(1, 41)) == text


def test_at_temperature_zero_the_seed_does_not_matter():
    made = untrained(LETTERS, 6)
    assert write(made, "", 30, 0, seed=1) == write(made, "\n", 30, 0, seed=2)


def test_bits_do_not_depend_on_the_pieces_a_text_is_run_in(monkeypatch):
    made, text = untrained(LETTERS, 6), "abc a\nbca" * 9
    whole = bits(made, text)
    monkeypatch.setattr("app.lessons.writing.model.PIECE", 7)
    assert bits(made, text) == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_told_of_a_shipped_network_is_what_it_does(source):
    assert (LESSONS / "writing" / f"{source}.safetensors").stat().st_size <= 3 * 600_000
    trained, held = shipped(source), split(corpus(source)).held
    facts = measured(trained)
    for kind in KINDS[:-1]:
        made = writer(trained, kind)
        size = sum(array.size for array in (*made.cell.parameters.values(), made.weight, made.bias))
        assert 2 * size <= 600_000  # bytes, as they are shipped
    assert bits(writer(trained, "rnn"), held[:4000]) > bits(writer(trained, "lstm"), held[:4000])
    assert bits(writer(trained, "gru"), held) == pytest.approx(facts.bits["gru"], abs=5e-4)
    assert max(facts.bits["lstm"], facts.bits["gru"]) < facts.best  # or the page has to say so


def test_an_untrained_network_has_every_letter_about_as_likely():
    made = writer(shipped("kieu"), "untrained")
    assert bits(made, split(corpus("kieu")).held[:1000]) == pytest.approx(np.log2(len(made.letters)), abs=0.1)
