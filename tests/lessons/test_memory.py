"""The lesson `memory`: texts as readers type them, and what three cells still hear of each word."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formatting import scientific
from app.i18n import LANGUAGES, labels
from app.lessons.memory.model import (
    CLEAR,
    FAINT,
    LONGEST,
    NEAR,
    Text,
    embedded,
    goal,
    read,
    readers,
    step_of,
    stretched,
    text_of,
)
from app.lessons.memory.view import GAP, parted
from app.messages import RefusedError
from cells import backprop, run
from tests.page.test_every_page import opened, text

CHARACTERS = st.characters(exclude_characters="*", exclude_categories=["Z", "C"])
WORDS = st.lists(st.text(CHARACTERS, min_size=1), min_size=1, max_size=30)


@given(WORDS, st.data())
def test_stars_mark_the_cue(words, data):
    cue = data.draw(st.integers(0, len(words) - 1))
    typed = " ".join(f"*{word}*" if k == cue else word for k, word in enumerate(words))
    found = text_of(typed)
    assert len(found.words) == len(words)
    assert found.cue == cue


@given(st.text(max_size=300))
def test_no_text_raises_anything_but_a_message(typed):
    before, after = parted(typed)
    assert before + after == typed
    try:
        found = text_of(stretched(before, after, ["and", "so"], 5) if typed.strip() else typed)
    except RefusedError:
        return
    assert 0 <= found.cue < len(found.words) <= LONGEST


def test_two_hundred_words_and_no_more():
    assert len(text_of("từ " * LONGEST).words) == LONGEST
    with pytest.raises(RefusedError, match="long"):
        text_of("từ " * (LONGEST + 1))


def test_a_word_is_the_same_numbers_wherever_it_stands_and_however_it_is_written():
    np.testing.assert_array_equal(embedded("Cat,"), embedded("cat"))
    assert np.linalg.norm(embedded("mèo")) == pytest.approx(1)
    assert not np.array_equal(embedded("mèo"), embedded("meo"))


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_an_influence_is_how_much_a_word_moves_the_last_state(kind):
    words = text_of("Con *mèo* nhà tôi rất thích ăn").words
    x = np.array([embedded(word) for word in words])
    cell, found = readers()[kind], read(Text(words, 1)).influences[kind]
    for t in range(len(words)):
        columns = []
        for d in range(x.shape[1]):
            moved = [x.copy(), x.copy()]
            moved[0][t, d] += 1e-5
            moved[1][t, d] -= 1e-5
            columns.append((run(cell, moved[0])["h"][-1] - run(cell, moved[1])["h"][-1]) / 2e-5)
        assert found[t] == pytest.approx(np.linalg.norm(columns), rel=1e-6)


def test_the_further_the_cue_the_less_it_counts_and_least_for_the_rnn():
    near, far = (read(text_of(f"The *cat* {'and so ' * n}likes to eat")) for n in (0, 20))
    for cell in readers():
        assert far.cue[cell] < near.cue[cell]
    assert far.cue["rnn"] < 1e-6 < 1e-3 < far.cue["lstm"]
    assert far.strongest == "lstm"
    strengths = far.strengths()
    assert max(s.max() for s in strengths.values()) == 1
    assert strengths["lstm"][far.text.cue] == pytest.approx(1 + np.log10(far.cue["lstm"] / far.top) / 8)


@pytest.mark.parametrize(("kind", "matrix"), [("rnn", "W_h"), ("lstm", "W_g"), ("gru", "W_n")])
def test_a_training_step_counts_the_cues_timestep_alone(kind, matrix):
    cell = readers()[kind]
    x = np.array([embedded(word) for word in ["one", "two", "three"]])
    trace = run(cell, x)
    parts = [step_of(trace, cue) for cue in range(3)]
    whole = backprop(trace, {"h": np.ones(cell.units)}).params[matrix]
    assert all(part.weight in cell.parameters[matrix] for part in parts)
    alone = backprop(run(cell, x[:1]), {"h": np.ones(cell.units)}).params[matrix]
    assert step_of(run(cell, x[:1]), 0).gradient in alone
    assert abs(step_of(run(cell, x[:1]), 0).gradient) == np.abs(alone).max()
    assert np.abs([part.gradient for part in parts]).sum() >= np.abs(whole).max()
    assert parts[0].new == parts[0].weight - 0.1 * parts[0].gradient


def told(words, state, gap, reading):
    """What the challenge says."""
    return words[f"reading.goal.{state}"].format(gap=gap, **{k: scientific(v) for k, v in reading.cue.items()})


@pytest.mark.parametrize("gap", range(20, 101, 16))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_learned_and_the_challenge_agree(language, gap):
    """From gap 20 on the RNN has lost the cue, whatever digits its new weight is printed with."""
    test = opened("memory", lang=language, gap=f"{gap}")
    words, shown = labels(language, "memory"), text(test)
    before, _, after = words["reading.short.text"].partition("{gap}")
    reading = read(text_of(stretched(before, after, words["reading.filler"].split(), gap)))
    assert reading.cue["rnn"] < FAINT
    for cell, step in reading.steps.items():
        verdict = "lost" if reading.cue[cell] < FAINT else "clear" if reading.cue[cell] > CLEAR else "faint"
        assert words[f"update.learned.{verdict}"].format(change=scientific(step.change)) in shown
    state = "loose" if reading.cue["lstm"] > CLEAR else "far"
    assert told(words, state, gap, reading) == test.info[-1].value
    assert not test.success


def test_numbers_a_beginner_can_read():
    assert [scientific(v) for v in (0.35490, 12.0, 1.4e-7, -0.0123, 0, 2.5e-12, 1e5, float("inf"))] == [
        "0.35", "12", "1.4 × 10⁻⁷", "−0.012", "0", "2.5 × 10⁻¹²", "1.0 × 10⁵", "∞",
    ]  # fmt: skip


def short_text(language, gap):
    """How the page's first text is read."""
    words = labels(language, "memory")
    before, _, after = words["reading.short.text"].partition("{gap}")
    return read(text_of(stretched(before, after, words["reading.filler"].split(), gap)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_with_a_cue_that_the_rnn_alone_has_forgotten(language):
    reading, test = short_text(language, 20), opened("memory", lang=language)
    assert reading.cue["rnn"] < FAINT < CLEAR < min(reading.cue["lstm"], reading.cue["gru"])
    notes = {row["name"]: row["note"] for row in sentence_of(test)["rows"]}
    words = labels(language, "memory")
    for cell, value in reading.cue.items():
        verdict = "lost" if cell == "rnn" else "clear"
        told = words[f"reading.cue.{verdict}"].format(word=reading.text.words[1], number=scientific(value))
        assert notes[words[f"reading.cell.{cell}"]] == told
    for values in reading.plain.values():  # the plain draw stands beside it
        assert f"**{scientific(values[reading.text.cue])}**" in text(test)
    assert "**+2**" in text(test)


def test_the_numbers_of_the_first_screen_are_those_of_the_design():
    assert [scientific(v) for v in short_text("en", 20).cue.values()] == ["1.4 × 10⁻⁷", "0.076", "0.014"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_challenge_is_solved_by_one_gap_alone(language):
    states = [goal(short_text(language, g), short_text(language, g - 1) if g else None) for g in range(101)]
    best = states.index("solved")
    assert states.count("solved") == 1
    assert abs(best - GAP.default) > 1  # neither on arrival nor by the smallest step
    assert set(states[:best]) == {"near"}
    assert set(states[best + 1 :]) == {"loose", "far"}
    assert not opened("memory", lang=language).success
    assert not opened("memory", lang=language, gap="19").success
    solved = opened("memory", lang=language, gap=f"{best}").success
    assert told(labels(language, "memory"), "solved", best, short_text(language, best)) == solved[0].value


@pytest.mark.parametrize("choice", ["long", "review", "own"])
def test_no_other_text_solves_the_challenge_on_arrival(choice):
    assert not opened("memory", text=choice).success
    assert not opened("memory", text=choice, gap="0").success


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", [0, 2])
def test_what_would_give_the_prediction_away_is_covered(language, gap):
    reading, test = short_text(language, gap), opened("memory", lang=language, gap=f"{gap}")
    numbers = [scientific(v) for values in reading.influences.values() for v in values[-NEAR:]]
    sent = "".join(part.proto.json for part in test.get("bidi_component") if "progress" not in part.proto.id)
    for value in numbers:
        assert value not in text(test)
        assert f'"{value}"' not in sent
    for step in reading.steps.values():
        assert scientific(step.gradient) not in text(test)
    test.button_group(key="memory-strongest").set_value("rnn").run()
    words = labels(language, "memory")
    assert labels(language)["predict.right"] in text(test)
    assert all(f"**{scientific(v)}**" in text(test) for v in short_text(language, 0).cue.values())
    assert [row["numbers"] for row in sentence_of(test)["rows"]] == [
        [scientific(v) for v in values] for values in reading.influences.values()
    ]
    assert words["update.gradient"] in text(test)


def sentence_of(test):
    """What the browser is sent for the coloured words."""
    return next(json.loads(each.proto.json) for each in test.get("bidi_component") if "sentence" in each.proto.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_review_is_asked_about_without_its_stars(language):
    pills = opened("memory", lang=language).get("button_group")[-1]
    assert not any("*" in option.content for option in pills.proto.options)


@pytest.mark.parametrize("query", [{"text": "nothing"}, {"gap": "-3"}, {"gap": "x"}, {"text": "own", "typed": ""}])
def test_a_bad_address_or_an_empty_text_is_told(query):
    assert not opened("memory", **query).exception


def test_an_empty_text_gets_a_message():
    test = opened("memory", text="own")
    test.text_area(key="typed").set_value("  ").run()
    assert labels("en", "memory")["reading.problem.empty"] in text(test)
    assert not test.exception
