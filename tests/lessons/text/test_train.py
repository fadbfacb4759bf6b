"""What the lesson `text` learns from, and how: words, reviews, their split, pasted lines, the networks."""

import unicodedata
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import LANGUAGES
from app.lessons.text.corpus import LABEL_SPELLINGS, LEAST, WORDS, Review, Split, corpus, pasted, split
from app.lessons.text.model import part, read, vocabulary, words_of
from app.lessons.text.records import OWN, TASK, TextFacts
from app.lessons.text.train import SHIPPED, train
from app.lessons.text.vocabulary import UNKNOWN, Vocabulary, tokens
from app.messages import Message, RefusedError
from app.training.network import Network
from app.training.saved import Trained, model_of, shipped

NEGATIONS = {"en": {"not", "never", "no", "nothing", "nobody", "cannot"}, "vi": {"không", "chẳng", "chưa", "đừng"}}
BUT = {"en": "but", "vi": "nhưng"}
SMALL = replace(SHIPPED, sources=("vi",), units=6, epochs=3)


def quiet(*_):
    pass


# ---- words -----------------------------------------------------------------------------------------------------------


def test_words_are_lower_case_composed_and_without_their_punctuation():
    assert tokens("Wow… It’s GOOD, (really) good!") == [
        "wow",
        "…",
        "it's",
        "good",
        ",",
        "(",
        "really",
        ")",
        "good",
        "!",
    ]
    assert tokens(unicodedata.normalize("NFD", "Phở rất NGON.")) == ["phở", "rất", "ngon", "."]


@given(st.text(max_size=200))
def test_any_text_has_words(typed):
    found = tokens(typed)
    assert "".join(found).split() == ["".join(found)] * bool(found)  # nothing empty, no space within
    assert tokens(" ".join(found)) == found


def test_a_vocabulary_knows_what_it_met_often_enough():
    known = Vocabulary.of([["a", "b", "a"], ["c", "b", "a"]])
    assert known.words == (UNKNOWN, "a", "b")
    assert known.indices(["b", "c", "z", "a"]).tolist() == [2, 0, 0, 1]


# ---- reviews ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpus_is_what_its_description_says(language):
    reviews = corpus(language)
    good = [review for review in reviews if review.positive]
    assert len(reviews) >= 600
    assert abs(len(good) / len(reviews) - 0.5) < 0.01
    assert len({review.normalised for review in reviews}) == len(reviews)
    assert all(3 <= len(review.normalised.split()) <= 20 for review in reviews)
    assert all(review.text == unicodedata.normalize("NFC", review.text).strip() for review in reviews)
    negated = [bool(NEGATIONS[language] & set(tokens(review.text))) for review in reviews]
    assert 0.35 < np.mean(negated) < 0.45
    assert np.mean([n for n, review in zip(negated, reviews, strict=True) if review.positive]) > 0.3
    assert sum(BUT[language] in tokens(review.text) for review in reviews) > 80


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.booleans(), max_size=60), st.randoms())
def test_a_split_never_leaks_and_does_not_depend_on_the_order(labelled, random):
    reviews = list({r.normalised: r for r in (Review(label, text) for text, label in labelled.items())}.values())
    parts = split(reviews)
    some = [{review.normalised for review in each} for each in (parts.train, parts.valid, parts.test)]
    assert all(a.isdisjoint(b) for a, b in combinations(some, 2))
    assert sum(map(len, some)) == len(reviews)
    random.shuffle(reviews)
    assert split(reviews) == parts


