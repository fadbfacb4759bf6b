"""The lesson `recall`: its words follow the table, a reader's own networks solve the challenge."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from app.controls.kinds import KINDS
from app.formatting import number, percent
from app.i18n import LANGUAGES, labels
from app.lessons.recall import pictures, sections, view
from app.lessons.recall.records import DEFAULTS, TASK, Row, part
from app.lessons.recall.snapshot import SAMPLES
from app.lessons.recall.tasks import LENGTHS, PUZZLES, SEEDS, units_of
from app.lessons.recall.view import LETTERS, SOLVED, readout, verdict
from app.page.page import Page
from app.training.network import Network
from app.training.saved import shipped
from cells import CELLS, run
from tests.page.test_every_page import expect_told, opened, text

# ---- words and numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_what_was_measured(language):
    test = opened("recall", lang=language)
    for row in shipped(TASK).facts.table:
        if row.task == "adding":
            assert percent(row.accuracy) in text(test)
    lines = [line for line in text(test).splitlines() if line.startswith(("| 10 |", "| 30 |", "| 100 |"))]
    assert len(lines) == len(LENGTHS) * len(KINDS)


def table(shares):
    """A table in which each kind's networks, one for each start, are right so often."""
    return [
        Row("recall", 100, seed, kind, units=16, parameters=1, accuracy=share, updates=1, seconds=1.0, curve=[share])
        for kind, found in shares.items()
        for seed, share in zip(SEEDS, found, strict=True)
    ]


@pytest.mark.parametrize(
    ("rnn", "lstm", "gru", "expected"),
    [
        ([1, 1, 0.9], [1, 1, 1], [1, SOLVED, 1], "gated"),
        ([1, 1, 1], [1, 1, 1], [1, 1, 1], "all"),
        ([0, 0, 0], [1, 1, 1], [1, 1, 0.949], "lstm"),
        ([0, 0, 0], [1, 0, 1], [1, 1, 0], "none"),
        ([1, 1, 1], [1, 0, 1], [1, 1, 0], "other"),
    ],
)
def test_the_verdict_follows_the_table(monkeypatch, rnn, lstm, gru, expected):
    monkeypatch.setattr(view, "measured", lambda: table({"rnn": rnn, "lstm": lstm, "gru": gru}))
    assert verdict(task="recall", n=100) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prediction_is_answered_from_the_table(language):
    test, words = opened("recall", lang=language), labels(language)
    test.button_group(key="recall-who").set_value(verdict(task="recall", n=100)).run()
    assert not test.exception
    assert words["predict.right"] in text(test)
    rows = [row for row in shipped(TASK).facts.table if (row.task, row.n) == ("recall", 100)]
    assert all(percent(row.accuracy) in text(test) for row in rows)


def test_the_example_is_answered_as_it_says():
    test = opened("recall", lang="en", task="recall")
    read = next(m.value for m in test.markdown if "should answer" in m.value)
    letters, answer = read.split("**")[1].split(), read.split("**")[3]
    assert letters[0] == answer
    assert letters[-1] == LETTERS[-1]
    test.button_group(key="recall-task").set_value("adding").run()
    read = next(m.value for m in test.markdown if "should answer" in m.value)
    marked = [float(part.replace("−", "-")) for part in read.split("**")[1::2]]
    assert marked[2] == pytest.approx(0.5 + (marked[0] + marked[1]) / 4, abs=0.011)  # of numbers with two decimals


def test_the_page_opens_on_the_test_that_tells_the_cells_apart():
    assert opened("recall").button_group(key="recall-task").value == "adding"
    for n in (30, 100):
        assert verdict(task="adding", n=n) == "gated"
        rnn = [row.accuracy for row in shipped(TASK).facts.table if (row.task, row.n, row.kind) == ("adding", n, "rnn")]
        assert max(rnn) < 0.2
    rows = [row for row in shipped(TASK).facts.table if (row.task, row.n) == ("adding", 10)]
    rnn, others = ([row.accuracy for row in rows if (row.kind == "rnn") == own] for own in (True, False))
    assert max(rnn) < min(others)


