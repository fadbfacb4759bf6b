"""The frames of a drag: looked up as the browser does, they are the scene the core computes for each value."""

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from hypothesis.strategies import floats

from app.controls.address import Controls
from app.i18n import stage_words
from app.lessons.fourday.model import ADDRESS, UNIT, example
from app.stage.drag_frames import BUDGET, frames, places
from app.stage.scene import scene
from app.stage.vector_scene import printed_alike

DEFAULTS = ADDRESS.defaults
PLACES = places(-5, 5)


def drag(parameter, controls):
    return frames(parameter, PLACES, UNIT.swept(controls, parameter, PLACES))


def looked_up(part, series, place, count):
    """What drag_frames.js makes of a pattern."""
    numbers = np.frombuffer(base64.b64decode(series["moving"]), np.float32).reshape(-1, count, series["steps"])
    if isinstance(part, int):
        return series["still"][-1 - part] if part < 0 else numbers[part, place].tolist()
    if isinstance(part, dict) and "lag" in part:
        return [part["start"], *numbers[part["lag"], place].tolist()[:-1]]
    if isinstance(part, dict):
        return {name: looked_up(each, series, place, count) for name, each in part.items()}
    if isinstance(part, list):
        return [looked_up(each, series, place, count) for each in part]
    return part


def printed(part):
    """Every number as the stage and as the arithmetic print it."""
    if isinstance(part, dict):
        return {name: printed(each) for name, each in part.items()}
    if isinstance(part, list):
        return [printed(each) for each in part]
    return part if part is None or isinstance(part, str) else (f"{part + 0.0:.3f}", f"{part + 0.0:.4f}")


@pytest.mark.parametrize("show", [("A",), ("A", "B")])
@pytest.mark.parametrize("parameter", ["U_f", "b_i", "W_o"])
def test_each_frame_prints_as_the_scene_of_its_value(parameter, show):
    sent = drag(parameter, Controls(DEFAULTS.weights, DEFAULTS.days, show))
    for place in range(0, len(sent["values"]), 7):
        weights = DEFAULTS.weights | {parameter: sent["values"][place]}
        traces = example(Controls(weights, DEFAULTS.days, show)).traces
        exact = scene({name: traces[name] for name in show}, dict.fromkeys(show, ""), stage_words("en"))
        for series, expected in zip(sent["series"], exact["series"], strict=True):
            assert printed(looked_up(series["pattern"], series, place, len(sent["values"]))) == printed(expected)


def test_frames_of_a_long_run_are_fewer_but_travel_in_the_same_bytes():
    sent = drag("U_f", Controls(DEFAULTS.weights, {"A": (0.5,) * 30, "B": (0.0, 1.0)}, ("A",)))
    assert sum(len(series["moving"]) for series in sent["series"]) <= BUDGET
    assert 21 <= len(sent["values"]) < len(drag("U_f", DEFAULTS)["values"]) == 201


@given(arrays(float, 50, elements=floats(-50, 50)))
def test_fewer_bytes_print_alike(numbers):
    for small, exact in zip(printed_alike(numbers).tolist(), numbers.tolist(), strict=True):
        assert (f"{small:.3f}", f"{small:.4f}") == (f"{exact:.3f}", f"{exact:.4f}")
