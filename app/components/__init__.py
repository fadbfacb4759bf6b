"""Our own components: each a folder of modules that the server hands out under its name."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

FOLDERS = ("stage", "components")
"""What the server hands out of."""

# Streamlit sends this text again on every run, so it only fetches the module (once) and passes the call on.
# The newlines keep it from being read as a file's path.
SCRIPT = """const part = import(new URL("{folder}/{name}.js", document.baseURI).href)
export default (component) => {{
  const cleanup = part.then((module) => module.default(component))
  return () => {{ cleanup.then((clean) => clean?.()) }}
}}
"""


def folder_of(name: str) -> str:
    """Where a component's modules and styles are."""
    return "stage" if name == "stage" else f"components/{name}"


@cache
def component(name: str) -> Callable[..., Any]:
    """The component whose module is `<name>.js` in its folder."""
    return st.components.v2.component(f"gatewalk_{name}", js=SCRIPT.format(folder=folder_of(name), name=name))
