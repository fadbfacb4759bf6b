"""The gradient of a run, as the stage plays it backward: every value's, what each wire carries, and the chain rule."""

from collections.abc import Mapping

import numpy as np

from app.stage import scene_types as sent
from app.stage.layout_types import Layout, LayoutWire
from app.stage.vector_scene import Writer, numbers_of
from cells import Gradients, Trace, backprop
from cells.chain import Link, Local, chain
from cells.sensitivity import routes

BEFORE, TOMORROW = "-before", "tomorrow"


def loss_of(trace: Trace, target: float | None) -> tuple[np.ndarray, Gradients]:
    """The loss of a run's last step, for each unit, and its gradients.

    (h − target)² of the last hidden state where there is a target, else the last hidden state itself (of all units
    together): then a gradient says how far the last state would move.
    """
    last = trace["h"][..., -1, :, :]  # (B, H), settings before
    slope = np.zeros_like(trace["h"])
    slope[..., -1, :, :] = 1 if target is None else 2 * (last - target)
    loss = trace["h"] if target is None else (trace["h"] - target) ** 2
    return loss, backprop(trace, {"h": slope})


def backward_of(trace: Trace, layout: Layout, unit: int, target: float | None, write: Writer) -> sent.Gradients:
    """What the stage shows of one series' gradient, for the selected unit."""
    loss, gradients = loss_of(trace, target)
    states = trace.cell.kind.states
    links = {name: chain(gradients, name, at(trace, name, unit)) for name in trace.names}
    links |= {name + BEFORE: chain(gradients, name, at(trace, name, unit), before=True) for name in states}
    drawn = {value["name"] for value in layout["wide"]["values"]} | {*layout["rows"]}
    return {
        "loss": write.numbers(numbers_of(loss, "h", unit)),
        "values": {name: write.numbers(numbers_of(gradients[name], name, unit)) for name in trace.names},
        "before": {name: write.numbers(numbers_of(gradients.before(name), name, unit)) for name in states},
        "wires": {
            wire["id"]: write.numbers(carried)
            for wire in layout["wide"]["wires"]
            if (carried := carries(wire, layout, gradients, links, unit)) is not None
        },
        "chain": {name: [plain_link(link, write) for link in links[name]] for name in trace.names if name in drawn},
        "routes": routes_of(gradients, unit, write),
        "step": step_of(links, write),
    }


def routes_of(gradients: Gradients, unit: int, write: Writer) -> sent.Routes | None:
    """How much of the memory's gradient came straight along it, and how much by other ways; None without a memory."""
    trace = gradients.trace
    if "keep" not in trace.names:
        return None
    state = trace.cell.kind.states[-1]
    both = routes(gradients)
    return {
        "state": state,
        "along": write.numbers(numbers_of(both.along, state, unit)),
        "through": write.numbers(numbers_of(both.through, state, unit)),
    }


def step_of(links: Mapping[str, tuple[Link, ...]], write: Writer) -> sent.StepFactor | None:
    """∂h/∂(h before), slope · U, where a unit's state is one function of one sum (an RNN's); None in other cells."""
    ways = [link for name in ("a", "h" + BEFORE) for link in links.get(name, ())]
    if [link.to for link in ways] != ["h", "a"] or not all(len(link.local) == 1 for link in ways):
        return None
    slope, weight = (link.local[0].numbers for link in ways)
    return {"slope": write.numbers(slope), "weight": write.numbers(weight), "product": write.numbers(slope * weight)}


def at(trace: Trace, name: str, unit: int) -> int:
    """The selected unit among a value's; an input belongs to none, and its first stands for it."""
    return 0 if name == "x" else min(unit, trace[name].shape[-1] - 1)


def carries(
    wire: LayoutWire, layout: Layout, gradients: Gradients, links: Mapping[str, tuple[Link, ...]], unit: int
) -> np.ndarray | None:
    """The gradient that comes back along a wire; None for a wire that carries none.

    A wire carries the gradient of the value that stands on it. A layout says for others what they `carry`: a value, or
    the terms of a value's gradient that come from some of its readers or from tomorrow; a ribbon, what comes from its
    gate.
    """
    value = next((value for value in layout["wide"]["values"] if value["wire"] == wire["id"]), None)
    told = wire.get("carries")
    if told is None and wire["kind"] == "ribbon":
        state = next(
            name for name in links if name.endswith(BEFORE) and layout["roles"][name[: -len(BEFORE)]] == wire["role"]
        )
        told = [state, layout["stages"][wire["stage"] - 1]["value"]]
    if told is None and value is not None:
        told = [value["name"] + (BEFORE if value.get("before") else "")]
    if told is None:
        return None
    source, *readers = told
    if not readers and not source.endswith(BEFORE):
        return numbers_of(gradients[source], source, unit)
    terms = [
        link.product
        for link in links[source]
        if (TOMORROW if link.later else link.to) in readers or not (link.later or readers)
    ]
    return sum(terms[1:], terms[0]) if terms else None


def plain_link(link: Link, write: Writer) -> sent.Link:
    return {
        "to": link.to,
        "later": link.later,
        "upstream": None if link.upstream is None else write.numbers(link.upstream),
        "local": [plain_local(local, write) for local in link.local],
        "matrix": link.matrix,
        "product": write.numbers(link.product),
    }


def plain_local(local: Local, write: Writer) -> sent.Local:
    return {
        "kind": local.kind,
        "name": local.name,
        "before": local.before,
        "function": local.function,
        "inner": local.inner,
        "numbers": write.numbers(local.numbers),
    }
