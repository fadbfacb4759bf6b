"""The panel of a lesson that trains, and the trained cell on the stage, as Streamlit runs them."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from app.i18n import LANGUAGES, labels
from app.page import session
from app.trained import panel
from app.trained.stage import NEAR, Selection, asked
from app.training import jobs as line
from app.training import saved, torch_check
from app.training.download import call, program
from app.training.network import Network
from app.training.saved import Run
from cells import CELLS, LSTM, run
from tests.support.packed import unpacked
from tests.support.server import ROOT
from tests.support.sliders import move, sliders
from tests.support.small_task.settings import SETTINGS, TASK, TinyFacts, snapshot

pytest_plugins = ("tests.support.cluster", "tests.support.small_task.model")
pytestmark = pytest.mark.training

PAGE = ROOT / "tests/support/small_task/page.py"


@pytest.fixture(autouse=True)
def own_jobs(one, models, monkeypatch):
    """Jobs of each test's own, and the tiny task's model."""
    for module in ("trained.panel", "training.torch_check"):
        monkeypatch.setattr(f"app.{module}.jobs", lambda: one)
    monkeypatch.setattr(saved, "LESSONS", models)
    return one


def opened(**query: str) -> AppTest:
    test = AppTest.from_file(str(PAGE), default_timeout=120)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def text(test: AppTest) -> str:
    return "\n".join(e.value for e in [*test.markdown, *test.warning, *test.info, *test.error])


def until(test: AppTest, expected: str, seconds: float = 40) -> None:
    """Draw the page again until it shows a text."""
    end = time.monotonic() + seconds
    while expected not in text(test):
        assert time.monotonic() < end, text(test)
        time.sleep(0.1)
        test.run()
        assert not test.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_there_at_once_and_a_readers_own_takes_its_place(language):
    words, test = labels(language), opened(lang=language)
    assert words["trainer.shown.shipped"] in text(test)
    test.number_input(key="epochs").set_value(20).run()
    assert words["trainer.shown.other"] in text(test)
    test.button(key="train").click().run()
    assert not test.exception
    until(test, words["trainer.shown.own"])
    test.number_input(key="epochs").set_value(SETTINGS.epochs).run()
    assert words["trainer.shown.shipped"] in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_training_is_shown_under_way_and_stopped(language, own_jobs, monkeypatch):
    drawn, follow = [], panel.follow
    monkeypatch.setattr(panel, "follow", lambda *given: (drawn.append(given[2]), follow(*given))[1])
    words, test = labels(language), opened(lang=language)
    test.number_input(key="epochs").set_value(500)
    test.number_input(key="pause").set_value(0.1).run()
    test.button(key="train").click().run()
    assert not test.exception
    job = own_jobs.known[0]
    while not job.entries:
        time.sleep(0.05)
    test.run()
    assert "RNN" in test.get("progress")[0].proto.text
    first = job.entries[0]
    assert drawn[-1] is not job.entries  # which grow while the page is drawn
    shown = words["learning.now"].format(run="RNN", epoch="{epoch}", epochs="500").partition("{epoch}")[0]
    assert shown in text(test)
    assert json.loads(test.code[0].value).keys() == {"rnn"}
    while len([entry for entry in job.entries if entry.snapshot]) < 2:
        time.sleep(0.05)
    test.run()
    assert json.loads(test.code[0].value)["rnn"] != list(first.snapshot)  # it moves while it learns
    test.button(key="cancel").click().run()
    until(test, words["trainer.ended.stopped"])
    assert test.button(key="train")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_training_that_has_ended_is_gone_through_epoch_by_epoch(language, models):
    trained, words = saved.Trained.read(models / "tiny" / "model.safetensors", TinyFacts), labels(language)
    test = opened(lang=language)
    for epoch, expected in ((12, "learning.after"), (3, "learning.after"), (0, "learning.before")):
        if epoch < 12:
            move(test, "after", f"{epoch}")
        assert words[expected].format(epoch=epoch, epochs=12) in text(test)
        said = {kind: snapshot(SETTINGS, kind, run.checkpoints[epoch]) for kind, run in trained.runs.items()}
        assert json.loads(test.code[0].value) == said
        figure = json.loads(test.get("plotly_chart")[0].proto.spec)
        assert figure["layout"]["shapes"][0]["x0"] == epoch


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_place_in_the_queue_is_reported(language, own_jobs):
    first = own_jobs.submit("somebody", TASK, replace(SETTINGS, pause=60.0))
    test = opened(lang=language)
    while first.state == "queued":
        time.sleep(0.05)
    test.button(key="train").click().run()
    second = own_jobs.known[1]
    while not second.position:
        time.sleep(0.05)
    test.run()
    assert test.get("progress")[0].proto.text == labels(language)["trainer.waiting"].format(position="1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_too_much_and_what_goes_wrong_are_reported(language, own_jobs):
    words, test = labels(language), opened(lang=language)
    test.number_input(key="units").set_value(500).run()
    test.button(key="train").click().run()
    assert words["trainer.refused.units"].format(low="1", high="128", value="500") in text(test)
    test.run()
    assert "500" not in text(test)
    for state in ("died", "late", "diverged", "failed", "away"):
        own_jobs.known = [line.Job(test.session_state[session.KEY].reader, TASK, SETTINGS, state=state)]
        test.run()
        assert words[f"trainer.ended.{state}"] in text(test)


def test_every_refusal_has_words():
    for language in LANGUAGES:
        expected = {key for key in labels(language) if key.startswith("trainer.refused.")}
        assert expected == {f"trainer.refused.{reason}" for reason in ("busy", "full", "large", *line.LIMITS)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_torch_agrees_with_the_cell_on_the_stage(language):
    test = opened(lang=language)
    until(test, labels(language)["opened.torch"].partition("{")[0])
    test.button_group(key="run").set_value("gru").run()
    until(test, labels(language)["opened.torch"].partition("{")[0])


def test_asking_torch_draws_no_random_numbers():
    """It may be asked beside a training, whose numbers follow from a seed."""
    state = torch.random.get_rng_state()
    weights = {name: tensor.numpy() for name, tensor in torch.nn.LSTM(1, 3).state_dict().items()}
    torch_check.hidden("lstm", weights, np.ones((5, 1)))
    expected = torch.random.get_rng_state()
    torch.random.set_rng_state(state)
    torch.nn.LSTM(1, 3)
    assert (torch.random.get_rng_state() == expected).all()


def test_a_false_cell_is_reported(monkeypatch):
    monkeypatch.setattr(Selection, "hidden", lambda self: np.zeros((20, 4)))
    asked.clear()
    until(opened(), labels("en")["opened.differs"].partition("{")[0])


def test_a_sample_too_long_is_reported():
    test = opened()
    test.selectbox(key="sample").set_value("long").run()
    assert labels("en")["opened.steps"].format(most="200", steps="300") in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stage_plays_the_chosen_epoch(language, models):
    trained = saved.Trained.read(models / "tiny" / "model.safetensors", TinyFacts)
    test = opened(lang=language, epoch="3", run="GRU")
    assert sliders(test)["epoch"]["text"] == "3"
    stage = next(each for each in test.get("bidi_component") if each.proto.component_name == "gatewalk_stage")
    scene = json.loads(stage.proto.json)
    words = json.loads(scene["cells"]["gru"]["still"])["words"]
    assert words["step.one"] == labels(language, "stage")["step/step.one"]
    cell = trained.runs["gru"].cell(CELLS["gru"], 3)
    sent = scene["cells"]["gru"]["parameters"]
    assert {name: unpacked(values).tolist() for name, values in sent.items()} == {
        name: values.tolist() for name, values in cell.parameters.items()
    }
    x = np.random.default_rng(0).uniform(-1, 1, (20, 1))
    assert unpacked(scene["series"][0]["x"]).tolist() == x.tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_opened_is_listed_with_what_can(language):
    words = labels(language)
    for name, expected in (
        ("run", words["problem.option"].format(key="run", options="RNN, LSTM, GRU")),
        ("epoch", words["problem.option"].format(key="epoch", options=", ".join(map(str, range(13))))),
        ("sample", words["opened.unknown"].format(key="sample", list=words["opened.sample"])),
    ):
        assert [box.value for box in opened(lang=language, **{name: "99"}).warning] == [expected]


def test_indices_are_read_through_the_embedding_of_their_epoch():
    """The gates of a unit at every checkpoint are those of torch's own network there."""
    torch.manual_seed(0)
    networks = {epoch: Network("lstm", 3, 5, 1, words=7) for epoch in (0, 4, 8)}
    weights = {e: {k: v.detach().numpy() for k, v in net.state_dict().items()} for e, net in networks.items()}
    selection = Selection("lstm", Run(weights, ()), np.array([6, 0, 2, 2]), 4)
    gates = selection.gates(unit=2)
    assert list(gates) == ["f", "i", "o"]
    for place, (epoch, network) in enumerate(networks.items()):
        x = network.embedding(torch.tensor([6, 0, 2, 2])).detach().numpy().astype(float)
        np.testing.assert_array_equal(selection.inputs(epoch), x)
        ours = run(selection.run.cell(LSTM, epoch), x[:, None])
        np.testing.assert_array_equal(gates["f"][place], ours["f"][:, 0, 2])
        theirs = network.cell(torch.tensor(x, dtype=torch.float32)[:, None])[0].detach().numpy()
        assert np.abs(theirs - ours["h"]).max() < NEAR


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_network_that_is_shown_can_be_downloaded(language, models):
    trained, words = saved.Trained.read(models / "tiny" / "model.safetensors", TinyFacts), labels(language)
    test = opened(lang=language)
    test.selectbox(key="network-file").set_value("gru").run()
    assert not test.exception
    [code] = [each.value for each in test.code if "torch" in each.value]
    weights = trained.runs["gru"].weights
    assert code == program("gatewalk-tiny-gru.safetensors", "gru", weights)
    assert words["along.numbers"].format(call=f"`{call(weights)}`") in text(test)
