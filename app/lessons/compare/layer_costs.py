"""Self-attention beside the cells: what it costs over the length of a sequence.

One layer of a Transformer (Vaswani et al. 2017) with pre- or post-normalisation has the same matrices: four of
attention, two of the feed-forward part. Counted are the multiplications by weights and between states; biases,
normalisation and softmax are left out, as is the input, which is as wide as the layer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.controls.examples import SEED
from cells import CELLS

WIDTH = 64  # units of a cell, and of a Transformer's layer
LENGTHS = (10, 1000, 100_000)
LAYERS = {"rnn": 1, "lstm": 4, "gru": 3}  # matrices for the input, and as many for the hidden state
WIDER = 4  # the feed-forward part's inner layer: so many times the layer
ATTENTION = "attention"


@dataclass(frozen=True)
class Cost:
    """What one layer costs for a sequence.

    Attributes
    ----------
    parameters : int
    multiplications : int
        To read one more step, once all before it are read.
    kept : int
        Numbers that are kept from all steps before, to read one more.
    serial : int
        Steps that must wait for each other in training.
    """

    parameters: int
    multiplications: int
    kept: int
    serial: int


def cost(name: str, length: int, width: int = WIDTH) -> Cost:
    """The cost of a cell, or of a layer of a Transformer, after `length` steps."""
    if name == ATTENTION:
        matrices = (4 + 2 * WIDER) * width * width
        return Cost(matrices, matrices + 2 * length * width, 2 * length * width, 1)
    cell = CELLS[name].random(width, width, SEED)
    matrices = 2 * LAYERS[name] * width * width
    gates = {"rnn": 0, "lstm": 3, "gru": 3}[name] * width  # elementwise products of a step
    carried = sum(cell.sizes[node.size] for node in cell.graph.before.values())
    return Cost(cell.parameters_count, matrices + gates, carried, length)


def break_even(width: int = WIDTH) -> int:
    """The length from which a Transformer's layer keeps more numbers than all its parameters."""
    return next(n for n in range(1, 10**6) if cost(ATTENTION, n, width).kept > cost(ATTENTION, n, width).parameters)


def costs(length: int) -> Mapping[str, Cost]:
    """The costs of all, by name."""
    return {name: cost(name, length) for name in (*LAYERS, ATTENTION)}
