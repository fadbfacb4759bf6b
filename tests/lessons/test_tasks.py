"""Of every lesson with a stage: its challenge is open on arrival, a nudge does not solve it, and it can be solved."""

import re
from dataclasses import replace

import pytest

from app.controls.many_units import Lab
from app.i18n import LANGUAGES
from app.lessons.compare import tasks as compare
from app.lessons.fourday import model as fourday_model
from app.lessons.fourday import tasks as fourday
from app.lessons.gru import model as gru_model
from app.lessons.gru import tasks as gru
from app.lessons.lab import tasks as lab
from app.lessons.lab.model import drawn
from app.lessons.lstm import model as lstm_model
from app.lessons.lstm import tasks as lstm
from app.lessons.rnn import model as rnn_model
from app.lessons.rnn import tasks as rnn
from app.lessons.today import model as today_model
from app.lessons.today import tasks as today
from app.lessons.variants import model as variants_model
from app.lessons.variants import tasks as variants
from app.page.guide import guide, script
from app.page.page import Page
from app.stage.layout import layout_of
from tests.lessons.test_lab import ADDRESS as LAB_ADDRESS
from tests.support.goals import measured, state_of

BLEND = gru_model.Blend("after", "keep")
LAB = Lab(drawn("lstm", 8, 0))
CASES = {
    "rnn": (rnn_model.ADDRESS, rnn.goal, rnn.questions),
    "lstm": (lstm_model.ADDRESS, lstm.goal, lstm.questions),
    "fourday": (fourday_model.ADDRESS, fourday.goal, fourday.questions),
    "gru": (
        gru_model.ADDRESS,
        lambda controls: gru.goal(controls, BLEND.traces(controls)["x"]),
        lambda controls: gru.questions(BLEND.traces(controls)["x"]),
    ),
    "lab": (
        LAB_ADDRESS,
        lambda controls: lab.goal(controls, LAB.traces(controls)["x"]),
        lambda controls: lab.questions(LAB.traces(controls)["x"]),
    ),
    **{
        f"variants-{name}": (
            variants_model.address_of(variant),
            lambda controls, variant=variant: variants.goal(variant, controls, "below"),
            lambda controls, name=name, variant=variant: variants.questions(name, variant, controls),
        )
        for name, variant in variants_model.VARIANTS.items()
    },
    **{
        f"today-{name}": (later.address, lambda controls, later=later: today.goal(later, controls), lambda _: ())
        for name, later in today_model.CHOICES.items()
    },
}
"""By lesson: its address, its goal and its questions, for some controls."""


def moved(controls, **weights):
    return replace(controls, weights={**controls.weights, **weights})


@pytest.mark.parametrize("case", CASES)
def test_a_challenge_is_open_on_arrival_and_no_smallest_step_solves_it(case):
    address, goal, _ = CASES[case]
    begin = address.defaults
    assert state_of(goal(begin), begin) in ("untouched", "open")
    for name, value in begin.weights.items():
        for step in (-address.limits.step, address.limits.step):
            near = moved(begin, **{name: value + step})
            assert state_of(goal(near), near) != "solved", name


@pytest.mark.parametrize("case", [case for case in CASES if case != "lab"])
def test_a_slider_solves_it(case):
    address, goal, _ = CASES[case]
    ends = [
        moved(address.defaults, **{name: end}) for name in address.defaults.weights for end in address.limits.slider
    ]
    assert "solved" in {state_of(goal(controls), controls) for controls in ends}


def test_a_weight_solves_the_labs():
    _, goal, _ = CASES["lab"]
    states = set()
    for k in range(-500, 501):
        controls = moved(LAB_ADDRESS.defaults, **{"b_o.1": k / 100})
        states.add(state_of(goal(controls), controls))
        controls = moved(LAB_ADDRESS.defaults, **{"b_g.1": k / 100})
        states.add(state_of(goal(controls), controls))
    assert "solved" in states


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_guide_has_all_its_words(case, language):
    address, goal, questions = CASES[case]
    key = case.partition("-")[0]
    sent = guide(Page(key, language), questions(address.defaults), goal(address.defaults))
    assert sent["title"]
    assert sent["goal"]
    texts = [sent["goal"]["text"], sent["goal"]["aim"], sent["goal"]["gauge"], *sent["goal"]["states"].values()]
    left = {name for text in texts for name in re.findall(r"{(\w+)}", text)}
    assert left <= {"value", "sliders", "count"}
    for question in sent["questions"]:
        assert question["answer"] in dict(question["options"]), question["key"]
        assert "{" not in question["text"] + question["reveal"]


SCRIPTED = [key for key in ("rnn", "lstm", "fourday", "gru", "variants", "compare", "today", "lab") if script(key)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", SCRIPTED)
def test_a_step_is_short_and_is_somewhere(key, language):
    questions = {"compare": compare.questions()}.get(key, [])
    sent = guide(Page(key, language), questions)
    assert len({step["id"] for step in sent["steps"]}) == len(sent["steps"]) > 2
    for step in sent["steps"]:
        words = re.sub(r"<[^>]+>", "", step["text"]).split()
        assert len(words) <= (60 if language == "en" else 90), step["id"]
        assert step["title"]
        assert step["verb"]


@pytest.mark.parametrize("key", ["rnn", "lstm", "fourday", "gru"])
def test_a_step_names_days_and_stages_that_there_are(key):
    address = CASES[key][0]
    kind = {"rnn": rnn_model.UNIT, "lstm": lstm_model.UNIT, "fourday": fourday_model.UNIT, "gru": BLEND.unit}[key]
    cell = kind.cell(address.defaults.weights)
    days = min(len(days) for days in address.defaults.days.values())
    names = {value["name"] for value in layout_of(cell)["wide"]["values"]}
    for step in script(key):
        assert 1 <= step["at"]["day"] <= days
        assert 1 <= step["at"]["stage"] <= len(layout_of(cell)["stages"])
        assert {*step.get("light", [])} <= names


RUNS = {
    "rnn": rnn_model.UNIT,
    "lstm": lstm_model.UNIT,
    "fourday": fourday_model.UNIT,
    "gru": BLEND,
    "lab": LAB,
    **{f"variants-{name}": variants_model.Pair(variant, True) for name, variant in variants_model.VARIANTS.items()},
    **{f"today-{name}": today_model.Beside(later, False) for name, later in today_model.CHOICES.items()},
}


@pytest.mark.parametrize("case", CASES)
def test_what_the_browser_measures_is_what_the_core_says(case):
    """By `read`, which the browser follows; tests/stage/test_series.py holds the browser to it."""
    address, goal, _ = CASES[case]
    for controls in (
        address.defaults,
        replace(address.defaults, days={k: d[:-1] for k, d in address.defaults.days.items()}),
    ):
        asked = goal(controls)
        read = {"series": asked.read[0], "name": asked.read[1], "measure": asked.measure}
        assert measured(RUNS[case], controls, read) == pytest.approx(asked.now, abs=1e-12)
