"""The lesson `text`: the page shows what the networks computed."""

import numpy as np
import pytest

from app.formatting import number, scientific
from app.i18n import LANGUAGES, labels
from app.lessons.text.charts import gates, running
from app.lessons.text.corpus import Review, corpus
from app.lessons.text.model import Read, part, read, wilson
from app.lessons.text.pasted import LEAST
from app.lessons.text.records import TASK
from app.lessons.text.view import PAIRS, TEXTS, change, words_of
from app.trained.learning import WORSE
from app.training.saved import shipped
from tests.page.test_every_page import expect_told, opened, text

TWICE = {
    "en": "The room was clean and beautiful, but the food was terrible, but I loved the beach.",
    "vi": "Phòng rất đẹp, nhưng đồ ăn rất dở, nhưng cảnh rất đẹp.",
}
NAMES = ("rnn", "lstm", "gru", "positive", "negative", "unit", "mean")
LABELS = dict(zip(NAMES, NAMES, strict=True))


@pytest.mark.parametrize(("right", "count"), [(0, 10), (3, 7), (103, 114), (114, 114)])
def test_the_interval_ends_where_the_share_is_just_not_refused(right, count):
    share = right / count
    for end in wilson(right, count):
        assert (share - end) ** 2 == pytest.approx(1.959964**2 * end * (1 - end) / count, abs=1e-12)
    low, high = wilson(right, count)
    assert 0 <= low <= share <= high <= 1
    assert low < high


