"""What an address asks for in vain: told where it came so from outside, left out where the reader's own change did it.

A cell that is chosen has other weights, stages or units than the one before it; what the address says of those is then
no request of the reader's, and no fault.
"""

from collections.abc import Sequence

import streamlit as st

from app.components.stale_address import leave_out
from app.messages import Message
from app.page.session import visit


def from_outside(problems: Sequence[Message]) -> list[Message]:
    """Those problems that the page was opened with. The address leaves out what the others are about."""
    asked = {problem.values["key"]: st.query_params.get(problem.values["key"]) for problem in problems}
    if not visit().changed:
        visit().refused |= asked.items()
    stale = [name for name, text in asked.items() if (name, text) not in visit().refused]
    if stale:
        leave_out(stale)
    return [problem for problem in problems if problem.values["key"] not in stale]
