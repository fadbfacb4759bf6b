"""The sliders of a page that is tested without a browser, where no component can be moved: the address moves it."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

COMPONENT, KEY = "gatewalk_live_slider", "-slider-"


def sliders(test: AppTest) -> dict[str, dict[str, Any]]:
    """What the browser is sent for each slider, by the name of its setting."""
    drawn = [each.proto for each in test.get("bidi_component") if each.proto.component_name == COMPONENT]
    return {proto.id.rpartition(KEY)[2]: json.loads(proto.json) for proto in drawn}


def ends(slider: dict[str, Any]) -> tuple[str, str]:
    """The first and the last value that a slider can have, as the address has them."""
    places = slider["places"]
    options = places["options"] or [f"{places[end]:g}" for end in ("low", "high")]
    return options[0], options[-1]


def move(test: AppTest, name: str, text: str) -> None:
    """Move a slider."""
    assert name in sliders(test)
    test.query_params[name] = text
    test.run()
