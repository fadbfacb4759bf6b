"""The networks of the lesson `layers`: how deep, how wide, which way they read, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np

from app.timing import in_turns
from cells import CELLS, Cell, Stack, run
from cells.layers import StackTrace
from cells.weight_formats import to_keras, to_torch

INPUTS, STEPS, SEED = 2, 5, 3
TIMED, RUNS = 20, 9  # steps of a run whose time is taken, and how many of them


@dataclass(frozen=True)
class Network:
    """Layers of one kind and width, read forward or both ways."""

    kind: str
    layers: int
    both: bool
    units: int

    @cached_property
    def stack(self) -> Stack:
        """The network with weights drawn from one seed."""
        ways = 2 if self.both else 1
        cells = [
            [CELLS[self.kind].random(self.inputs(depth), self.units, SEED + ways * depth + way) for way in range(ways)]
            for depth in range(self.layers)
        ]
        return Stack(cells)

    def inputs(self, depth: int) -> int:
        """How many numbers a layer reads at each step: those of the data, or all of the layer below."""
        return self.units * (2 if self.both else 1) if depth else INPUTS

    @property
    def x(self) -> np.ndarray:
        return np.random.default_rng(SEED).uniform(-1, 1, (STEPS, INPUTS))

    @cached_property
    def trace(self) -> StackTrace:
        return run(self.stack, self.x)

    def deeper(self) -> "Network":
        return Network(self.kind, self.layers + 1, self.both, self.units)

    def turned(self) -> "Network":
        return Network(self.kind, self.layers, not self.both, self.units)

    def wider(self) -> "Network":
        return Network(self.kind, self.layers, self.both, 2 * self.units)


@lru_cache(maxsize=64)
def network(kind: str, layers: int, both: bool, units: int) -> Network:
    return Network(kind, layers, both, units)


def reached(net: Network) -> str:
    """How much of what the network says at the first step the last input changes: `none`, `half`, `all`."""
    other = net.x.copy()
    other[-1] += 0.5
    share = np.mean(net.trace.output[0] != run(net.stack, other).output[0])
    return {0.0: "none", 1.0: "all"}.get(float(share), "half")


# ---- parameters ------------------------------------------------------------------------------------------------------


def counts(net: Network, depth: int) -> dict[str, int]:
    """How many numbers one layer has: here, in PyTorch, in Keras."""
    cells = [net.stack.cells[name] for name in net.stack.layer(depth)]
    layer = Stack([cells])
    return {
        "here": layer.parameters_count,
        "torch": sum(array.size for array in to_torch(layer).values()),
        "keras": sum(array.size for array in to_keras(layer)[2]),
    }


def total(net: Network) -> dict[str, int]:
    layers = [counts(net, depth) for depth in range(net.layers)]
    return {name: sum(layer[name] for layer in layers) for name in layers[0]}


def matrices(cell: Cell) -> int:
    """How many matrices read the input: one for each gate and candidate."""
    return sum(shape == ("H", "D") for shape in cell.graph.shapes.values())


def formula(kind: str) -> dict[str, str]:
    """How many parameters a layer of D inputs and H units has: its matrices, and each framework's biases, typeset."""
    small = network(kind, 1, False, 3)
    read = matrices(small.stack.cells["0.forward"])
    in_matrices = read * (3 * INPUTS + 3 * 3)
    biases = {name: (count - in_matrices) // 3 for name, count in counts(small, 0).items()}
    return {"matrices": times(read, "(HD + H^2)")} | {name: times(count, "H") for name, count in biases.items()}


def times(count: int, what: str) -> str:
    return what.strip("()") if count == 1 else rf"{count}\,{what}"


# ---- time ------------------------------------------------------------------------------------------------------------


def microseconds(nets: Mapping[str, Network]) -> dict[str, list[float]]:
    """The time of a step in every run, by network: of this machine at this moment, and so never kept."""
    x = np.random.default_rng(SEED).uniform(-1, 1, (TIMED, INPUTS))
    seconds = in_turns({name: partial(run, net.stack, x) for name, net in nets.items()}, RUNS)
    return {name: [each / TIMED * 1e6 for each in runs] for name, runs in seconds.items()}


def changes(net: Network) -> Mapping[str, Network]:
    """The network as it is, and with one thing changed."""
    turned = {} if net.both else {"both": net.turned()}
    return {"now": net, "deeper": net.deeper(), **turned, "wider": net.wider()}
