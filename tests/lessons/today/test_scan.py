"""The rounds of a scan that the lesson `today` shows: its numbers are the loop's, and each is joined as it says."""

import json
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.components.scan import picture
from app.controls.kinds import LATER
from app.formatting import number, scientific
from app.i18n import LANGUAGES, table_of
from app.lessons.today.scan.model import SUNSPOTS, coupled, numbers, one_unit, shown, waiting
from app.lessons.today.scan.view import STEPS
from cells import CELLS, LRU, run, scan
from cells.scan import rounds_of
from tests.page.test_every_page import text

LINEAR = [name for name in LATER if name != "slstm"]
LENGTHS = [2, 3, 5, 8, 16]


def sent(name, steps, language="en"):
    x = numbers(steps)
    found = shown(one_unit(name), x)
    return picture(x[:, 0], found.rounds, found.loop, "h", table_of(language, "today", "scan"))


def value(texts):
    """A number of the picture, read back: its real and its imaginary part."""
    parts = [float(re.sub(r"[×+() i]", "", text).replace("\N{MINUS SIGN}", "-")) for text in texts]
    return complex(*parts)


def spoken(said):
    """The terms of what a node says of its sum: each product's factors, the addition, and what it says they make."""
    one = r"\(?((?:\N{MINUS SIGN})?[\d.]+(?: [+\N{MINUS SIGN}] [\d.]+ i)?)\)?"
    found = re.search(rf"{one} × {one} ([+\N{{MINUS SIGN}}]) {one} = {one}\.$", said)
    a, b, sign, c, result = found.groups()
    a, b, c, result = (
        complex(re.sub(r" (i)$|\s", "", n.replace("\N{MINUS SIGN}", "-")) + ("j" if " i" in n else ""))
        for n in (a, b, c, result)
    )
    return a, b, -c if sign != "+" else c, result


@pytest.mark.parametrize("steps", LENGTHS)
@pytest.mark.parametrize("name", LINEAR)
def test_the_last_round_is_the_loop(name, steps):
    found = shown(one_unit(name), numbers(steps))
    assert len(found.rounds) == 1 + rounds_of(steps)
    assert np.abs(found.rounds[-1][1] - found.loop).max() <= 1e-12
    assert 0 <= found.difference <= 1e-12
    data = sent(name, steps)
    assert [node["state"] for node in data["rows"][-1]["nodes"]] == [node["state"] for node in data["loop"]["nodes"]]
    assert all(node["factor"] == [] for node in data["rows"][-1]["nodes"])


@pytest.mark.parametrize("steps", LENGTHS)
@pytest.mark.parametrize("name", LINEAR)
def test_every_join_has_two_inputs_that_give_it(name, steps):
    found = shown(one_unit(name), numbers(steps))
    joins = 0
    for k, (a, b) in enumerate(found.rounds[1:]):
        before_a, before_b = found.rounds[k]
        for t in range(2**k, steps):
            early = t - 2**k
            np.testing.assert_allclose(a[t], before_a[t] * before_a[early], rtol=1e-12, atol=1e-15)
            np.testing.assert_allclose(b[t], before_a[t] * before_b[early] + before_b[t], rtol=1e-12, atol=1e-15)
            joins += 1
    assert found.joins == joins


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LINEAR)
def test_every_node_is_what_it_says_that_it_joins(name, language):
    steps, data, found = 8, sent(name, 8, language), shown(one_unit(name), numbers(8))
    for k, row in enumerate(data["rows"]):
        for t, node in enumerate(row["nodes"]):
            assert node["first"] == max(0, t + 1 - 2**k)
            assert abs(value(node["state"]) - found.rounds[k][1][t]) <= 0.0072  # half of 0.01, of both parts
            assert bool(node["factor"]) == (node["first"] > 0)
            if node["factor"]:
                assert abs(value(node["factor"]) - found.rounds[k][0][t]) <= 0.0072
            if k and t >= 2 ** (k - 1):
                a, d, b, result = spoken(node["said"])
                assert abs(a - found.rounds[k - 1][0][t]) < 1e-4
                assert abs(d - found.rounds[k - 1][1][t - 2 ** (k - 1)]) < 1e-4
                assert abs(b - found.rounds[k - 1][1][t]) < 1e-4
                assert abs(result - found.rounds[k][1][t]) < 1e-4
    for t, node in enumerate(data["loop"]["nodes"][1:], 1):
        a, d, b, result = spoken(node["said"])
        assert abs(d - found.loop[t - 1]) < 1e-4
        assert abs(a * d + b - result) < 5e-4
        assert abs(result - found.loop[t]) < 1e-4
    assert len(data["told"]) == steps + 1


