"""What the lesson `text` learns from, and how: words, reviews, their split, pasted lines, the networks."""

import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import LANGUAGES
from app.lessons.text.corpus import WORDS, Review, Split, corpus, split, typed
from app.lessons.text.model import part, read, text_to_read, vocabulary
from app.lessons.text.reader import text_words
from app.lessons.text.records import OWN, TASK, Confusion, TextFacts
from app.lessons.text.train import SHIPPED, train
from app.lessons.text.vocabulary import UNKNOWN, Vocabulary
from app.messages import RefusedError
from app.training.network import Network
from app.training.saved import Trained, model_of, shipped

NEGATIONS = {"en": {"not", "never", "no", "nothing", "nobody", "cannot"}, "vi": {"không", "chẳng", "chưa", "đừng"}}
BUT = {"en": "but", "vi": "nhưng"}
SMALL = replace(SHIPPED, sources=("vi",), units=6, epochs=3)


def quiet(*_):
    pass


# ---- words -----------------------------------------------------------------------------------------------------------


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
    assert all(1 <= len(review.normalised.split()) <= 20 for review in reviews)
    assert all(review.text == unicodedata.normalize("NFC", review.text).strip() for review in reviews)
    negated = [bool(NEGATIONS[language] & set(text_words(review.text, language))) for review in reviews]
    assert 0.45 < np.mean(negated) < 0.5
    assert np.mean([n for n, review in zip(negated, reviews, strict=True) if review.positive]) > 0.3
    assert sum(BUT[language] in text_words(review.text, language) for review in reviews) > 80


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
    learned = {word for review in parts.train for word in text_words(review.text, "vi")}
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
    assert read(mine, "plim 77").by["gru"].last > 0.5 > read(mine, "plom 77").by["gru"].last
    assert part(small, "vi").facts.settings.sources == ("vi",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_is_what_torch_reads_out(language):
    trained = part(shipped(TASK), language)
    reading = read(trained, "Not good , nhưng rất ngon !")
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
    said = [(review.positive, read(trained, review.text).by[kind].last > 0.5) for review in parts.test]
    sides = Counter(said)
    right = sum(positive == verdict for positive, verdict in said)
    measured = trained.facts.measured
    wanted = (sides[True, True], sides[True, False], sides[False, True], sides[False, False])
    assert measured.confusion[kind] == Confusion(*wanted)
    assert measured.right[kind].test == measured.confusion[kind].right == right
    assert right / len(parts.test) >= 0.85
    assert vocabulary(trained) == Vocabulary.of(text_words(review.text, language) for review in parts.train)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_typed_reviews_are_judged_nearly_as_well_as_those_of_the_test(language, kind):
    trained, reviews = part(shipped(TASK), language), typed(language)
    measured = trained.facts.measured
    right = Counter(
        review.way for review in reviews if (read(trained, review.text).by[kind].last > 0.5) == review.positive
    )
    assert measured.typed[kind] == {way: right[way] for way in measured.typed_count}
    assert measured.typed_count == Counter(review.way for review in reviews)
    plain = measured.right[kind].test / measured.count.test
    assert right.total() / len(reviews) >= plain - 0.05


@pytest.mark.parametrize(
    ("language", "typed", "positive"),
    [
        ("en", "The food wasn't good.", False),
        ("en", "The food wasnt good", False),
        ("en", "not bad", True),
        ("en", "The soup isn't bad.", True),
        ("en", "I don’t like it", False),
        ("vi", "Đồ ăn không ngon", False),
        ("vi", "đồ ăn ko ngon", False),
        ("vi", "Do an khong ngon", False),
        ("vi", "Món này chẳng tệ", True),
        ("vi", "Không tệ", True),
    ],
)
@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_the_gated_cells_know_negation_as_it_is_typed(language, typed, positive, kind):
    assert (read(part(shipped(TASK), language), typed).by[kind].last > 0.5) == positive


def test_a_text_of_sixty_words_and_no_more():
    assert len(text_to_read("ngon " * WORDS, "vi").words) == WORDS
    with pytest.raises(RefusedError, match="long"):
        text_to_read("ngon " * (WORDS + 1), "vi")
    with pytest.raises(RefusedError, match="empty"):
        text_to_read(" \n\t", "en")
