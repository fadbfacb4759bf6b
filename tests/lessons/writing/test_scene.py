"""The stage of the lesson `writing`: its timesteps are letters, whatever other pages have shown of the same cell."""

import json

import pytest

from app.i18n import stage_words
from app.lessons.writing.model import shipped, writer
from app.lessons.writing.view import place, scene
from app.page.page import Page
from app.stage.scene import about, key_of


@pytest.mark.parametrize("language", ["en", "vi"])
def test_its_timesteps_are_letters_beside_pages_whose_are_steps(language):
    page, network = Page("writing", language), writer(shipped("english"), "lstm")
    steps = json.loads(about(network.cell, stage_words(language, "step"))["still"])["words"]
    letters = json.loads(scene(page, network, place(page, network))["cells"][key_of(network.cell)]["still"])["words"]
    again = json.loads(about(network.cell, stage_words(language, "step"))["still"])["words"]
    assert letters["step.read"] == page.label("stage.step.read")
    assert steps["step.read"] == again["step.read"] == stage_words(language, "step")["step.read"]
