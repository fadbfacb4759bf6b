"""The address bar: what is written is read back unchanged, and nothing that is typed there can raise."""

import math
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.controls.address import Controls, View
from app.lessons.fourday.model import ADDRESS, DAYS, PRESETS

weight = st.floats(-20, 20)
day = st.floats(-10, 10)
days = st.lists(day, min_size=2, max_size=30).map(tuple)
controls = st.builds(
    Controls,
    weights=st.fixed_dictionaries(dict.fromkeys(PRESETS["two"], weight)),
    days=st.fixed_dictionaries({"A": days, "B": days}),
    show=st.sampled_from([("A",), ("B",), ("A", "B")]),
)


@given(controls)
def test_an_address_is_read_back_unchanged(wanted):
    query = dict(parse_qsl(urlencode(ADDRESS.write(wanted))))
    assert ADDRESS.read(query) == (wanted, [])


@given(controls)
def test_a_commit_is_accepted_unchanged(wanted):
    commit = {
        "weights": wanted.weights,
        "days": {name: list(values) for name, values in wanted.days.items()},
        "show": list(wanted.show),
    }
    assert ADDRESS.check(commit, ADDRESS.defaults) == (wanted, [])


def test_the_default_needs_no_address():
    assert ADDRESS.write(ADDRESS.defaults) == {}
    assert ADDRESS.read({}) == (ADDRESS.defaults, [])


def test_addresses_are_short_and_readable():
    wanted = Controls(PRESETS["two"] | {"b_i": -4.0}, DAYS | {"A": (1.0, 0.5)}, ("A", "B"))
    assert ADDRESS.write(wanted) == {"i": "2,1.65,-4", "a": "1,0.5", "show": "AB"}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"f": "nan,1,1"}, "number"),
        ({"f": "1,inf,1"}, "number"),
        ({"f": "1e999,1,1"}, "number"),
        ({"f": ""}, "number"),
        ({"f": "1,2"}, "count"),
        ({"f": "1,2,3,4"}, "count"),
        ({"f": "1,2,20.01"}, "range"),
        ({"f": "1,2,<script>"}, "number"),
        ({"f": "1,2,١"}, "number"),
        ({"f": "1," * 100_000}, "number"),
        ({"a": "1"}, "length"),
        ({"a": ",".join(["1"] * 31)}, "length"),
        ({"a": "1,11"}, "range"),
        ({"b": "1,1_0"}, "number"),
        ({"show": "C"}, "show"),
        ({"show": "AA"}, "show"),
        ({"show": ""}, "show"),
    ],
)
def test_a_bad_value_is_reported_and_replaced(query, reason):
    read, problems = ADDRESS.read(query)
    assert read == ADDRESS.defaults
    assert [(p.reason, p.values["key"]) for p in problems] == [(f"problem.{reason}", next(iter(query)))]


@pytest.mark.parametrize("at", ["", "0.1", "1.0", "5.1", "1.7", "x", "1", "-1.2", "1.2.3", "9" * 5000])
def test_a_bad_playhead_starts_from_the_beginning(at):
    view, problems = ADDRESS.view({"at": at}, steps=4, stages=6)
    assert (view.at, [p.values["key"] for p in problems]) == (None, ["at"])


def test_a_playhead():
    assert ADDRESS.view({"at": "3.2"}, steps=4, stages=6) == (View((3, 2)), [])
    assert ADDRESS.view({"unit": "4", "way": "back"}, steps=4, stages=6, units=8) == (View(None, 3, True), [])


@pytest.mark.parametrize("query", [{"unit": "9"}, {"unit": "0"}, {"unit": "x"}, {"unit": "-1"}, {"way": "up"}])
def test_a_bad_unit_or_way_is_told(query):
    view, problems = ADDRESS.view(query, steps=4, stages=6, units=8)
    assert view == View()
    assert [problem.values["key"] for problem in problems] == list(query)


@given(st.dictionaries(st.sampled_from([*ADDRESS.keys, "at", "unit", "way"]), st.text()))
def test_no_address_raises(query):
    read, _ = ADDRESS.read(query)
    ADDRESS.view(query, steps=4, stages=6)
    assert all(math.isfinite(value) for value in read.weights.values())


json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


outside = st.fixed_dictionaries({"weights": json, "days": json, "show": json})
inside = st.fixed_dictionaries(
    {"weights": st.fixed_dictionaries({"U_f": json}), "days": st.fixed_dictionaries({"A": json})}
)


@given(json | outside | inside)
def test_no_commit_raises(commit):
    accepted, _ = ADDRESS.check(commit, ADDRESS.defaults)
    assert ADDRESS.read(ADDRESS.write(accepted)) == (accepted, [])


def test_what_fails_in_a_commit_stays_as_it_was():
    current = Controls(PRESETS["full"], DAYS, ("B",))
    accepted, problems = ADDRESS.check({"weights": {"U_f": 21, "b_f": 1}, "days": {"A": [1]}, "show": []}, current)
    assert accepted == Controls(PRESETS["full"] | {"b_f": 1.0}, DAYS, ("B",))
    assert [p.reason for p in problems] == ["problem.range", "problem.length", "problem.show"]
