"""What an address asks for in vain is told, in the lessons with one cell."""

import pytest

from tests.page.test_every_page import opened


@pytest.mark.parametrize(("lesson", "name"), [("gru", "reset"), ("variants", "cell"), ("memory", "text")])
def test_an_unknown_choice_is_told(lesson, name):
    test = opened(lesson, **{name: "<b>nothing</b>"})
    assert any(f"`{name}`" in warning.value for warning in test.warning)
