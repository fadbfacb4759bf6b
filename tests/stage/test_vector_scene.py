"""Scenes and drags of many units: what the browser looks up is what the core computes, in few enough bytes."""

import base64
import json
import zlib
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, sampled_from

from app.controls.many_units import entry, moved
from app.i18n import stage_words
from app.stage import drag_frames as drags
from app.stage.drag_frames import frames, places
from app.stage.scene import scene
from app.stage.vector_scene import hundredths, packed
from cells import GRU, LSTM, RNN, CheatSheetLSTM, run, sweep
from tests.support.stage_site import VECTORS, sequence, vector_of

WORDS = stage_words("en")
KINDS = [
    (LSTM, {}),
    (LSTM, {"peephole": True, "couple": "f=1-i"}),
    (LSTM, {"projection": 2}),
    (GRU, {}),
    (GRU, {"reset": "before"}),
    (RNN, {}),
    (CheatSheetLSTM, {}),
]
PLACES = places(-5, 5)


def series_of(trace, unit=0):
    return scene({"A": trace}, {"A": "A"}, WORDS, unit=unit)["series"][0]


def unpacked(sent):
    return np.frombuffer(base64.b64decode(sent["data"]), np.float32).reshape(sent["shape"])


def shown(numbers, decimals):
    """Numbers as JavaScript prints them, which rounds a tie away from zero."""
    digits = Decimal(1).scaleb(-decimals)
    return [str(Decimal(float(v)).quantize(digits, ROUND_HALF_UP) + 0) for v in np.ravel(numbers)]


@given(sampled_from(KINDS), integers(1, 3), integers(2, 9), integers(1, 12), integers(0, 2**16))
@settings(max_examples=60)
def test_every_unit_of_every_value_is_in_its_strip(chosen, inputs, units, steps, seed):
    kind, options = chosen
    cell = kind.random(inputs, units, seed=seed, **options)
    trace = run(cell, np.random.default_rng(seed).normal(size=(steps, 1, inputs)))
    told = series_of(trace, unit=seed % units)["units"]
    assert (told["count"], told["selected"]) == (units, seed % units)
    for sent, values in [(told["strips"], trace.__getitem__), (told["before"], trace.before)]:
        for name, strip in sent.items():
            exact = values(name)[:, 0]
            assert unpacked(strip).shape == exact.shape
            for decimals in (2, 3, 4):
                assert shown(unpacked(strip), decimals) == shown(exact, decimals)


@given(sampled_from(KINDS), integers(1, 3), integers(2, 9), integers(0, 2**16))
@settings(max_examples=60)
def test_a_units_products_add_up_to_its_sum(chosen, inputs, units, seed):
    kind, options = chosen
    cell, unit = kind.random(inputs, units, seed=seed, **options), seed % units
    trace = run(cell, np.random.default_rng(seed).normal(size=(5, 1, inputs)))
    told = series_of(trace, unit)
    dots = 0
    for value, sums in told["arithmetic"].items():
        total = np.zeros(5)
        for term in sums["terms"]:
            total += term["sum"] if "row" in term else term["product"]
            if "row" not in term:
                continue
            dots += 1
            products, read = unpacked(term["products"]), term["inputs"]
            strip = unpacked(told["units"]["before" if read.get("before") else "strips"][read["name"]])
            np.testing.assert_allclose(products, strip * np.array(term["row"]), atol=1e-6)
            np.testing.assert_allclose(products.sum(axis=1), term["sum"], atol=1e-5)
        np.testing.assert_allclose(total, sums["total"], atol=1e-12)
        own = min(unit, trace[value].shape[-1] - 1)
        np.testing.assert_array_equal(sums["result"], trace[value][:, 0, own])
        np.testing.assert_array_equal(told["values"][value], trace[value][:, 0, own])
    assert dots >= 1


def test_the_grus_inner_product_is_told_too():
    trace = run(GRU.random(1, 3, seed=0), np.ones((2, 1, 1)))
    told = series_of(trace, unit=1)["arithmetic"]
    assert "row" in told["Uh"]["terms"][0]
    np.testing.assert_allclose(told["Uh"]["terms"][0]["row"], trace.cell.parameters["U_n"][1])


def test_a_cell_of_one_unit_has_no_strips():
    view = scene({"A": run(LSTM.random(1, 1), np.ones((2, 1, 1)))}, {"A": "A"}, WORDS)
    assert "units" not in view["series"][0]
    assert all("parameters" not in cell for cell in view["cells"].values())
    assert (view["units"], view["unit"]) == (1, 0)


def test_matrices_travel_whole():
    cell = LSTM.random(2, 5, seed=1)
    view = scene({"A": run(cell, np.ones((2, 1, 2)))}, {"A": "A"}, WORDS)
    (sent,) = (told["parameters"] for told in view["cells"].values())
    assert sent.keys() == cell.parameters.keys()
    for name, matrix in cell.parameters.items():
        np.testing.assert_allclose(unpacked(sent[name]), matrix, rtol=1e-6)


# ---- drags ----------------------------------------------------------------------------------------------------------


def drag(name, parameter, unit):
    cell, x = vector_of(*VECTORS[name][:4]), sequence(name)
    where, place = entry(cell, parameter)
    return cell, x, frames(parameter, PLACES, {"A": sweep(cell, x, where, place, PLACES)}, unit)