def test_the_same_review_twice_cannot_be_split():
    with pytest.raises(ValueError, match="same words"):
        split([Review(True, "So good!"), Review(True, "so good")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_balanced_and_the_test_is_large_enough(language):
    parts = split(corpus(language))
    assert len(parts.test) >= 100
    for some in (parts.train, parts.valid, parts.test):
        assert abs(np.mean([review.positive for review in some]) - 0.5) < 0.02


# ---- pasted lines ----------------------------------------------------------------------------------------------------

ENOUGH = "\n".join(
    [f"positive\tGood number {n}" for n in range(LEAST)] + [f"bad, Poor, number {n}" for n in range(LEAST)]
)


def test_pasted_lines_are_read():
    reviews, wrong = pasted("\ufeff" + ENOUGH.replace("\n", "\r\n") + "\n\n")
    assert wrong == {}
    assert reviews[0] == Review(True, "Good number 0")
    assert reviews[-1] == Review(False, f"Poor, number {LEAST - 1}")
    assert len(reviews) == 2 * LEAST


@pytest.mark.parametrize(
    ("line", "reason", "values"),
    [
        ("no label here", "parts", {}),
        ("maybe, good soup", "label", {"label": "maybe"}),
        (",good soup", "label", {"label": ""}),
        ("good,", "empty", {}),
        ("good, ...", "empty", {}),
        ("good, " + "so " * (WORDS + 1), "long", {"count": f"{WORDS + 1}", "most": f"{WORDS}"}),
        ("bad, good NUMBER 3!", "again", {"first": "4"}),
    ],
)
def test_a_wrong_line_is_reported_with_its_number(line, reason, values):
    reviews, wrong = pasted(f"{ENOUGH}\n\n{line}")
    assert wrong == {2 * LEAST + 2: Message(f"paste.problem.{reason}", **values)}
    assert len(reviews) == 2 * LEAST


def test_too_few_lines_are_reported():
    reviews, wrong = pasted("good, soup\ngood, bread\nbad, tea")
    assert wrong == {0: Message("paste.problem.few", good=2, bad=1, least=LEAST)}
    assert len(reviews) == 3


@given(st.text(max_size=300))
def test_nothing_pasted_raises(typed):
    reviews, _ = pasted(typed)
    split(reviews)


@pytest.mark.parametrize("label", LABEL_SPELLINGS)
def test_every_label_is_understood(label):
    (review,), _ = pasted(f'  "{label.upper()}" ,  Sách hay ')
    assert review == Review(LABEL_SPELLINGS[label], "Sách hay")


# ---- networks --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small():
    return train(SMALL, quiet)


@pytest.mark.training
def test_the_same_seed_trains_the_same(small):
    again, other = train(SMALL, quiet), train(replace(SMALL, seed=2), quiet)
    for name, run in small.runs.items():
        for weight, array in run.weights.items():
            np.testing.assert_array_equal(array, again.runs[name].weights[weight])
    assert again.facts == small.facts
    assert other.runs["vi-lstm"].losses != small.runs["vi-lstm"].losses


@pytest.mark.training
def test_only_what_is_learned_from_makes_the_vocabulary(small):
    parts = split(corpus("vi"))
    learned = {word for review in parts.train for word in tokens(review.text)}
    assert set(small.facts.sources["vi"].words) - {UNKNOWN} <= learned
    assert small.facts.sources["vi"].test == list(parts.test)


@pytest.mark.training
def test_lines_of_a_readers_own_are_learned(small, tmp_path):
    pair = ((True, "plim"), (False, "plom"))
    lines = tuple(Review(positive, f"{word} {n}") for n in range(20) for positive, word in pair)
    trained = train(replace(SHIPPED, sources=(OWN,), lines=lines, units=8), quiet)
    trained.write(tmp_path / "own.safetensors")
    mine = part(Trained.read(tmp_path / "own.safetensors", TextFacts), "vi")
    assert mine.facts.settings.sources == (OWN,)
    assert set(mine.runs) == {"rnn", "lstm", "gru"}
    assert mine.facts.measured.right["lstm"] == mine.facts.measured.count
    assert read(mine, words_of("plim 77")).by["gru"].last > 0.5 > read(mine, words_of("plom 77")).by["gru"].last
    assert part(small, "vi").facts.settings.sources == ("vi",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_is_what_torch_reads_out(language):
    trained = part(shipped(TASK), language)
    words = words_of("Not good , nhưng rất ngon !")
    reading = read(trained, words)
    for kind, run in trained.runs.items():
        embedding, rows = run.weights["embedding.weight"], run.weights["readout.weight"]
        network = Network(kind, embedding.shape[1], rows.shape[1], 1, len(embedding))
        network.load_state_dict({name: torch.from_numpy(array) for name, array in run.weights.items()})
        with torch.no_grad():
            verdicts = torch.sigmoid(network(torch.from_numpy(reading.indices)[:, None]))[:, 0, 0]
        np.testing.assert_allclose(reading.by[kind].verdicts, verdicts, atol=1e-5)


def test_the_shipped_model_is_what_make_models_makes():
    assert shipped(TASK).facts.settings == SHIPPED
    assert model_of(TASK.name).stat().st_size < 1_000_000
    assert {run.losses[-1].epoch for run in shipped(TASK).runs.values()} == {SHIPPED.epochs}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_the_shipped_accuracy_is_measured_on_reviews_nobody_learned_from(language, kind):
    trained, parts = part(shipped(TASK), language), split(corpus(language))
    assert isinstance(parts, Split)
    right = sum((read(trained, words_of(r.text)).by[kind].last > 0.5) == r.positive for r in parts.test)
    assert trained.facts.measured.right[kind].test == right
    assert right / len(parts.test) >= 0.85
    assert vocabulary(trained) == Vocabulary.of(tokens(review.text) for review in parts.train)


def test_a_text_of_sixty_words_and_no_more():
    assert len(words_of("ngon " * WORDS)) == WORDS
    with pytest.raises(RefusedError, match="long"):
        words_of("ngon " * (WORDS + 1))
    with pytest.raises(RefusedError, match="empty"):
        words_of(" \n\t")


@pytest.mark.parametrize(
    "line", [" " * 99_000 + "b", "good," + "\N{COMBINING DOT BELOW}\N{COMBINING DIAERESIS}" * 49_000]
)
def test_a_line_of_any_length_is_reported_at_once(line):
    """Work that grows faster than the line would not come back."""
    _, wrong = pasted(f"{ENOUGH}\n{line}")
    assert {line: one.reason for line, one in wrong.items()} == {len(ENOUGH.splitlines()) + 1: "paste.problem.letters"}


def test_blanks_around_label_and_text_take_no_time():
    _, wrong = pasted("\n".join([" " * 3_900 + "b"] * 25))
    assert {one.reason for one in wrong.values()} == {"paste.problem.parts", "paste.problem.few"}
