"""Every cell and every set of options has a layout that its graph, its stages and both languages agree with."""

import itertools
import math
import re

import numpy as np
import pytest

from app.i18n import LANGUAGES, labels
from app.stage.layout import SIZES, layout_of, worded
from cells import CELLS, GRU, LSTM, RNN, Cell, run
from cells.cell import Kind
from cells.expression import affine, matrix, sigmoid, tanh, vector
from tests.support.server import ROOT
from tests.support.stage_site import DAYS, VARIANTS, cell_of, column, scene_of


def minimal(x, h):
    """A minimal gated unit (Zhou et al. 2016)."""
    f = sigmoid(affine("f", x, h))
    recall = f * h
    a_g = matrix("U_g", recall) + matrix("W_g", x) + vector("b_g")
    g = tanh(a_g)
    keep, write = (1 - f) * h, f * g
    h = keep + write
    return locals()


def ungated(x, h, *, reset="none", update="keep"):
    """A GRU without its reset gate (Ravanelli et al. 2018): no published layout of the GRU draws it."""
    z = sigmoid(affine("z", x, h))
    n = tanh(affine("n", x, h))
    keep, write = z * h, (1 - z) * n
    h = keep + write
    return locals()


def all_options() -> list[Cell]:
    lstm = itertools.product([False, True], [None, "f=1-i", "i=1-f"], ["tanh", "linear"], [None, 1])
    cells = [LSTM.random(1, 1, seed=1, peephole=p, couple=c, output_activation=o, projection=n) for p, c, o, n in lstm]
    cells += [GRU.random(1, 1, seed=1, reset=r, update=u) for r in ("after", "before") for u in ("keep", "write")]
    return [*cells, *(cell_of(*variant) for variant in VARIANTS.values()), *(cell_of(kind, {}) for kind in new_kinds())]


def new_kinds() -> list[Kind]:
    """Cells nobody has drawn: not registered, so that other tests do not meet them."""
    return [Kind("minimal", minimal, ("h",), "h"), Kind("gru", ungated, ("h",), "h")]


ALL = all_options()
IDS = [f"{cell.kind.key}-{'-'.join(map(str, cell.options.values()))}-{k}" for k, cell in enumerate(ALL)]
every_cell = pytest.mark.parametrize("cell", ALL, ids=IDS)
every_size = pytest.mark.parametrize("size", SIZES)


def test_every_registered_cell_is_looked_at():
    assert {cell.kind.key for cell in ALL} >= set(CELLS)


@every_cell
def test_its_names_are_the_cells(cell):
    layout = layout_of(cell)
    names = set(cell.graph.values) | {"x"}
    assert {stage["value"] for stage in layout["stages"]} <= names
    assert set(layout["rows"]) <= names
    for size in SIZES:
        assert {value["name"] for value in layout[size]["values"]} <= names
        assert {n["value"] for n in layout[size]["nodes"] if "value" in n} <= names
        assert {n["parameter"] for n in layout[size]["nodes"] if "parameter" in n} <= set(cell.parameters)
        assert {value["name"] for value in layout[size]["values"] if value.get("before")} <= set(cell.kind.states)
    assert {value["name"] for value in layout["wide"]["values"]} <= set(layout["roles"])


@every_cell
@every_size
def test_its_stages_draw_every_part_once(cell, size):
    layout = layout_of(cell)
    geometry, stages = layout[size], layout["stages"]
    ids = [part["id"] for part in [*geometry["nodes"], *geometry["wires"]]]
    assert len(set(ids)) == len(ids)
    owned = [name for stage in stages for name in stage["own"]]
    assert len(set(owned)) == len(owned)
    parts = {part["id"]: part["stage"] for part in [*geometry["nodes"], *geometry["wires"]]}
    assert set(owned) == {name for name, stage in parts.items() if stage}
    for number, stage in enumerate(stages, 1):
        assert all(parts[name] == number for name in stage["own"])
        assert all(name in parts for name in stage["relit"])
        assert any(v["stage"] == number and v["name"] == stage["value"] for v in geometry["values"])
    assert [badge["stage"] for badge in geometry["badges"]] == list(range(1, len(stages) + 1))
    assert all(0 <= value["stage"] <= len(stages) for value in geometry["values"])


@every_cell
def test_a_phone_shows_it_whole(cell):
    """Wider than `ROOMY` of picture.js, a picture scrolls sideways."""
    roomy = re.search(r"ROOMY = (\d+);", (ROOT / "app/stage/diagram/picture.js").read_text(encoding="utf-8"))
    assert layout_of(cell)["narrow"]["viewBox"][2] <= int(roomy[1])


@every_cell
@every_size
def test_a_wire_begins_and_ends_at_something(cell, size):
    geometry = layout_of(cell)[size]
    places = [box(node) for node in geometry["nodes"]]
    places += [(*value["at"], 48, 13) for value in geometry["values"]]
    for wire in geometry["wires"]:
        for end in (wire["points"][0], wire["points"][-1]):
            others = [other["points"] for other in geometry["wires"] if other is not wire]
            left, _, width, _ = geometry["viewBox"]
            outside = wire["kind"] == "belt" and (end[0] <= left or end[0] >= left + width - 5)
            at_part = any(abs(end[0] - x) <= w + 1 and abs(end[1] - y) <= h + 1 for x, y, w, h in places)
            assert at_part or outside or any(on(end, points) for points in others), (wire["id"], end)


def box(node):
    half = {"cat": (20, 13), "op": (15, 15), "fn": (17, 17), "copy": (7, 7)}.get(node["kind"])
    return (node["x"], node["y"], *(half or (node["width"] / 2, node["height"] / 2)))


def on(point, points):
    return any(
        math.dist(a, point) + math.dist(point, b) - math.dist(a, b) < 0.01 for a, b in itertools.pairwise(points)
    )


@every_cell
def test_every_language_has_its_words(cell):
    layout = layout_of(cell)
    needed = {word["word"] for size in SIZES for word in layout[size]["captions"]}
    for stage in layout["stages"]:
        needed |= {f"stage.{stage['key']}.{part}" for part in ("name", "title", "subtitle")}
        needed |= {f"say.{stage['key']}.{part}" for part in ("low", "mid", "high")} | {f"narrate.{stage['key']}"}
        needed.add(f"value.{stage['value']}.name")
    for node in layout["wide"]["nodes"]:
        needed |= {f"gate.{node['value']}", f"group.{node['value']}"} if node["kind"] == "gate" else set()
    needed |= {f"row.{name}" for name in layout["rows"]}
    for language in LANGUAGES:
        assert needed <= set(worded(layout, labels(language, "stage"))), language


@every_cell
def test_a_layout_is_the_same_each_time_and_plain_data(cell):
    layout = sent(cell)
    assert layout == (cell.kind.key if isinstance(layout, str) else layout_of(cell))
    assert layout_of(cell) is layout_of(cell)


def test_the_slope_is_the_cores(series_of):
    drawn = series_of(run(RNN(W_h=[[1.6]], U_h=[[1.67]], b_h=[-0.49]), column(DAYS)))
    np.testing.assert_allclose(drawn["slopes"]["h"], 1 - np.square(drawn["values"]["h"]))


def test_published_layouts_go_by_name_and_variants_whole():
    assert sent(cell_of(GRU, {})) == "gru"
    assert sent(cell_of(GRU, {"update": "write"}))["names"] == ["gru", "gru.write"]


def sent(cell):
    """What the browser gets as the cell's layout."""
    (drawn,) = scene_of({"A": cell}, {})["cells"].values()
    return drawn["layout"]
