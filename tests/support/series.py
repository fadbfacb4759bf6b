"""The numbers that the browser computes of a scene, and what the core says each should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np

from app.controls.address import Controls
from app.stage.layout import layout_of
from app.stage.scene_types import SentScene
from cells import Gradients, Trace, backprop
from cells.chain import Link, chain
from cells.equations import Arithmetic, TermNumbers, arithmetic
from cells.functions import function
from cells.sensitivity import routes
from tests.support.evaluator import Node, difference

LIMIT = 1e-12  # of an array's largest number, or of 1 where all are smaller
Pair = tuple[str, Any, Any]
"""A name, what the core says and what the browser computed."""


def computed(
    node: Node, sent: SentScene, controls: Controls | None = None, unit: int = 0, backward: bool = False
) -> Any:
    """The scene that the browser draws, as plain lists."""
    now = controls or sent["controls"]
    said = now if isinstance(now, Mapping) else {"weights": now.weights, "days": now.days, "show": now.show}
    return node.ask({"sent": sent, "controls": said, "unit": unit, "backward": backward})


def expect_series(told: Any, trace: Trace, unit: int, target: float | None = None, backward: bool = False) -> None:
    """One series is the core's run of it, wherever it has a number."""
    pairs = list(forward_pairs(told, trace, unit))
    if backward:
        _, gradients = loss_of(trace, target)
        pairs += backward_pairs(told["gradients"], gradients, unit, target)
    for name, expected, found in pairs:
        if expected is None or isinstance(expected, (str, bool, list)):
            assert found == expected, name
        else:
            assert difference(np.asarray(expected), np.ravel(found)) <= LIMIT, name


def loss_of(trace: Trace, target: float | None) -> tuple[np.ndarray, Gradients]:
    """The loss of the last step for each unit, (h − target)² or the state itself, and its gradients."""
    output = trace.cell.graph.output
    slope = np.zeros_like(trace[output])
    slope[-1] = 1 if target is None else 2 * (trace[output][-1] - target)
    loss = trace[output] if target is None else (trace[output] - target) ** 2
    return loss, backprop(trace, {output: slope})


def at(trace: Trace, name: str, unit: int) -> int:
    """The selected unit among a value's: an input belongs to none, a projection may be shorter."""
    return 0 if name == "x" else min(unit, trace[name].shape[-1] - 1)


def forward_pairs(told: Any, trace: Trace, unit: int) -> Iterator[Pair]:
    layout = layout_of(trace.cell)
    stages = {stage["value"] for stage in layout["stages"]}
    assert told["values"].keys() == set(trace.names)
    assert stages <= told["arithmetic"].keys()
    for name in trace.names:
        yield name, trace[name][:, 0, at(trace, name, unit)], told["values"][name]
    for name in trace.cell.graph.before:
        yield f"{name} before", trace.before(name)[:, 0, at(trace, name, unit)], told["before"][name]
    for name, sums in told["arithmetic"].items():
        yield from sum_pairs(name, arithmetic(trace, name, unit=at(trace, name, unit)), sums)
    plots = {node["value"] for node in layout["wide"]["nodes"] if node["kind"] == "plot"}
    assert told["slopes"].keys() == plots
    for name in plots:
        yield f"slope of {name}", slope(arithmetic(trace, name, unit=unit)), told["slopes"][name]
    several = max(trace.cell.sizes.values()) > 1
    assert ("units" in told) == several
    if several:
        assert told["units"]["count"] == trace.cell.units
        for name, strip in told["units"]["strips"].items():
            yield f"strip of {name}", trace[name][:, 0], strip["numbers"]
            assert strip["shape"] == list(trace[name][:, 0].shape)
        for name, strip in told["units"]["before"].items():
            yield f"strip of {name} before", trace.before(name)[:, 0], strip["numbers"]


def slope(sums: Arithmetic) -> np.ndarray:
    """The slope of a value's function at each step."""
    there = np.empty_like(sums.result)
    function(sums.formula.function or "linear").slope(sums.total, sums.result, there)
    return there