def test_the_state_of_the_lru_is_a_complex_number():
    cell, x = one_unit("lru"), numbers(6)
    found, trace = shown(cell, x), run(cell, x)
    assert found.states == ("a", "b")
    np.testing.assert_array_equal(found.loop, trace["a"][:, 0] + 1j * trace["b"][:, 0])
    rate = np.exp(-np.exp(cell.parameters["l_r"][0])) * np.exp(1j * np.exp(cell.parameters["l_s"][0]))
    np.testing.assert_allclose(found.rounds[0][0], rate, rtol=1e-14)


def test_two_states_that_are_no_complex_number_are_refused():
    found = scan(LRU.random(1, 1, 0), numbers(3))
    found.factors[0]["a", "b"].setflags(write=True)
    found.factors[0]["a", "b"][:] = 2
    with pytest.raises(ValueError, match="a and b are no complex number"):
        coupled(found)


def test_without_its_running_maximum_rwkv_has_the_same_output():
    cell = one_unit("rwkv")
    assert cell.options == {"stabilised": False}
    stabilised = CELLS["rwkv"](**cell.parameters)
    assert waiting(stabilised)
    np.testing.assert_allclose(run(cell, numbers(16)).output, run(stabilised, numbers(16)).output, rtol=1e-13)


def test_a_cell_whose_gates_read_its_state_has_the_loop_alone():
    cell, x = one_unit("slstm"), numbers(8)
    assert waiting(cell) == {"i": ("h",), "f": ("h", "m"), "g": ("h",), "o": ("h",)}
    data, h = sent("slstm", 8), run(cell, x)["h"][:, 0]
    assert data["rows"] == []
    assert [node["state"] for node in data["loop"]["nodes"]] == [[number(each, 2)] for each in h.tolist()]
    for t, node in enumerate(data["loop"]["nodes"][1:], 1):
        assert number(h[t - 1], 4) in node["said"]
        assert number(h[t], 4) in node["said"]


def drawn(name, language="en", guessed=True, **query):
    """The section on a page of its own, and what it sends."""

    def page(name, language):
        from app.lessons.today.scan.view import scanned
        from app.page.page import Page

        scanned(Page("today", language), name)

    test = AppTest.from_function(page, kwargs={"name": name, "language": language})
    test.query_params.update(query)
    if guessed:
        test.session_state["today-rounds"] = "10"
    test.run()
    assert not test.exception
    sent = [json.loads(e.proto.json) for e in test.get("bidi_component")]
    return test, next(data for data in sent if "loop" in data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LATER)
def test_the_section_draws_every_cell(name, language):
    test, data = drawn(name, language)
    assert len(data["loop"]["nodes"]) == STEPS.default
    found = shown(one_unit(name), numbers(STEPS.default))
    assert data["words"]["difference"].endswith(scientific(found.difference) if found.rounds else "")
    assert bool(data["words"]["difference"]) == bool(found.rounds)
    assert ("*f*" in text(test)) == (name == "slstm")
    assert ("⌈log₂ T⌉" in text(test)) == (name != "slstm")


def test_the_section_follows_its_slider():
    _, data = drawn("min_gru", timesteps="5")
    assert (len(data["rows"]), len(data["loop"]["nodes"])) == (4, 5)
    assert data["inputs"] == [number(each / 50, 2) for each in SUNSPOTS[:5]]


def test_the_formula_waits_for_the_guess():
    for guessed in (False, True):
        said = text(drawn("min_gru", guessed=guessed)[0])
        assert "**17** pairs" in said
        assert ("log₂" in said) == ("**10** rounds" in said) == guessed
