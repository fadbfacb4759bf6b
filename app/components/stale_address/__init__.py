"""Takes settings out of the address that is shown, without an entry in the browser's history."""

from collections.abc import Sequence

from app.components import component


def leave_out(names: Sequence[str]) -> None:
    """Have the address say nothing of these settings, as if it had never."""
    component("stale_address")(key=f"stale-{'-'.join(names)}", data={"names": list(names)}, height=0)