def sum_pairs(name: str, sums: Arithmetic, told: Any) -> Iterator[Pair]:
    terms = [list(group) for _, group in groupby(sums.terms, key=lambda numbers: id(numbers.term))]
    assert len(terms) == len(told["terms"]), name
    for k, (term, found) in enumerate(zip(terms, told["terms"], strict=True)):
        pairs = term_pairs if len(term) == 1 else entry_pairs if sums.formula.how == "total" else dot_pairs
        yield from pairs(f"term {k} of {name}", term, found)
    yield f"total of {name}", sums.total, told["total"]
    yield f"result of {name}", sums.result, told["result"]


def dot_pairs(name: str, term: list[TermNumbers], told: Any) -> Iterator[Pair]:
    factor = term[0].term.factors[1]
    yield from product_pairs(name, term, told)
    yield f"row of {name}", [numbers.factors[0][0].item() for numbers in term], told["row"]
    yield f"what {name} reads", [{"name": factor.name, "before": factor.before}], told["reads"]


def entry_pairs(name: str, term: list[TermNumbers], told: Any) -> Iterator[Pair]:
    """All entries that a total adds up, and which values they are the products of."""
    yield from product_pairs(name, term, told)
    reads = [{"name": factor.name, "before": factor.before} for factor in term[0].term.factors]
    yield f"what {name} reads", reads, told["reads"]


def product_pairs(name: str, term: list[TermNumbers], told: Any) -> Iterator[Pair]:
    products = np.stack([numbers.product for numbers in term], axis=-1)
    yield f"products in {name}", products, told["products"]["numbers"]
    yield f"sum of {name}", products.sum(axis=-1), told["sum"]


def term_pairs(name: str, term: list[TermNumbers], told: Any) -> Iterator[Pair]:
    (numbers,) = term
    yield f"product of {name}", numbers.product, told["product"]
    for k, (factor, inner) in enumerate(zip(numbers.factors, numbers.inner, strict=True)):
        yield f"factor {k} of {name}", factor, told["factors"][k]
        yield f"argument {k} of {name}", inner, told["inner"][k]


def backward_pairs(told: Any, gradients: Gradients, unit: int, target: float | None) -> Iterator[Pair]:
    trace = gradients.trace
    loss, _ = loss_of(trace, target)
    yield "loss", loss[:, 0, at(trace, trace.cell.graph.output, unit)], told["loss"]
    for name in trace.names:
        yield f"dL/d{name}", gradients[name][:, 0, at(trace, name, unit)], told["values"][name]
    for name in trace.cell.graph.before:
        yield f"dL/d{name} before", gradients.before(name)[:, 0, at(trace, name, unit)], told["before"][name]
    for name, links in told["chain"].items():
        expected = chain(gradients, name, at(trace, name, unit))
        assert len(expected) == len(links), name
        for link, found in zip(expected, links, strict=True):
            yield from link_pairs(f"{name} by {link.to}", link, found)
    if trace.cell.graph.memory:
        both, name = routes(gradients), trace.cell.graph.memory.state.name
        yield "routes", name, told["routes"]["state"]
        yield "along", both.along[:, 0, unit], told["routes"]["along"]
        yield "through", both.through[:, 0, unit], told["routes"]["through"]
    else:
        yield "routes", None, told["routes"]


def link_pairs(name: str, link: Link, told: Any) -> Iterator[Pair]:
    yield name, [link.to, link.later, link.matrix], [told["to"], told["later"], told["matrix"]]
    yield f"{name}: product", link.product, told["product"]
    yield f"{name}: upstream", link.upstream, told["upstream"]
    kinds = [[local.kind, local.name, local.before, local.function, local.inner] for local in link.local]
    found = [[local[key] for key in ("kind", "name", "before", "function", "inner")] for local in told["local"]]
    yield f"{name}: factors", kinds, found
    for local, other in zip(link.local, told["local"], strict=True):
        yield f"{name}: {local.name}", local.numbers, other["numbers"]
