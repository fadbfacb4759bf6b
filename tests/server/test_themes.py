"""The themes' messages are Streamlit's own."""

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from app.server.themes import keep_themes

POPULATE = app_session._populate_theme_msg


@pytest.mark.parametrize("section", ["theme", "theme.light", "theme.dark", "theme.sidebar", "theme.dark.sidebar"])
def test_a_theme_is_sent_as_streamlit_makes_it(monkeypatch, section):
    calls = []
    monkeypatch.setattr(
        app_session, "_populate_theme_msg", lambda msg, section: (calls.append(section), POPULATE(msg, section))
    )
    keep_themes()
    expected, first, again = CustomThemeConfig(), CustomThemeConfig(), CustomThemeConfig()
    POPULATE(expected, section)
    for message in (first, again):
        app_session._populate_theme_msg(message, section)
        assert message == expected
    assert calls == [section]
