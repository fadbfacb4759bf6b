"""How untrained cells begin: what decides how long they keep, as a reader's sliders or their authors have it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.controls.kinds import KEEPERS
from cells import CELLS, Cell
from cells.checks import Array

INPUTS = 8
UNSCALED = ("slstm", "rwkv")
"""Their largest exponent is not taken out, which would scale a state, and its gradient, anew at each step."""


@dataclass(frozen=True)
class Settings:
    """What a reader's sliders say.

    Attributes
    ----------
    scale : float
        Spectral radius of every recurrent matrix.
    forget_bias : float
        Bias of the gate that keeps; of an sLSTM, of the unit that keeps longest.
    ring : float
        Of an LRU, the least modulus of an eigenvalue.
    decay : float
        Of RWKV, the logarithm of the least rate of decay.
    delta : float
        Of Mamba, the step size Δ at an input of 0.
    units, steps, seed : int
    every : bool
        Whether the loss looks at every step, and not at the last alone.
    """

    scale: float = 1.0
    forget_bias: float = 2.0
    units: int = 16
    steps: int = 60
    seed: int = 0
    every: bool = False
    ring: float = 0.0
    decay: float = -5.0
    delta: float = 0.01


def untrained(kind: str, settings: Settings) -> Cell:
    """A cell of a kind in `cells.CELLS`."""
    options: dict[str, Any] = {"stabilised": False} if kind in UNSCALED else {}
    cell = CELLS[kind].random(
        INPUTS, settings.units, settings.seed, spectral_radius=settings.scale, forget_bias=own_bias(kind, settings),
        **options,
    )  # fmt: skip
    return cell.replace(**keepers(kind, settings))


def own_bias(kind: str, settings: Settings) -> float | None:
    """The bias of the gate that keeps, of the cells that have one by itself."""
    return settings.forget_bias if kind in ("lstm", "gru") else None


def keepers(kind: str, settings: Settings) -> dict[str, Array]:
    """The vectors that decide how long one of the later cells keeps."""
    along = np.linspace(0, 1, settings.units)  # from the first unit to the last
    match kind:
        case "min_gru" | "min_lstm":  # a share σ(bias) at an input of 0, as an LSTM's or a GRU's gate has it
            bias = np.full(settings.units, settings.forget_bias)
            return {name: sign * bias for name, sign in KEEPERS[kind].items()}
        case "slstm":  # NX-AI's xlstm, `powerlaw_blockdependent` in a first block; there from 5 to −7
            return {"b_f": settings.forget_bias - 12 * along**0.3}
        case "rwkv":  # the paper's appendix, in a first layer: its decays, and u
            later = 0.5 * ((np.arange(settings.units) + 1) % 3 - 1)
            return {"l_w": settings.decay + 8 * along**0.7, "b_u": np.log(0.3) + later}
        case "lru":
            return on_ring(settings)
        case "mamba":  # A = −1, …, −N, and the bias with which softplus gives Δ
            numbers = np.arange(1.0, settings.units + 1)
            return {"l_A": np.log(numbers), "b_d": np.log(np.expm1([settings.delta]))}
    return {}


def on_ring(settings: Settings) -> dict[str, Array]:
    """Eigenvalues drawn evenly from the ring between a modulus and 1, and γ = √(1 − |λ|²): the paper's appendix."""
    draw = np.random.default_rng(settings.seed)
    squares = settings.ring**2 + (1 - settings.ring**2) * draw.random(settings.units)
    angles = 2 * np.pi * draw.random(settings.units)
    return {"l_r": np.log(-np.log(squares) / 2), "l_s": np.log(angles), "l_g": np.log(1 - squares) / 2}
