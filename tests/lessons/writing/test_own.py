"""The panel that trains on a reader's own text, as Streamlit runs it: its text, its training, its network."""

from __future__ import annotations

import json
import time
import unicodedata
from dataclasses import replace

import numpy as np
import pytest

from app.formatting import number
from app.i18n import LANGUAGES, labels
from app.lessons.writing.corpus import alphabet, beginning, corpus, own_text
from app.lessons.writing.model import measured, write, writer
from app.lessons.writing.own import view
from app.lessons.writing.own.reading import STARTS
from app.lessons.writing.records import TASK, own_settings
from app.page import session
from app.stage.layout import layout_of
from app.training.jobs import Job
from app.training.worker import Entry
from cells import CELLS
from cells.graph_data import graph_data
from tests.page.test_every_page import opened, text
from tests.support.evaluator import Node

pytest_plugins = "tests.support.cluster"
pytestmark = pytest.mark.training

VERSE = corpus("kieu")[:4000]
QUICK = replace(own_settings(own_text(VERSE), "gru", 32), epochs=3, updates=10)


@pytest.fixture(autouse=True)
def own_jobs(one, monkeypatch):
    """Jobs of each test's own, of a moment each."""
    monkeypatch.setattr("app.trained.panel.jobs", lambda: one)

    def quick(typed, kind, units):
        return replace(QUICK, text=typed, kinds=(kind,), units=units)

    monkeypatch.setattr(view, "own_settings", quick)
    return one


def words(language: str) -> dict[str, str]:
    return labels(language) | labels(language, "writing")


def told(test) -> str:
    return "\n".join([text(test), *(each.value for each in test.error)])


def typed(test, given: str):
    test.text_area(key=view.BOX).set_value(given).run()
    assert not test.exception
    return test


