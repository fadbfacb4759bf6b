"""What the reader's own change made stale in the address is left out in silence; what came so from outside is told."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from app.i18n import LANGUAGES, labels
from tests.page.test_every_page import opened, text

PEEPHOLE = "2.7,1.63,1.62,0.5"  # with the weight of a peephole


def left_out(test: AppTest) -> set[str]:
    """The settings that the browser is told to take out of the address."""
    sent = [one.proto for one in test.get("bidi_component") if one.proto.component_name == "gatewalk_stale_address"]
    return {name for each in sent for name in json.loads(each.json)["names"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_of_a_cell_that_was_left_are_no_mistake(language):
    test = opened("variants", lang=language, cell="peephole", f=PEEPHOLE)
    assert not test.warning
    assert not left_out(test)
    test.button_group(key="variants-cell").set_value("hard").run()
    assert not test.warning
    assert left_out(test) == {"f"}
    test.query_params.pop("f")
    assert not left_out(test.run())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_came_in_vain_from_outside_is_told_until_it_is_gone(language):
    test = opened("variants", lang=language, cell="hard", f=PEEPHOLE)
    assert labels(language)["problem.intro"] in text(test)
    test.button_group(key="variants-beside").set_value("alone").run()
    assert labels(language)["problem.intro"] in text(test)
    assert not left_out(test)


def test_a_stage_that_is_no_longer_there_is_no_mistake():
    test = opened("lab", at="2.6")
    assert not test.warning
    test.button_group(key="lab-cell").set_value("rnn").run()
    assert not test.warning
    assert left_out(test) == {"at"}
