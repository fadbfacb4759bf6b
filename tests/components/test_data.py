"""What components are sent is what their types say, to the last key; and TypeScript reads the same types."""

from importlib import import_module

import pytest

from app.components.class_room.data import Join
from app.components.progress.data import Course, Done
from tests.support.gallery import sent
from tests.support.records import expect_exact
from tests.tools.typescript import COMPONENTS, ROOT, SOURCES, declarations, generated

TYPES = {"progress": Done, "course": Course, "start": Course, "join": Join}
"""What components are sent that share a folder."""


@pytest.mark.parametrize("name", sorted({*COMPONENTS, *TYPES}))
def test_a_component_is_sent_its_data(name):
    expect_exact(sent(name), TYPES.get(name) or import_module(f"app.components.{name}.data").Data)


@pytest.mark.parametrize("target", SOURCES)
def test_the_declarations_are_up_to_date(target):
    assert (ROOT / target).read_text(encoding="utf-8") == generated(target), "run `make types`"


def test_a_type_that_typescript_does_not_have_is_refused():
    with pytest.raises(ValueError, match=r"no TypeScript for the type set\[int\]"):
        declarations("Ids = set[int]")