def test_a_turn_is_from_one_side_to_the_other():
    def turns(*verdicts):
        return Read(None, np.array(verdicts)).turns

    assert turns(0.9, 0.1, 0.9) == 2
    assert turns(0.9, 0.5, 0.9, 0.55, 0.45, 0.7) == 0
    assert turns(0.5, 0.45, 0.2, 0.59, 0.61) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gated_cells_turn_a_word_round_that_not_stands_before(language):
    trained, words = part(shipped(TASK), language), labels(language, "text")
    for pair in PAIRS:
        before = {}
        for name in ("bare", "turned"):
            start, word, end = words[f"couple.{pair}.{name}"].split("*")
            reading = read(trained, start + word + end)
            assert not reading.unknown
            before[name] = {kind: one.last for kind, one in reading.by.items()}
            assert reading.words[len(words_of(trained, start))] == word
        assert (before["bare"]["lstm"] > 0.5) != (before["turned"]["lstm"] > 0.5)
    assert change(np.array([0.1, 0.7]), 1) == pytest.approx(0.6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_page_is_among_the_reviews(language):
    words = labels(language, "text")
    expected = [words[f"example.{name}"] for name in TEXTS] + [words["ending.sentence"]]
    known = {review.normalised for review in corpus(language)}
    assert known.isdisjoint(Review(True, sentence).normalised for sentence in expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_was_measured(language):
    test, trained = opened("text", lang=language), part(shipped(TASK), language)
    right, count = trained.facts.measured.right["lstm"].test, trained.facts.measured.count.test
    low, high = wilson(right, count)
    for expected in (
        f"({right}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{count})",
        number(100 * low, 1),
        number(100 * high, 1),
    ):
        assert expected in text(test)
    reading = read(trained, labels(language, "text")["ending.sentence"])
    assert not [one for one in reading.by.values() if number(one.last) in text(test)]  # before the guess
    answer = "positive" if reading.by["lstm"].last > 0.5 else "negative"
    test.button_group(key="text-ending").set_value(answer).run()
    assert labels(language)["predict.right"] in text(test)
    assert number(reading.by["gru"].last) in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_best_epoch_is_said_and_what_early_stopping_would_do(language):
    trained = part(shipped(TASK), language)
    right = trained.facts.measured.right
    best = max(right, key=lambda kind: right[kind].valid)
    losses = trained.runs[best].losses
    least = min(losses, key=lambda epoch: epoch.valid)
    state = "yes" if losses[-1].valid > WORSE * least.valid else "no"
    numbers = {"least": least.valid, "end": losses[-1].valid, "before": losses[0].train, "after": losses[-1].train}
    printed = {name: scientific(value, 3) for name, value in numbers.items()}
    words = {"best": labels(language)[f"run.{best}"], "epoch": least.epoch, "last": losses[-1].epoch}
    expected = labels(language)[f"overfit.{state}"].format(**words, **printed)
    assert expected in text(opened("text", lang=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_challenge_is_solved_by_a_review_that_turns_twice(language):
    words = labels(language, "text")
    test = opened("text", lang=language)
    assert words["goal.elsewhere"] in text(test)
    test.button_group(key="text-text").set_value("own").run()
    assert not test.success
    test.text_input(key="typed").set_value(TWICE[language]).run()
    assert not test.exception
    turns = read(part(shipped(TASK), language), TWICE[language]).by["lstm"].turns
    assert words["goal.solved"].format(turns=turns) in [box.value for box in test.success]


@pytest.mark.parametrize(("typed", "reason"), [("  ", "empty"), ("a " * 61, "long")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_cannot_be_read_is_reported(typed, reason, language):
    test = opened("text", lang=language, text="own")
    test.text_input(key="typed").set_value(typed).run()
    assert not test.exception
    expected = labels(language, "text")[f"reading.problem.{reason}"].format(count=61, most=60)
    assert expected in [box.value for box in test.warning]


@pytest.mark.parametrize(
    "typed", ["<b>x</b> <a href='javascript:1'>", "🙂 ภาษาไทย Привет", "\u0301\u200d", "no\u0000thing", "9" * 400]
)
def test_any_unicode_is_read(typed):
    test = opened("text", text="own")
    test.text_input(key="typed").set_value(typed).run()
    assert not test.exception
    assert not any("javascript" in element.value for element in test.markdown)


def test_words_on_an_axis_are_no_markup():
    words = ["<b>", "&amp;"]
    for figure in (
        running(words, {"lstm": np.array([0.2, 0.8])}, LABELS, False),
        gates(words, np.full((2, 3), 0.5), LABELS, True),
    ):
        assert figure.layout.xaxis.ticktext == ("&lt;b&gt;", "&amp;amp;")


def test_a_gates_mean_stands_above_its_units():
    values = np.array([[0.0, 0.5, 1.0], [0.2, 0.2, 0.8]])
    heat = gates(["a", "b"], values, LABELS, False).data[0]
    np.testing.assert_allclose(heat["z"][0], [0.5, 0.4])
    np.testing.assert_allclose(heat["z"][1:], values.T)
    assert (heat["zmin"], heat["zmax"]) == (0, 1)
    assert gates(["a", "b"], values - 0.5, LABELS, False).data[0]["zmin"] == -1


@pytest.mark.parametrize(
    "name", ["text", "gates", "pair", "source", "network", "after", "run", "sample", "epoch", "at", "unit", "way"]
)
def test_a_bad_address_is_reported(name):
    for value in ("x", "<b>", ""):
        expect_told("text", name, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pasted_lines_are_listed_with_what_is_wrong(language):
    words = labels(language, "text")
    test = opened("text", lang=language, source="own")
    assert words["paste.empty"] in [box.value for box in test.info]
    good, bad = ([f"{label}, {label} {n}" for n in range(LEAST)] for label in ("positive", "negative"))
    test.text_area(key="lines").set_value("\n".join([*good, "<i>hm</i>, tea"])).run()
    assert not test.exception
    told = words["paste.problem.label"].format(label="<i>hm</i>", column=1)
    expected = words["paste.line"].format(line=LEAST + 1, message=told)
    assert expected in test.text[0].value
    assert words["paste.problem.few"].format(good=LEAST, bad=0, least=LEAST) in test.text[0].value
    test.text_area(key="lines").set_value("\n".join([*good, *bad])).run()
    assert words["paste.ready"].format(count=2 * LEAST, good=LEAST, bad=LEAST) in text(test)
    assert not any("<i>hm</i>" in each.value for each in test.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_uneven_lines_in_columns_of_their_own_are_told(language):
    """The words are markup, and shown as they are; the columns are chosen by the reader."""
    words = labels(language, "text")
    rows = [f"{n},{'True' if n % 8 else 'False'},<b>good</b> {n},bad {n}" for n in range(LEAST * 8)]
    test = opened("text", lang=language, source="own")
    test.text_area(key="lines").set_value("\n".join(["n,label,text,other", *rows])).run()
    assert not test.exception
    assert words["paste.ready"].format(count=8 * LEAST, good=7 * LEAST, bad=LEAST) in text(test)
    told = words["paste.uneven"].format(label=words["verdict.positive"], share="87.5")
    assert told in [box.value for box in test.warning]
    test.selectbox(key="paste-text-4").select(3).run()
    assert not test.exception
    shown = next(table.value for table in test.dataframe if words["preview.understood"] in table.value)
    assert list(shown[words["preview.text"]]) == [f"bad {n}" for n in range(5)]
    sides = [words["verdict.negative"], *[words["verdict.positive"]] * 4]
    assert list(shown[words["preview.understood"]]) == sides
    assert not any("<b>good" in element.value for element in test.markdown)


def test_the_words_of_a_text_are_told_with_what_was_made_of_them():
    words = labels("en", "text")
    test = opened("text", text="own")
    test.text_input(key="typed").set_value("The fооd wasnt <b>good</b>!!!").run()
    assert not test.exception
    assert f"wasnt → was not ({words['why.contraction']})" in test.text[0].value
    shown = next(table.value for table in test.dataframe if words["table.why"] in table.value)
    assert list(shown[words["table.typed"]])[:4] == ["The", "fооd", "wasnt", ""]
    assert list(shown[words["table.word"]])[:4] == ["the", "food", "was", "not"]
    assert list(shown[words["table.why"]])[:4] == ["", words["why.letters"], words["why.contraction"], ""]
    test.text_input(key="typed").set_value("Đồ ăn ở đây rất ngon").run()
    assert words["verdict.strange"] in [box.value for box in test.warning]


def test_a_text_without_vietnamese_marks_is_said_to_be_one():
    test = opened("text", lang="vi", text="own")
    test.text_input(key="typed").set_value("Do an khong ngon").run()
    assert labels("vi", "text")["verdict.unmarked"] in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints_baseline_confusion_and_typed_reviews(language):
    shown, measured = text(opened("text", lang=language)), part(shipped(TASK), language).facts.measured
    count, nbsp = measured.count.test, "\N{NO-BREAK SPACE}"
    positive = sum(review.positive for review in measured.test)
    assert f"({max(positive, count - positive)}{nbsp}/{nbsp}{count})" in shown
    typed = sum(measured.typed_count.values())
    for kind, sides in measured.confusion.items():
        row = (sides.true_positive, sides.false_negative, sides.false_positive, sides.true_negative)
        assert f"{' | '.join(map(str, row))} |" in shown
        right = sum(measured.typed[kind].values())
        assert f"({right}{nbsp}/{nbsp}{typed})" in shown
        low, high = wilson(right, typed)
        assert f"{number(100 * low, 1)}{nbsp}– {number(100 * high, 1)}{nbsp}%" in shown
