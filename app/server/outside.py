"""Nothing leaves the machine."""

from streamlit import net_util


def ask_nobody() -> None:
    """Have Streamlit ask no service for the machine's public address.

    It would do so on the event loop, two seconds for each WebSocket whose page is of another site: those are refused.
    """
    net_util.get_external_ip = lambda: None
