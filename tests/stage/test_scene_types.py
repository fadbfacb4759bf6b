"""Scenes of every kind are what their types say, to the last key."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from typeguard import TypeCheckError

from app.stage.layout import layout_of
from app.stage.layout_types import Layout
from app.stage.scene_types import SentScene, Still
from tests.page.test_every_page import opened
from tests.support.records import expect_exact
from tests.support.stage_site import VARIANTS, VECTORS, cell_of, scene_of, scene_of_units, vector_of

PAGES = {"lstm": {"show": "AB", "at": "3.2"}, "compare": {"way": "back"}, "lab": {"unit": "3"}}
TRAINED = ("series", "text", "recall")


def expect_scene(scene: Any) -> None:
    expect_exact(scene, SentScene)
    for cell in scene["cells"].values():
        expect_exact(json.loads(cell["still"]), Still)


def shown(key: str, **query: str) -> list[Any]:
    """The scenes that a page sends."""
    scenes: list[Any] = []
    sent = {"stage": lambda *, data, **_: scenes.append(data), "questions": lambda **_: None}
    with patch("app.stage.component", sent.__getitem__):
        opened(key, **query)
    return scenes


def renamed(value: Any, key: str) -> Any:
    """A scene whose every `key` has another name."""
    if isinstance(value, dict):
        return {f"{name}s" if name == key else name: renamed(part, key) for name, part in value.items()}
    return [renamed(part, key) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("way", [{}, {"way": "back"}], ids=["forward", "backward"])
@pytest.mark.parametrize("name", VARIANTS)
def test_a_scene_of_one_unit(name, way):
    expect_scene(scene_of({name: cell_of(*VARIANTS[name])}, way))


@pytest.mark.parametrize("way", [{}, {"way": "back"}], ids=["forward", "backward"])
@pytest.mark.parametrize("name", VECTORS)
def test_a_scene_of_many_units(name, way):
    expect_scene(scene_of_units({name: vector_of(*VECTORS[name][:4])}, way | {"unit": "1"}))


def test_a_scene_of_several_cells():
    expect_scene(scene_of({name: cell_of(*VARIANTS[name]) for name in ("rnn", "lstm", "gru-before")}, {}))
    expect_scene(scene_of_units({name: vector_of(*VECTORS[name][:4]) for name in ("rnn-8", "gru-8")}, {"way": "back"}))


@pytest.mark.parametrize("name", VARIANTS)
def test_a_layout_in_both_sizes(name):
    expect_exact(layout_of(cell_of(*VARIANTS[name])), Layout)


@pytest.mark.parametrize("key", PAGES)
def test_a_page_sends_a_scene(key):
    scenes = shown(key, **PAGES[key])
    assert scenes
    for scene in scenes:
        expect_scene(scene)


@pytest.mark.parametrize("key", TRAINED)
def test_a_trained_cell_is_sent_as_a_scene(key):
    scenes = shown(key)
    assert scenes
    for scene in scenes:
        expect_scene(scene)


@pytest.mark.parametrize(
    "key", ["series", "cell", "layout", "parameters", "shape", "sizes", "committed", "targets", "show"]
)
def test_a_renamed_key_is_refused(key):
    scene = scene_of_units({"lstm-8": vector_of(*VECTORS["lstm-8"][:4])}, {"way": "back"})
    expect_scene(scene)
    with pytest.raises(TypeCheckError, match=r"unexpected extra key|did not match any element in the union"):
        expect_scene(renamed(scene, key))
