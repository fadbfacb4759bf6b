"""What the lesson `rnn` asks is decided by the core, and its pictures show the run."""

from dataclasses import replace

import pytest

from app.lessons.rnn.model import ADDRESS, PRESETS, difference, first_day_matters, run_of
from app.lessons.rnn.pictures import WORK, chain, work
from app.lessons.rnn.tasks import goal
from tests.support.goals import state_of


def state(controls) -> str:
    return state_of(goal(controls), controls)


def test_what_the_rnn_still_hears():
    controls = ADDRESS.defaults
    deaf = replace(controls, weights=PRESETS["deaf"])
    assert first_day_matters(controls) == "yes"
    assert difference(deaf) == 0
    assert first_day_matters(deaf) == "no"
    assert [state(controls), state(deaf)] == ["untouched", "solved"]
    assert state(replace(controls, weights=controls.weights | {"b_h": -0.48})) == "one"


def test_the_chain_shows_the_run():
    controls = ADDRESS.defaults
    words = {"chain": "", "folded": "", "step": "{n}", "output": "", "answer": ""}
    drawn = [element.text for element in chain(run_of(controls), words).iter("text")]
    for value in run_of(controls)["h"].ravel().tolist():
        assert f"{value:.3f}".replace("-", "−") in drawn
    last = f"{run_of(controls)['h'][-1, 0, 0]:.3f}".replace("-", "−")
    assert drawn.count(last) == 2  # the last hidden state, and the answer that the output layer makes of it
    long = replace(controls, days={"x": (0.5,) * 30})
    assert sum(t == "tanh" for t in (e.text for e in chain(run_of(long), words).iter("text"))) == 13


@pytest.mark.parametrize("shape", WORK)
def test_a_shape_of_work_reads_and_says_where_it_should(shape):
    tokens = [e.get("class") for e in work(shape, "").iter("rect")]
    assert tokens.count("token x") == len(WORK[shape].reads)
    assert tokens.count("token h") == len(WORK[shape].says)
