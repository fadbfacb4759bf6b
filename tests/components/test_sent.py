"""What a reader's browser sends is checked where it comes in: what is malformed is as if nothing had been sent."""

from types import SimpleNamespace

import pytest

from app import stage
from app.components import live_slider, story

NO_COUNTS = [None, True, -1, 1.5, "1", [], {}, 10**300, float("nan"), float("inf")]


@pytest.mark.parametrize("n", NO_COUNTS, ids=lambda n: repr(n)[:8])
def test_a_request_without_a_proper_number_is_none(n, monkeypatch):
    sent = SimpleNamespace(sent={"n": n, "text": "8", "rest": True, "step": "first"}, commit={"n": n})
    for module in (live_slider, story, stage):
        monkeypatch.setattr(module.st, "session_state", {"story": sent})
    assert (live_slider.sent("story"), story.sent(), stage.commit_number("story")) == (None, None, 0)
    sent.sent["n"] = sent.commit["n"] = 1_700_000_000_000
    assert live_slider.sent("story").n == story.sent().n == stage.commit_number("story") == 1_700_000_000_000