def figures(test):
    """How many pictures of curves there are."""
    return sum("curve rnn" in each.proto.json for each in test.get("bidi_component"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_tells_the_answer_before_the_guess(language):
    test = opened("recall", lang=language, task="recall")
    lines = [line for line in text(test).splitlines() if line.startswith("| 100 |")]
    assert lines == []
    before = figures(test)
    own = labels(language, "recall")
    counts = {kind: sum(view.solved(kind)) for kind in KINDS} | {"total": len(view.solved("rnn"))}
    told = own[f"remember.{verdict()}"].format(**counts)
    assert told not in text(test)
    test.button_group(key="recall-who").set_value("all").run()
    assert figures(test) == before + 1
    assert len([line for line in text(test).splitlines() if line.startswith("| 100 |")]) == len(KINDS)
    assert told in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_at_nought_is_explained(language):
    """No network that guesses is never right in 500 sequences: it knows the symbols and names them wrongly."""
    lowest = [min(row.curve) for row in shipped(TASK).facts.table if row.task == "recall" and row.kind == "rnn"]
    assert 0.0 in lowest
    assert (1 - PUZZLES["recall"].chance) ** 500 < 1e-60
    why = labels(language, "recall")
    assert why["curve.why.recall"] in text(opened("recall", lang=language, task="recall"))
    assert why["curve.why.adding"] in text(opened("recall", lang=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stage_names_what_is_read_and_the_units_that_tell_most(language):
    test, made = opened("recall", lang=language, task="recall"), part(shipped(TASK), "recall")
    samples = sections.samples(Page("recall", language), made)
    x, answer = next(iter(samples.values()))
    spelled = sections.spelled("recall", x)
    assert spelled[0] == LETTERS[int(answer)]
    scene = next(json.loads(one.proto.json) for one in test.get("bidi_component") if one.proto.id.endswith("recall"))
    assert scene["reads"] == list(spelled)
    run_ = made.runs["lstm"]
    hidden = run(run_.cell(CELLS["lstm"]), x[:, None])["h"][:, 0]
    moves = np.abs(run_.weights["readout.weight"]).max(axis=0) * np.ptp(hidden, axis=0)
    told = next(m.value for m in test.markdown if m.value.startswith(labels(language)["opened.telling"].split("{")[0]))
    assert f"**{moves.argmax() + 1}** ({number(moves.max(), 2)})" in told


@pytest.mark.parametrize(
    "query", [{}, {"task": "recall"}, {"n": "10"}, {"seed": "2"}, {"units": "8"}, {"gates": "one"}]
)
def test_no_challenge_is_solved_without_training(query):
    assert not opened("recall", **query).success


# ---- curves ----------------------------------------------------------------------------------------------------------


def test_a_run_that_ended_counts_on_in_the_median():
    curves = [[0.2, 1.0], [0.2, 0.2, 0.3], [0.1, 0.4, 0.4]]
    np.testing.assert_allclose(pictures.median(curves), [0.2, 0.4, 0.4])


def points(line) -> list[tuple[float, float]]:
    return [tuple(map(float, point.split())) for point in line.get("d")[1:].split("L")]


def test_seeds_are_thin_their_median_thick_and_guessing_is_drawn():
    words = {name: name for name in ("rnn", "lstm", "updates", "right", "chance", "alt")}
    shown = pictures.success({"rnn": [[0.1, 0.3], [0.2, 0.4]], "lstm": [[0.5]]}, 25, 1500, 0.25, words)
    lines = {}
    for line in shown.iter("path"):
        lines.setdefault(line.get("class"), []).append(line)
    y = pictures.y_of
    assert [[at for _, at in points(line)] for line in lines["curve thin rnn"]] == [
        pytest.approx([y(0.1), y(0.3)], abs=0.05),
        pytest.approx([y(0.2), y(0.4)], abs=0.05),
    ]
    assert "curve thin lstm" not in lines  # its only seed is the median
    (rnn,), (lstm,) = lines["curve rnn"], lines["curve lstm"]
    left = pictures.LEFT
    assert [x for x, _ in points(rnn)] == pytest.approx([left, pictures.x_of(50, 25, 1500)], abs=0.05)
    assert rnn.find("title").text == "rnn: 35 right · 50 updates"
    assert lstm.find("title").text == "lstm: 50 right · 25 updates"
    assert lines["mark"][0].get("d").startswith(f"M{left} {y(0.25):.1f}H")
    names = {text.text: float(text.get("y")) for text in shown.iter("text") if "name" in text.get("class")}
    assert abs(names["rnn"] - names["lstm"]) >= pictures.APART  # their curves end at nearly the same place


# ---- a reader's own networks -----------------------------------------------------------------------------------------


def words_of_challenge(monkeypatch, settings, **shares):
    """The state of the challenge for networks that are right so often."""
    made, states = part(shipped(TASK), "recall"), []
    rows = [replace(row, accuracy=shares[row.kind]) for row in view.own_rows(made)]
    made = replace(made, facts=replace(made.facts, table=rows))
    monkeypatch.setattr(Page, "challenge", lambda self, state, **values: states.append(state))
    view.challenge(Page("recall", "en"), made, settings)
    return states[0]


def test_the_challenge_wants_an_rnn_that_recalls_beside_an_lstm_that_does_not(monkeypatch):
    assert words_of_challenge(monkeypatch, DEFAULTS, rnn=1, lstm=0.3, gru=1) == "solved"
    assert words_of_challenge(monkeypatch, DEFAULTS, rnn=1, lstm=1, gru=1) == "lstm"
    assert words_of_challenge(monkeypatch, DEFAULTS, rnn=0.3, lstm=0.3, gru=1) == "rnn"
    assert words_of_challenge(monkeypatch, replace(DEFAULTS, seed=2), rnn=1, lstm=0.3, gru=1) == "open"


@pytest.mark.parametrize("task", PUZZLES)
def test_the_networks_of_either_test_are_shown_with_its_settings(task):
    """Nothing says on arrival that they were trained with other ones."""
    shown = text(opened("recall", task=task))
    assert labels("en")["trainer.shown.shipped"] in shown
    title = labels("en", "recall")["outcome.title"]
    assert title.format(task=labels("en", "recall")[f"task.{task}"], n=DEFAULTS.n, seed=DEFAULTS.seed) in shown


def test_answers_are_dots_beside_what_is_right():
    words = {name: name for name in ("rnn", "lstm", "scale", "wanted", "guess", "alt")}
    shown = pictures.answered({"rnn": [0.5, 0.9], "lstm": [0.1, 2.0]}, ["A", "B"], [0.2, 1.0], 0.5, words)
    at = {
        kind: [float(c.get("cy")) for c in shown.iter("circle") if kind in c.get("class")] for kind in ("rnn", "lstm")
    }
    y = pictures.y_of
    assert at["rnn"] == pytest.approx([y(0.5), y(0.9)], abs=0.05)
    assert at["lstm"] == pytest.approx([y(0.1), y(1.06)], abs=0.05)  # what is off the scale is at its edge
    assert [t.text for t in shown.iter("title")][-1] == "lstm · B: 2.000"
    bars = [points(line) for line in shown.iter("path") if "truth" in line.get("class")]
    assert [bar[0][1] for bar in bars] == pytest.approx([y(0.2), y(1.0)], abs=0.05)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", PUZZLES)
def test_what_a_network_says_is_what_torch_says(task, kind):
    torch.manual_seed(0)
    puzzle = PUZZLES[task]
    network = Network(kind, puzzle.inputs, units_of(kind, puzzle.inputs, 8), puzzle.outputs)
    weights = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    x, _ = puzzle.make(12, 1, np.random.default_rng(0))
    theirs = network(torch.tensor(x, dtype=torch.float32))[-1, 0].detach().numpy()
    ours = readout(view.Run({0: weights}, ()), kind, x[:, 0])
    np.testing.assert_allclose(ours, theirs, atol=1e-5)  # 32 bits there


def test_samples_are_of_the_test_part_and_show_every_symbol():
    made = part(shipped(TASK), "recall")
    shown = sections.samples(Page("recall", "en"), made)
    assert sorted(answer for _, answer in shown.values()) == list(range(SAMPLES))
    for x, answer in shown.values():
        assert x.shape == (32, 9)
        assert x[0].argmax() == answer
        assert x.base is None  # else the page would keep the whole test set
        assert run(made.runs["lstm"].cell(CELLS["lstm"]), x[:, None])["h"].shape[0] == 32


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_are_in_the_address_and_a_wrong_one_is_reported(language):
    test = opened("recall", lang=language, n="100", gates="one", task="adding")
    assert labels(language)["trainer.shown.other"] in text(test)
    assert test.button_group(key="recall-n").value == "100"
    test = opened("recall", lang=language, n="31")
    assert "10, 30, 100" in "\n".join(w.value for w in test.warning)


ASKED = (
    "task",
    "n",
    "units",
    "rate",
    "gates",
    "weights",
    "seed",
    "after",
    "run",
    "sample",
    "epoch",
    "at",
    "unit",
    "way",
)


@pytest.mark.parametrize("name", ASKED)
def test_a_bad_address_is_reported(name):
    for value in ("x", "-1", ""):
        expect_told("recall", name, value)
