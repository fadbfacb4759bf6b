"""What each argument of `keras.layers.LSTM` changes, computed by the core."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.formatting import number, scientific
from app.lessons.frameworks.pictures import Curve, Strip
from app.lessons.frameworks.programs import rounded
from cells import LSTM, Cell, Trace, run
from cells.equations import curve

STEPS = 5
RATE = 0.5  # of what is dropped
GATES = "ifgo"

ARGUMENTS: dict[str, object] = {
    "units": None,
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "use_bias": True,
    "unit_forget_bias": True,
    "return_sequences": False,
    "return_state": False,
    "go_backwards": False,
    "stateful": False,
    "dropout": 0.0,
    "recurrent_dropout": 0.0,
    "unroll": False,
}
"""Every argument of the lesson, and what Keras takes by default; `units` has none."""


@dataclass(frozen=True)
class Choice:
    """One value of an argument: what the layer then reads, keeps and gives back, and the numbers of its caption."""

    value: object
    parts: Sequence[Strip | Curve]
    caption: Mapping[str, str] = field(default_factory=dict)
    steps: Sequence[int] = range(1, STEPS + 1)


@dataclass(frozen=True)
class Layer:
    """The LSTM whose arguments are tried, and what it reads."""

    units: int
    inputs: int
    seed: int

    @property
    def x(self) -> np.ndarray:
        return rounded(np.random.default_rng(self.seed).uniform(-1, 1, (2 * STEPS, self.inputs)), 2)

    def cell(self, units: int | None = None, **options: Any) -> Cell:
        return LSTM.random(self.inputs, units or self.units, self.seed, **options)

    def run(self, cell: Cell | None = None, x: np.ndarray | None = None, **how: Any) -> Trace:
        return run(cell or self.cell(), self.x[:STEPS] if x is None else x, **how)


def count(cell: Cell) -> str:
    return f"{cell.parameters_count}"


def units(layer: Layer) -> list[Choice]:
    sizes = sorted({1, layer.units, 8})
    made = {size: layer.cell(size) for size in sizes}
    return [
        Choice(n, [Strip("h", "h", layer.run(cell)["h"])], {"units": f"{n}", "count": count(cell)})
        for n, cell in made.items()
    ]


def activation(layer: Layer) -> list[Choice]:
    choices = []
    for name in ("tanh", "relu", "linear"):
        h = layer.run(layer.cell(activation=name, output_activation=name))["h"]
        caption = {"low": number(h.min(), 2), "high": number(h.max(), 2)}
        choices.append(Choice(name, [Curve("curve", curve(name, 3)), Strip("h", "h", h)], caption))
    return choices


def recurrent_activation(layer: Layer) -> list[Choice]:
    choices = []
    for name in ("sigmoid", "hard_sigmoid"):
        f = layer.run(layer.cell(gate=name))["f"]
        caption = {"low": number(f.min(), 2), "high": number(f.max(), 2)}
        choices.append(Choice(name, [Curve("curve", curve(name, 5)), Strip("f", "f", f)], caption))
    return choices


def use_bias(layer: Layer) -> list[Choice]:
    biased = layer.cell()
    biases = [name for name in biased.parameters if name.startswith("b")]
    bare = biased.replace(**{name: np.zeros(layer.units) for name in biases})
    without = biased.parameters_count - sum(biased.parameters[name].size for name in biases)
    return [
        Choice(True, [Strip("h", "h", layer.run(biased)["h"])], {"count": count(biased)}),
        Choice(False, [Strip("h", "h", layer.run(bare)["h"])], {"count": f"{without}"}),
    ]


def fresh(layer: Layer, forget_bias: float) -> Cell:
    """The LSTM with initial weights as Keras draws them, and another bias of the forget gate."""
    return LSTM.random(layer.inputs, layer.units, layer.seed, like="keras", forget_bias=forget_bias)


def unit_forget_bias(layer: Layer) -> list[Choice]:
    choices = []
    for value, bias in ((True, 1.0), (False, 0.0)):
        f = run(fresh(layer, bias), layer.x[:STEPS])["f"]
        left = f.prod(axis=0).mean()
        caption = {"mean": number(f.mean(), 2), "steps": f"{STEPS}", "left": f"{100 * left:.0f}"}
        choices.append(Choice(value, [Strip("f", "f", f)], caption))
    return choices


LAST = [False] * (STEPS - 1) + [True]


def return_sequences(layer: Layer) -> list[Choice]:
    h = layer.run()["h"]
    return [
        Choice(False, [Strip("returned", "h", h, LAST)], {"shape": f"(1, {layer.units})"}),
        Choice(True, [Strip("returned", "h", h)], {"shape": f"(1, {STEPS}, {layer.units})"}),
    ]


def return_state(layer: Layer) -> list[Choice]:
    trace = layer.run()
    output = Strip("returned", "h", trace["h"], LAST)
    states = [Strip("h_last", "h", trace["h"], LAST), Strip("c_last", "c", trace["c"], LAST)]
    return [
        Choice(False, [output], {"returned": "output"}),
        Choice(True, [output, *states], {"returned": "output, h, c"}),
    ]


def go_backwards(layer: Layer) -> list[Choice]:
    forth, back = layer.run(), layer.run(reverse=True)
    ahead = range(1, STEPS + 1)
    return [
        Choice(False, [Strip("x", "x", forth.x), Strip("h", "h", forth["h"])], {"first": f"{ahead[0]}"}),
        Choice(
            True,
            [Strip("x", "x", back.x[::-1]), Strip("h", "h", back["h"][::-1])],
            {"first": f"{ahead[-1]}"},
            ahead[::-1],
        ),
    ]


def stateful(layer: Layer) -> list[Choice]:
    first = layer.run()
    choices = []
    for value, start in ((False, None), (True, first.final)):
        second = layer.run(x=layer.x[STEPS:], start=start)
        caption = {"start": ", ".join(number(v, 2) for v in second.before("h")[0].tolist())}
        choices.append(Choice(value, [Strip("first", "h", first["h"]), Strip("second", "h", second["h"])], caption))
    return choices


def kept(random: np.random.Generator, size: int) -> np.ndarray:
    """What numbers are multiplied by: 0 where one is dropped, else so much more that their mean stays."""
    return (random.random(size) >= RATE) / (1 - RATE)


def dropout(layer: Layer) -> list[Choice]:
    mask = kept(np.random.default_rng(layer.seed), layer.inputs)
    choices = []
    for rate, factor in ((0.0, np.ones(layer.inputs)), (RATE, mask)):
        trace = layer.run(x=layer.x[:STEPS] * factor)
        caption = {"dropped": f"{np.count_nonzero(factor == 0)}", "total": f"{layer.inputs}"}
        choices.append(Choice(rate, [Strip("x", "x", trace.x), Strip("h", "h", trace["h"])], caption))
    return choices


def masked(cell: Cell, masks: Mapping[str, np.ndarray]) -> Cell:
    """The cell whose gates see each old hidden unit times its factor."""
    return cell.replace(**{f"U_{gate}": cell.parameters[f"U_{gate}"] * mask for gate, mask in masks.items()})


def recurrent_dropout(layer: Layer) -> list[Choice]:
    random = np.random.default_rng(layer.seed)
    drawn = {gate: kept(random, layer.units) for gate in GATES}
    choices = []
    for rate, masks in ((0.0, dict.fromkeys(GATES, np.ones(layer.units))), (RATE, drawn)):
        trace = layer.run(masked(layer.cell(), masks))
        before = trace.before("h")
        parts = [Strip("seen_f", "f", before * masks["f"]), Strip("seen_g", "g", before * masks["g"])]
        dropped = sum(np.count_nonzero(mask == 0) for mask in masks.values())
        caption = {"dropped": f"{dropped}", "total": f"{len(GATES) * layer.units}"}
        choices.append(Choice(rate, [*parts, Strip("h", "h", trace["h"])], caption))
    return choices


def unroll(layer: Layer) -> list[Choice]:
    looped, states, chained = layer.run(), None, []
    for x in layer.x[:STEPS]:
        step = layer.run(x=x[None], start=states)
        states = step.final
        chained.append(step["h"][0])
    h, named = np.array(chained), len(looped.cell.graph.values)
    difference = float(np.abs(h - looped["h"]).max())
    caption = [{"nodes": f"{n}", "difference": scientific(difference)} for n in (named, named * STEPS)]
    return [Choice(False, [Strip("h", "h", looped["h"])], caption[0]), Choice(True, [Strip("h", "h", h)], caption[1])]


FIGURES: dict[str, Callable[[Layer], list[Choice]]] = {
    each.__name__: each
    for each in (units, activation, recurrent_activation, use_bias, unit_forget_bias, return_sequences, return_state,
                 go_backwards, stateful, dropout, recurrent_dropout, unroll)
}  # fmt: skip
