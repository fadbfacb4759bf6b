"""The sentences of the later cells: of each stage, of what is known by then, and each value under its own name."""

import re

import pytest

from app.i18n import LANGUAGES, stage_words
from app.stage.graph_roles import ancestors
from app.stage.layout import layout_of, worded
from tests.support.stage_site import VARIANTS, cell_of

LATER = [name for name in VARIANTS if name.split("-")[0] in ("min", "slstm", "lru", "rwkv", "mamba")]
EXTENTS = ("low", "mid", "high")

every_later_cell = pytest.mark.parametrize("name", LATER)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
@every_later_cell
def test_every_stage_is_spoken_of_in_words_of_its_own(name, language):
    layout, words = layout_of(cell_of(*VARIANTS[name])), stage_words(language, "step")
    told = worded(layout, words)
    for stage in layout["stages"]:
        key, value = stage["key"], stage["value"]
        assert told[f"stage.{key}.name"] == told[f"value.{value}.name"] == told[f"row.{value}"] != value
        assert told[f"stage.{key}.title"].lower() == told[f"value.{value}.name"].lower()
        assert told[f"value.{value}.name"] in told[f"narrate.{key}"]
        assert told[f"stage.{key}.subtitle"] != words["any.subtitle"]
        for extent in EXTENTS:
            assert told[f"say.{key}.{extent}"] != words["any.say"].replace("{number}", f"{{{value}}}"), (key, extent)


@every_language
@every_later_cell
def test_a_sentence_tells_its_value_and_nothing_that_is_still_to_come(name, language):
    cell = cell_of(*VARIANTS[name])
    layout, values = layout_of(cell), cell.graph.values
    told, made = worded(layout, stage_words(language, "step")), set()
    for stage in layout["stages"]:
        made.add(values[stage["value"]])
        later = {values[other["value"]] for other in layout["stages"]} - made
        for extent in EXTENTS:
            text = told[f"say.{stage['key']}.{extent}"]
            named = {place.rstrip("%") for place in re.findall(r"\{(.+?)\}", text)}
            assert named <= values.keys(), text
            assert {stage["value"], "let_in"} & named, text
            assert text.count("**") == 2 * len(re.findall(r"\*\*\{.+?\}%?\*\*", text)), text
            for value in named:
                assert not {values[value], *ancestors(values[value])} & later, text
