"""Streamlit's themes, made into messages once."""

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def keep_themes() -> None:
    """Have Streamlit send the themes of its configuration as it made them first.

    It makes all six anew at every rerun, which is a quarter of what a change of the stage costs the server. They change
    with the configuration alone, and that is read when the server starts.
    """
    populate = app_session._populate_theme_msg

    @cache
    def made(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        populate(message, section)
        return message

    def copy(msg: CustomThemeConfig, section: str = "theme") -> None:
        if made(section).ByteSize():  # one that is not configured is not sent
            msg.MergeFrom(made(section))

    app_session._populate_theme_msg = copy
