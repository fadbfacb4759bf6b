"""Page `model`: what its pictures show is what was computed."""

import re

import numpy as np
import pytest

from app.i18n import LANGUAGES, table_of
from app.lessons.model.model import Part, Reason
from app.lessons.model.unit.pictures import named, reach, receipt, saturation, sum_of

PARTS = (
    Part("unit", 0.5, 3, (0.5, 1.0), ("h",)),
    Part("unit", -0.75, count=7),
    Part("input", 1.0, 0, (-0.5, -2.0), ("x",)),
    Part("bias", 0.25, factors=(0.25,)),
)
REASON = Reason("i", "sigmoid", PARTS, PARTS, 1.0, 0.7311)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sum_is_drawn_bar_after_bar(language):
    words = table_of(language, "model", "why")
    picture = sum_of(REASON, words, ["load"], "i")
    bars = [{key: float(bar.get(key)) for key in ("x", "width")} for bar in picture.findall("rect")]
    unit = bars[2]["width"]  # of 1.0
    assert [bar["width"] / unit for bar in bars] == pytest.approx([0.5, 0.75, 1.0, 0.25], abs=2e-3)
    assert bars[1]["x"] + bars[1]["width"] == pytest.approx(bars[0]["x"] + bars[0]["width"], abs=0.2)
    assert bars[3]["x"] == pytest.approx(bars[2]["x"] + bars[2]["width"], abs=0.2)
    told = [text.text for text in picture.findall("text")]
    assert [words["unit"].format(n=4), words["unit_rest"].format(count=7), "load", words["bias"]] == [
        named(part, words, ["load"]) for part in PARTS
    ]
    assert {"0.5000", "−0.7500", "(−0.5000) · (−2.0000)", "1.0000", "i = σ(1.0000) = 0.7311"} <= set(told)


def test_a_receipt_has_the_numbers_of_the_picture():
    words = table_of("en", "model", "why")
    told = [each.text for each in receipt(REASON, words, ["load"]).findall("text")]
    assert told == [
        *(words["unit"].format(n=4), "0.5000", "0.5000 · 1.0000"),
        *(words["unit_rest"].format(count=7), "−0.7500"),
        *("load", "1.0000", "(−0.5000) · (−2.0000)"),
        *(words["bias"], "0.2500"),
        *(words["sum"], "1.0000", "i = σ(1.0000) = 0.7311"),
    ]


def test_a_units_dot_stands_at_its_shares():
    shares = {"f": (np.array([0.0, 0.5]), np.array([1.0, 0.25]))}
    words = {"left": "l", "right": "r", "alt": "a"}
    picture = saturation(shares, 1, {"f": "f"}, words)
    axis = [float(n) for n in re.findall(r"[\d.]+", picture.findall("path")[0].get("d"))]
    (x0, top), (_, y0), (x1, _) = zip(axis[::2], axis[1::2], strict=True)
    circle = picture.find("circle")
    assert float(circle.get("cx")) == pytest.approx(x0 + 0.5 * (x1 - x0))
    assert float(circle.get("cy")) == pytest.approx(y0 - 0.25 * (y0 - top))


def test_bars_are_as_high_as_what_they_show():
    drawn = reach(np.array([0.0, 1.0, 4.0, 2.0]), 2, "alt").find("path").get("d")
    heights = [-float(height) for height in re.findall(r"v(-?[\d.]+)", drawn)]
    assert np.array(heights) / heights[2] == pytest.approx([0, 0.25, 1, 0.5])
