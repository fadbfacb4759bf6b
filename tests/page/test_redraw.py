"""Which parts of a page a callback has drawn, by the message that it answers."""

from contextlib import suppress
from types import SimpleNamespace

import pytest
from streamlit.commands import execution_control
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation

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


def test_fragments_of_a_page_that_was_left_draw_the_page(monkeypatch):
    """Streamlit's own storage of fragments, in which the asked one is not, or not any more."""
    storage, votes = MemoryFragmentStorage(), []
    run = SimpleNamespace(
        fragment_ids_this_run=["left"], fragment_storage=storage, script_requests=object(), query_string="",
        page_script_hash="", cached_message_hashes=set(), context_info=None,
    )  # fmt: skip
    state = SimpleNamespace(fragment_id="left", run_location=RunLocation.CALLBACK)
    for module in (redraw, execution_control):
        monkeypatch.setattr(module, "get_script_run_ctx", lambda: run)
        monkeypatch.setattr(module.ThreadState, "get", lambda: state)
    try:
        redraw.redraw("sampling")
    except RerunException as asked:
        votes = [asked.rerun_data.fragment_id_queue]
    assert votes == [[]], "the whole page"
