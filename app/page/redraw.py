"""Which parts of a page are drawn when the browser reports a change.

The browser gathers in one message what changes within a moment, and a part that looks again and again (``run_every``)
sends along what has just changed elsewhere. So the message in which a change arrives may belong to another part of the
page, for which Streamlit draws that part alone; and the message that was meant to report it then reports nothing new.
What a reader does is drawn all the same if every callback asks for it by `redraw`.

A message may also be of a page that the reader has just left: its fragments are then unknown, and Streamlit would show
an error in place of the page.
"""

from streamlit import rerun
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState, get_script_run_ctx

from app.page.session import visit


def redraw(*parts: str) -> None:
    """In a callback: have parts of the page drawn, fragments by their keys; without any, what the widget is in.

    With parts comes the page's story, if it has one: its step tells whether the page is set as the step has it.
    Where the message belongs to the page as a whole, all of it is drawn: other changes may have come with it.
    """
    run = get_script_run_ctx()
    drawn = run.fragment_ids_this_run if run else None
    if not drawn:
        return
    if parts:
        try:
            rerun((*parts, *visit().story))
        except StreamlitAPIException:  # they are of the page that was left
            rerun()
    if ThreadState.get().fragment_id not in drawn:
        rerun()


def whole_page_is_drawn() -> bool:
    """Whether the page as a whole is drawn, and not some of its fragments."""
    run = get_script_run_ctx()
    return not (run and run.fragment_ids_this_run)


def redraw_page() -> None:
    """In a callback: have the whole page drawn."""
    if not whole_page_is_drawn():
        rerun()
