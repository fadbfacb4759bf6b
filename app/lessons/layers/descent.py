"""One weight of an RNN of one unit going downhill on its loss, at some learning rate."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cells import RNN, Cell, backprop, run, sweep

PULSE = np.array([[1.0], [0.0], [0.0]])  # an event, and two steps of silence
TARGET, START = 1.0, 0.2  # what the network should say at the end; the weight to begin with
LONGEST, EDGE = 12, 2.0  # steps of descent; the weight's range on the picture, ± this
NEAR = 1e-3  # a loss as good as none
RATES = (0.02, 0.3, 1.2)


def cell_of(weight: float) -> Cell:
    """A unit without tanh, which only its weight on its own last state U_h can change: h_3 is U_h squared."""
    return RNN(W_h=[[1.0]], U_h=[[weight]], b_h=[0.0], activation="linear")


def loss_and_slope(weight: float) -> tuple[float, float]:
    """½ (h_T − target)², and its gradient over the weight."""
    trace = run(cell_of(weight), PULSE)
    error = trace["h"][-1] - TARGET
    slope = backprop(trace, {"h": error}).params["U_h"]
    return float(0.5 * error[0] ** 2), float(slope[0, 0])


@lru_cache(maxsize=1)
def curve() -> tuple[np.ndarray, np.ndarray]:
    """Weights over the picture's range, and the loss at each."""
    weights = np.linspace(-EDGE, EDGE, 161)
    last = sweep(cell_of(START), PULSE, "U_h", (0, 0), weights)["h"][:, -1, 0]
    return weights, 0.5 * (last - TARGET) ** 2


@dataclass(frozen=True)
class Descent:
    """The weights and losses that one learning rate goes through."""

    rate: float
    weights: tuple[float, ...]
    losses: tuple[float, ...]

    @property
    def steps(self) -> int:
        return len(self.weights) - 1

    @property
    def verdict(self) -> str:
        """`right`: the loss is as good as none; `diverges`: out of the picture; `swings`, or `small`: not there yet."""
        if self.losses[-1] < NEAR:
            return "right"
        if abs(self.weights[-1]) > EDGE:
            return "diverges"
        return "swings" if any(np.diff(self.losses) > 0) else "small"


@lru_cache(maxsize=256)
def descent(rate: float) -> Descent:
    """Go downhill until the loss is as good as none, the weight has left the picture, or the steps are used up."""
    weights, losses = [START], []
    while True:
        loss, slope = loss_and_slope(weights[-1])
        losses.append(loss)
        if loss < NEAR or abs(weights[-1]) > EDGE or len(losses) > LONGEST:
            return Descent(rate, tuple(weights), tuple(losses))
        weights.append(weights[-1] - rate * slope)