def until(test, expected: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while expected not in told(test):
        assert time.monotonic() < end, told(test)
        time.sleep(0.1)
        test.run()
        assert not test.exception


def sent(test) -> dict:
    """What the component that writes was sent."""
    [component] = [each for each in test.get("bidi_component") if each.proto.component_name == "gatewalk_writing"]
    return json.loads(component.proto.json)


def start(of: str) -> str:
    """What a text says before its first value."""
    return of.partition("{")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_counted_and_one_that_cannot_be_learned_is_refused_and_kept(language):
    test, known = opened("writing", lang=language), words(language)
    assert start(known["own.empty"]) in told(test)
    assert test.button(key="train").disabled
    for given, reason in (("short", "short"), ("é" * 100_001, "long"), ("ab\n" * 1000, "letters")):
        typed(test, given)
        expected = known[f"own.problem.{reason}"]
        assert start(expected) in told(test) if start(expected) else expected.split("}")[1].split("{")[0] in told(test)
        assert test.button(key="train").disabled
        assert test.text_area(key=view.BOX).value == given
    typed(test, VERSE)
    learned = own_text(VERSE)
    count, different = number(len(learned), 0), len(set(learned))
    assert known["own.counted"].format(count=count, different=different) in told(test)
    assert not test.error
    assert not test.button(key="train").disabled
    assert " ".join(sorted(set(learned) - set(" \n"))) in [each.value for each in test.text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_file_says_goes_into_the_box_and_what_is_none_is_refused(language):
    test, known = opened("writing", lang=language), words(language)
    typed(test, "mine")

    def give(name: str, data: bytes) -> None:
        test.file_uploader(key=view.FILE).set_value((name, data, "text/plain")).run()
        assert not test.exception

    for start_, kind in STARTS.items():
        give("file.txt", start_ + b" ...")
        assert known[f"own.problem.{kind}"] in told(test)
        assert test.text_area(key=view.BOX).value == "mine"
    for encoding, name, sure in (("utf-16", "UTF-16", "sure"), ("utf-8-sig", "UTF-8", "sure")):
        give("file.md", VERSE.encode(encoding))
        assert known[f"own.read.{sure}"].format(encoding=name) in told(test)
        assert test.text_area(key=view.BOX).value == VERSE
    give("file.txt", ("Élève à l’été.\n" * 200).encode("cp1252"))
    assert known["own.read.guess"].format(encoding="Windows-1252") in told(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_is_trained_and_writes_in_the_writer_what_python_writes(language, own_jobs):
    test, known = typed(opened("writing", lang=language), VERSE), words(language)
    test.button_group(key="writing-own-cell").set_value("gru").run()
    test.button(key="train").click().run()
    assert not test.exception
    job = own_jobs.known[0]
    while job.active:
        time.sleep(0.05)
    test.run()
    assert not test.exception
    trained = job.trained
    facts = measured(trained)
    assert job.settings.text == trained.facts.settings.text == ""  # a reader's text does not stay with what it gave
    winner = "network" if facts.bits["gru"] < facts.best else "counting"
    assert start(known[f"own.result.{winner}"]) in told(test)
    for bits in (*facts.ngrams, facts.bits["gru"]):
        assert number(bits, 2) in told(test)
    assert known["own.address"] in told(test)
    assert [each["key"] for each in sent(test)["sources"]] == ["kieu", "english", "own"]

    test.button(key="own-write").click().run()
    assert not test.exception
    data, network = sent(test), writer(trained, "gru")
    assert (data["source"], data["kind"]) == ("own", "gru")
    assert [each["key"] for each in data["kinds"]] == ["gru", "untrained"]
    assert data["network"]["letters"] == list(alphabet(own_text(VERSE)))
    assert data["watched"] == [
        {"name": one.feature, "unit": one.unit, "r": round(one.r, 3)} for one in facts.watched["gru"]
    ]
    assert len(data["every"]) == int(view.UNITS[0])
    node, begin = Node("writer.js"), beginning(VERSE)
    assert data["begin"] == begin
    asked = {"begin": begin, "kept": "", "count": 100, "draw": 3, "temperature": 0.5}
    written = node.ask({"network": data["network"], "graph": graph_data(network.cell.graph), "asked": asked})
    node.close()
    assert written == begin + write(network, begin, 100, 0.5, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_it_learns_samples_stand_with_their_seconds_and_it_can_be_stopped(language, own_jobs, monkeypatch):
    monkeypatch.setattr(view, "own_settings", lambda *given: replace(own_settings(*given), epochs=2000, updates=1))
    test, known = typed(opened("writing", lang=language), VERSE), words(language)
    test.button(key="train").click().run()
    job = own_jobs.known[0]
    while len([entry for entry in job.entries if entry.snapshot]) < 2:
        time.sleep(0.05)
    test.run()
    assert not test.exception
    assert start(known["own.running"]) in test.get("progress")[0].proto.text
    [samples] = [each.proto.body for each in test.get("html") if "gw-samples" in each.proto.body]
    seconds = [float(part.split("</b>")[0].split()[0]) for part in samples.split("<b>")[1:]]
    assert len(seconds) >= 2
    assert seconds == sorted(seconds, reverse=True)
    figure = json.loads(test.get("plotly_chart")[0].proto.spec)
    grams = view.counting(job.settings)
    assert figure["data"][2]["y"] == [min(grams)] * 2
    first = job.entries[0].losses
    assert figure["data"][1]["y"][0] == pytest.approx(first.valid / np.log(2))
    test.button(key="cancel").click().run()
    until(test, known["trainer.ended.stopped"])
    assert test.text_area(key=view.BOX).value == VERSE
    assert job.settings.text == ""


def test_a_sample_is_composed_and_no_part_of_the_page():
    entry = Entry("own-gru", None, 1, 0.5, 3.2, [float(ord(letter)) for letter in "e\u0301<b>\n&"])
    page = type("Words", (), {"label": lambda self, key, **values: f"{key} {values}"})()
    shown = view.listed(page, [entry])
    assert "é&lt;b&gt;\n&amp;" in shown
    assert unicodedata.is_normalized("NFC", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_asks_for_somebodys_own_network_gets_one_of_the_course(language):
    test = opened("writing", lang=language, text="own", cell="gru")
    assert words(language)["own.gone"] in told(test)
    assert (sent(test)["source"], sent(test)["kind"]) == ("kieu", "gru")
    assert [each["key"] for each in sent(test)["sources"]] == ["kieu", "english"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["died", "late", "diverged", "failed", "away"])
def test_an_end_without_a_network_is_told(language, state, own_jobs):
    test = opened("writing", lang=language)
    own_jobs.known = [Job(test.session_state[session.KEY].reader, TASK, QUICK, state=state)]
    test.run()
    assert words(language)[f"trainer.ended.{state}"] in told(test)


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn", "untrained"])
def test_the_stage_opens_at_a_stage_that_the_cell_has(kind):
    scene = sent(opened("writing", cell=kind))["scene"]
    [cell] = scene["cells"].values()
    layout = cell["layout"] if isinstance(cell["layout"], dict) else layout_of(CELLS[cell["layout"]].random(1, 1, 0))
    assert 1 <= scene["at"][1] <= len(layout["stages"])
