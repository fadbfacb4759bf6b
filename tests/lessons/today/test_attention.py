"""Attention's shares of the days beside a cell's: what the page shows of both is what they have."""

import json
import re
from itertools import chain

import numpy as np
import pytest

from app.controls.kinds import LATER
from app.controls.one_unit import traced
from app.formatting import number
from app.i18n import LANGUAGES, labels
from app.lessons.today.attention.pictures import LEGIBLE, matrix
from app.lessons.today.model import CHOICES
from app.lessons.today.shares import shares
from app.untrained.attention import ASKING
from tests.page.test_every_page import opened, text

WORDS = {"title": "T", "caption": "C", "day": "day {n}", "kept": "numbers kept", "alt": "shares"}
KEPT = {"min_gru": 1, "min_lstm": 1, "slstm": 4, "lru": 2, "rwkv": 2, "mamba": 1}


def texts(drawing):
    """Every text of a picture that the browser is sent."""
    _, _, own, children = drawing
    return [*([own] if own else []), *chain.from_iterable(map(texts, children))]


def sent(test, key):
    """A picture as the browser is sent it."""
    return next(json.loads(e.proto.json) for e in test.get("bidi_component") if key in e.proto.id)


def numbers(drawing):
    """The shares that are printed, row by row, and after each row how many numbers are kept."""
    return [one for one in texts(drawing) if re.fullmatch(r"\d+(\.\d\d)?", one)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LATER)
def test_both_tables_have_the_shares_of_the_days_on_screen(kind, language):
    days = [1.0, 0.5, -1.0]
    test = opened("today", cell=kind, lang=language, x="1,0.5,-1")
    cell, attention = sent(test, "shares-cell"), sent(test, "shares-attention")
    trace = traced(CHOICES[kind].unit, tuple(CHOICES[kind].weights.items()), tuple(days))
    own = np.abs(shares(trace)[..., 0, 0])
    weights = np.tril(np.exp(ASKING**2 * np.outer(days, days)))
    theirs = weights / weights.sum(1, keepdims=True)
    for drawing, found, kept in ((cell, own, [KEPT[kind]] * 3), (attention, theirs, [2, 4, 6])):
        rows = [[f"{kept[t]}", *(number(share, 2) for share in found[t, : t + 1].tolist())] for t in range(3)]
        assert numbers(drawing) == list(chain.from_iterable(rows))
        assert ", ".join(rows[-1][1:]) in drawing[1]["aria-label"]
    assert labels(language, "today")[f"attention.says.{kind}"] in text(test)


def test_a_cell_that_reads_its_state_says_that_shares_come_after_the_run():
    for language in LANGUAGES:
        words = labels(language, "today")
        after = {"en": "after the run", "vi": "chạy xong"}[language]
        assert [kind for kind in LATER if after in words[f"attention.says.{kind}"]] == ["slstm"]


def test_many_days_have_smaller_squares_and_no_numbers_in_them():
    for n in (1, 4, 12):  # as many as fit a phone
        assert float(matrix(np.eye(n), [1] * n, WORDS).get("viewBox").split()[2]) <= 390 - 2 * 24
    few, many = (matrix(np.tril(np.full((n, n), 0.25)), [1] * n, WORDS) for n in (4, 30))
    assert len([t for t in few.iter("text") if t.text == "0.25"]) == 10
    assert not [t for t in many.iter("text") if t.text == "0.25"]
    side = {float(square.get("width")) for square in many.iter("rect")}
    assert len(side) == 1
    assert side.pop() < LEGIBLE
    assert len([rect for rect in many.iter("rect") if rect.get("class") == "none"]) == 30 * 29 / 2
    assert all(rect.find("title").text == "0.250" for rect in many.iter("rect") if rect.get("class") == "share")
