"""Which parts of a page a callback has drawn, by the message that it answers."""

from contextlib import suppress
from types import SimpleNamespace

import pytest

from app import parts


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
    monkeypatch.setattr(parts, "rerun", rerun)
    monkeypatch.setattr(parts, "get_script_run_ctx", lambda: SimpleNamespace(fragment_ids_this_run=message))
    monkeypatch.setattr(parts.ThreadState, "get", lambda: SimpleNamespace(fragment_id=own))
    with suppress(StopIteration):
        parts.redraw(*asked)
    assert calls == drawn
