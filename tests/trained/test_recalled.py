"""What the later cells learn of the tests of `recall`: the picture, the table and the words follow the figures."""

import re
from statistics import median

import numpy as np
import pytest

from app.controls.kinds import KEEPERS, KINDS
from app.formatting import number, percent
from app.i18n import LANGUAGES, labels
from app.lessons.recall import tasks
from app.page.page import Page
from app.trained import recalled
from app.trained.recalled_picture import LEFT, STRIP, strips, x_of
from app.training.figures import SOLVED, Figures, Trial, shipped_figures
from cells import run
from tests.page.test_every_page import opened, text

WORDS = {"rnn": "RNN", "lru": "LRU", "length": "n = {n}", "right": "% right", "chance": "guessing", "alt": "nine cells"}


def test_tests_cells_and_chances_are_those_that_were_trained():
    assert set(recalled.LATER) == set(KEEPERS)
    assert recalled.LENGTHS == tasks.LENGTHS
    assert pytest.approx({name: puzzle.chance for name, puzzle in tasks.PUZZLES.items()}, abs=1e-12) == recalled.CHANCES


def test_an_lru_alone_is_a_weighted_sum_and_mamba_one_number():
    random = np.random.default_rng(0)
    one, other = random.normal(size=(2, 20, 2))
    lru = tasks.first("lru", 2, 8, 30, 1)
    first, second, both = (run(lru, x)["h"] for x in (one, other, one + 3 * other))
    np.testing.assert_allclose(both, first + 3 * second, rtol=0, atol=1e-12)
    one[-1] = 0
    outputs = run(tasks.first("mamba", 2, 8, 30, 1), one)["y"]
    assert outputs.shape == (20, 1)
    assert outputs[:-1].all()
    assert outputs[-1] == 0


def test_every_start_and_the_median_stand_where_their_shares_are():
    shares = {"rnn": {10: [1.0, 0.5, 0.0], 30: [0.25] * 3}, "lru": {10: [0.5] * 3, 30: [0.0, 1.0, 1.0]}}
    drawn = strips(shares, KINDS, 0.25, WORDS)
    dots = [(dot.get("class"), float(dot.get("cx"))) for dot in drawn.iter("circle")]
    expected = [LEFT + STRIP * share for share in (1.0, 0.5, 0.0)] + [x_of(1, 0.25)] * 3
    assert [x for kind, x in dots if kind == "dot seed rnn"] == pytest.approx(expected)
    assert [x for kind, x in dots if kind == "dot seed later"] == pytest.approx(
        [x_of(0, 0.5)] * 3 + [x_of(1, 0.0), *[x_of(1, 1.0)] * 2]
    )
    assert len({(dot.get("cx"), dot.get("cy")) for dot in drawn.iter("circle")}) == 12  # none hides another
    bars = [path for path in drawn.iter("path") if "median" in path.get("class")]
    assert [path.find("title").text for path in bars] == [
        "RNN · n = 10: 100, 50, 0 %", "RNN · n = 30: 25, 25, 25 %",
        "LRU · n = 10: 50, 50, 50 %", "LRU · n = 30: 0, 100, 100 %",
    ]  # fmt: skip
    assert float(re.match(r"M([\d.]+)", bars[-1].get("d")).group(1)) == pytest.approx(x_of(1, 1.0))


def test_the_picture_fits_a_phone_unscaled():
    shares = dict.fromkeys(("rnn", "lru"), dict.fromkeys(recalled.LENGTHS, [1.0] * 3))
    drawn = strips(shares, KINDS, 0.25, WORDS)
    room = 390 - 2 * 24  # the page's margin and the card's
    assert float(drawn.get("viewBox").split()[2]) <= room
    lowest = max(float(t.get("y")) for t in drawn.iter("text") if t.text.startswith("n ="))
    assert 0 < lowest < min(float(t.get("y")) for t in drawn.iter("text") if t.text in ("RNN", "LRU")) - 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_names_who_passes_from_all_starts_from_some_and_from_none(language):
    reached = {"rnn": [SOLVED, 0.949, 0.1], "lstm": [SOLVED] * 3}
    trials = [
        Trial(f"adding-{n}", kind, seed, 7, 1.0, share, [share])
        for n in recalled.LENGTHS
        for kind in (*KINDS, *recalled.LATER)
        for seed, share in enumerate(reached.get(kind, [0.9] * 3), 1)
    ]
    figures = Figures(shipped_figures("recall").budget, trials)
    told = recalled.verdict(Page("recall", language), figures, "adding")
    assert told == {"all": "LSTM", "some": "RNN", "none": "GRU, minGRU, minLSTM, sLSTM, LRU, RWKV, Mamba"}
    passed = [Trial(t.task, t.network, t.seed, 7, 1.0, 1.0, [1.0]) for t in trials]
    told = recalled.verdict(Page("recall", language), Figures(figures.budget, passed), "adding")
    assert told["some"] == told["none"] == labels(language)["recalled.nobody"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_figure_once_the_guess_is_made(language):
    test, figures, words = opened("recall", lang=language), shipped_figures("recall"), labels(language)
    assert words["recalled.title"] in text(test)
    assert "minGRU" not in text(test)
    test.button_group(key="recall-who").set_value("all").run()
    assert not test.exception
    lines = [
        line
        for line in text(test).splitlines()
        if line.startswith(tuple(f"| {words[f'recalled.cell.{kind}']} |" for kind in recalled.LATER))
    ]
    assert len(lines) == len(recalled.CHANCES) * len(recalled.LATER)
    for line, (name, kind) in zip(
        lines, [(name, kind) for name in recalled.CHANCES for kind in recalled.LATER], strict=True
    ):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        found = [[trial.accuracy for trial in figures.of(f"{name}-{n}", kind)] for n in recalled.LENGTHS]
        assert cells[1] == number(figures.of(f"{name}-10", kind)[0].parameters, 0)
        assert [cell.split(" ")[0] for cell in cells[2:]] == [percent(median(each)) for each in found]
        assert all(
            f"{percent(min(each))}–{percent(max(each))}" in cell
            for cell, each in zip(cells[2:], found, strict=True)
            if len(set(map(percent, each))) > 1
        )
    values = recalled.verdict(Page("recall", language), figures, "adding")
    assert words["recalled.verdict"].format(n="100", share="95", **values) in text(test)
    assert words["recalled.limits"].strip() in text(test)
