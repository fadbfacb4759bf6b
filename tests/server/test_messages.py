"""A message for a widget of Streamlit that is none of its values changes nothing, and ends no own."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

import app.main  # noqa: F401 - messages are checked once the server is made
from tests.page.test_every_page import opened, text
from tests.page.test_kept import FILE

WRONG = {
    "empty": lambda sent: sent.string_array_value.SetInParent(),
    "words": lambda sent: sent.string_array_value.data.extend(["no", "such"]),
    "truth": lambda sent: setattr(sent, "bool_value", True),
    "int": lambda sent: setattr(sent, "int_value", 10**12),
    "string": lambda sent: setattr(sent, "string_value", "9" * 5000),
    "nan": lambda sent: setattr(sent, "double_value", float("nan")),
    "json": lambda sent: setattr(sent, "json_value", '{"a": [1e999]}'),
}


@pytest.fixture(scope="module")
def own():
    """The lesson `series` with a reader's file: it has a widget of every kind."""
    test = opened("series", series="own")
    return test.file_uploader[0].set_value(("own.csv", FILE, "text/csv")).run()


def send(test, widget, write):
    """Run a page with another value of a widget, as its browser would send it."""
    sent = WidgetState(id=widget.id)
    write(sent)
    states = test._tree.get_widget_states()
    others = [state for state in states.widgets if state.id != widget.id]
    del states.widgets[:]
    states.widgets.extend([*others, sent])
    test._run(states)


def test_a_box_of_whole_numbers_takes_one(own):
    """Streamlit registers such a box as one of floats, and its browser sends an int."""
    seed = own.number_input[0]
    wanted = seed.value + 2
    send(own, seed, lambda sent: setattr(sent, "int_value", wanted))
    assert own.number_input[0].value == wanted


@pytest.mark.parametrize("wrong", WRONG)
def test_a_message_that_is_no_value_changes_nothing(own, wrong):
    shown, kinds = text(own), set()
    groups = (own.button_group, own.selectbox, own.number_input, own.multiselect, own.toggle)
    for widget in [widget for group in groups for widget in list(group)[:1]]:
        kinds.add(widget.type)
        send(own, widget, WRONG[wrong])
        assert not own.exception, (widget.type, own.exception[0].message)
    assert kinds >= {"selectbox", "number_input"}
    assert wrong not in ("nan", "json") or text(own) == shown
