"""A page's state is declared in one place, and a widget asks for what it has drawn."""

import ast
from pathlib import Path

import pytest

from tests.page.test_every_page import opened
from tests.support.server import ROOT
from tests.support.sliders import sliders

FILES = sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "pages").glob("*.py")])
WIDGETS = {
    "slider", "number_input", "toggle", "checkbox", "selectbox", "select_slider", "segmented_control", "pills", "radio",
    "multiselect", "text_input", "text_area", "file_uploader", "color_picker", "date_input",
}  # fmt: skip


def calls(file: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def is_streamlits(call: ast.Call, names: set[str]) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in names
        and isinstance(function.value, ast.Name)
        and function.value.id == "st"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.relative_to(ROOT)}")
def test_a_widget_has_a_change_drawn(file):
    """By `Page.bound`, or by a callback of its own: Streamlit may draw another part of the page alone."""
    for call in calls(file):
        if is_streamlits(call, WIDGETS):
            assert {keyword.arg for keyword in call.keywords} & {"on_change", None}, f"{file.name}:{call.lineno}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.relative_to(ROOT)}")
def test_no_key_of_the_session_is_a_free_string(file):
    """The session's own state is in app/page/session.py; widgets' keys are the frame's, or declared."""
    allowed = {"teach"} if file.name == "frame.py" else set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.session_state":
            key = node.slice.value if isinstance(node.slice, ast.Constant) else None
            assert key is None or key in allowed, f"{file.name}:{node.lineno}"


def test_a_visit_ends_with_its_page():
    test = opened("gradients")
    first = test.session_state["gatewalk"]
    first.visit.moving["scale"] = 1.5
    assert sliders(test.run())["scale"]["text"] == "1.5"
    test.query_params.clear()
    test.switch_page("../../pages/layers.py").run()
    second = test.session_state["gatewalk"]
    assert (second.reader, second.visit.page, second.visit.moving) == (first.reader, "layers", {})
