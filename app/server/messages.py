"""What browsers send for a widget of Streamlit is checked where it comes in: what is malformed changes nothing."""

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.session_state import SessionState, WStates


def drop_malformed() -> None:
    """Have Streamlit drop a value that its own widget cannot read: else the page ends at it."""
    take = SessionState.set_widgets_from_proto

    def take_readable(self: SessionState, widget_states: WidgetStates) -> None:
        take(self, widget_states)
        new = self._new_widget_state
        for sent in widget_states.widgets:
            known = new.widget_metadata.get(sent.id)
            if known and not (fits(sent.WhichOneof("value"), known.value_type) and readable(new, sent.id)):
                del new[sent.id]

    SessionState.set_widgets_from_proto = take_readable  # type: ignore[method-assign]


def fits(sent: str | None, expected: str) -> bool:
    """Whether a value of this type can be the widget's. That of an emptied box has none; a box of floats takes whole
    numbers, which browsers send as such."""
    return sent in (None, expected) or (sent, expected) == ("int_value", "double_value")


def readable(states: WStates, widget: str) -> bool:
    """Whether a widget can make a value of its own of what was sent for it."""
    try:
        states[widget]
    except Exception:  # whatever a widget says of what is no value of its
        return False
    return True
