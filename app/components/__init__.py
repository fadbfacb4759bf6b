"""Our own components: modules in folders, which browsers load as one bundle."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeGuard

import streamlit as st

from app.components.bundles import address

# Streamlit sends this text again on every run, so it only fetches the bundle (once) and passes the call on.
# The newlines keep it from being read as a file's path.
SCRIPT = """const parts = import(new URL("{address}", document.baseURI).href)
export default (component) => {{
  const cleanup = parts.then(({{ {name} }}) => {name}(component))
  return () => {{ cleanup.then((clean) => clean?.()) }}
}}
"""


@cache
def component(name: str) -> Callable[..., Any]:
    """The component of that name in `app/frame/components.js`."""
    return st.components.v2.component(f"gatewalk_{name}", js=SCRIPT.format(address=address("components.js"), name=name))


def is_count(value: object) -> TypeGuard[int]:
    """Whether what a browser sent is the number of a request, which it is sent again: JSON takes no larger one."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
