"""Which parts of a page a callback has drawn, by the message that it answers."""

from contextlib import suppress
from types import SimpleNamespace

import pytest

from app.page import redraw


@pytest.mark.parametrize(
    ("message", "own", "asked", "drawn"),
    [
        ([], None, (), []),  # of the whole page: all is drawn
        ([], "a", ("b",), []),
        (["a"], "a", (), []),  # of the part that the widget stands in: that is drawn
        (["a"], "a", ("b", "c"), [("b", "c")]),
        (["a"], None, (), ["page"]),  # of a part, about a widget elsewhere
        (["a"], "b", (), ["page"]),
        (["a"], "b", ("b",), [("b",)]),
    ],
)
def test_what_a_callback_has_drawn(monkeypatch, message, own, asked, drawn):
    def rerun(names="page"):
        calls.append(names)
        raise StopIteration  # as Streamlit's does, it does not return

    calls = []
    monkeypatch.setattr(redraw, "rerun", rerun)
    monkeypatch.setattr(redraw, "get_script_run_ctx", lambda: SimpleNamespace(fragment_ids_this_run=message))
    monkeypatch.setattr(redraw.ThreadState, "get", lambda: SimpleNamespace(fragment_id=own))
    with suppress(StopIteration):
        redraw.redraw(*asked)
    assert calls == drawn