def looked_up(part, sent, place, count):
    """What drag_frames.js makes of a pattern."""
    numbers = np.frombuffer(base64.b64decode(sent["moving"]), np.float32).reshape(-1, count, sent["steps"])

    def strip(k):
        at = sent["strips"][k]
        short = np.frombuffer(
            zlib.decompress(base64.b64decode(sent[at["in"]])), {"prints": np.int16, "fills": np.int8}[at["in"]]
        )
        first = at["first"] + at["each"] * place
        return short[first : first + np.prod(at["shape"])].reshape(at["shape"]) / 100

    if isinstance(part, int) and not isinstance(part, bool):
        return np.array(sent["still"][-1 - part]) if part < 0 else numbers[part, place]
    if isinstance(part, dict) and "strip" in part:
        return strip(part["strip"])
    if isinstance(part, dict) and "list" in part:
        return strip(part["list"]["strip"])[0]
    if isinstance(part, dict) and "lag" in part and isinstance(part["lag"], dict):
        return np.vstack([part["start"], strip(part["lag"]["strip"])[:-1]])
    if isinstance(part, dict) and "lag" in part:
        return np.array([part["start"], *numbers[part["lag"], place][:-1]])
    if isinstance(part, dict):
        return {name: looked_up(each, sent, place, count) for name, each in part.items()}
    return [looked_up(each, sent, place, count) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("lstm-8", "U_f.4.6"),
        ("lstm-8", "b_o.1"),
        ("gru-8", "U_n.2.2"),
        ("rnn-8", "W_h.3.1"),
        ("lstm-2-inputs", "W_i.1.2"),
    ],
)
def test_each_frame_shows_what_the_core_computes_for_its_value(name, parameter):
    unit = 2
    cell, x, sent = drag(name, parameter, unit)
    (one,) = sent["series"]
    for place in range(0, len(sent["values"]), 23):
        seen = looked_up(one["pattern"], one, place, len(sent["values"]))
        trace = run(moved(cell, {parameter: sent["values"][place]}), x)
        exact = series_of(trace, unit)
        for value, numbers in exact["values"].items():
            assert shown(seen["values"][value], 3) == shown(numbers, 3)
        for value, sums in exact["arithmetic"].items():
            for mine, term in zip(seen["arithmetic"][value]["terms"], sums["terms"], strict=True):
                if "row" in term:
                    assert shown(mine["row"], 2) == shown(term["row"], 2)
                    assert shown(mine["products"], 2) == shown(unpacked(term["products"]), 2)
                    assert shown(mine["sum"], 4) == shown(term["sum"], 4)
                else:
                    assert shown(mine["product"], 4) == shown(term["product"], 4)
        for state, strip in exact["units"]["before"].items():
            np.testing.assert_allclose(
                seen["units"]["before"][state].clip(-1, 1), unpacked(strip).clip(-1, 1), atol=0.0051
            )
        for value, strip in exact["units"]["strips"].items():
            np.testing.assert_allclose(
                seen["units"]["strips"][value].clip(-1, 1), unpacked(strip).clip(-1, 1), atol=0.0051
            )


@pytest.mark.parametrize("kind", [LSTM, GRU, RNN, CheatSheetLSTM])
def test_a_grab_of_the_most_lively_run_travels_in_150_kilobytes(kind):
    units, steps = drags.LIVELY
    cell = vector_of(kind, {}, 1, units)
    x = np.random.default_rng(0).normal(size=(steps, 1, 1))
    name = next(name for name in cell.parameters if name.startswith("U"))
    sent = frames(f"{name}.1.1", PLACES, {"A": sweep(cell, x, name, (0, 0), PLACES)}, 0)
    assert len(json.dumps(sent)) <= 150_000
    assert len(sent["values"]) >= 21
    assert (sent["values"][0], sent["values"][-1]) == (-5, 5)


@pytest.mark.parametrize(("units", "steps"), [(9, 4), (8, 31)])
def test_a_larger_run_is_not_computed_beforehand(units, steps):
    cell, x = LSTM.random(1, units, seed=0), np.ones((steps, 1, 1))
    assert frames("U_f.1.1", PLACES, {"A": sweep(cell, x, "U_f", (0, 0), PLACES)}, 0) is None


def test_numbers_too_large_for_hundredths_are_not_sent_wrong():
    cell = RNN.random(1, 2, seed=0, activation="relu").replace(U_h=np.full((2, 2), 9.0))
    assert frames("U_h.1.1", PLACES, {"A": sweep(cell, np.ones((9, 1, 1)), "U_h", (0, 0), PLACES)}, 0) is None


def test_hundredths_round_as_the_stage_prints():
    ties = np.array([0.125, -0.125, 2.675, 0.005, -0.004, 1.005, 0.375])
    assert [f"{v / 100 + 0:.2f}" for v in hundredths(ties)] == shown(ties, 2)


def test_float32_does_not_cross_what_is_printed():
    near = np.nextafter(np.arange(1, 400) / 1000 + 0.0005, [[0.0], [1.0]])
    for decimals in (2, 3, 4):
        assert shown(unpacked(packed(near)), decimals) == shown(near, decimals)
