"""The pointwise functions of recurrent cells, each with its slope.

A function writes into arrays it is given, so that a run can fill its record in place.  Slopes are taken from the
result where the result determines them (as torch does), otherwise from the argument.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Function:
    """A pointwise function y = f(a).

    Attributes
    ----------
    name : str
        The name it is asked for by, also the name in formulas.
    symbol, latex : str
        How it is written in plain text and in LaTeX.
    apply : callable
        ``apply(a, y)`` writes f(a) into ``y`` (same shape).
    slope : callable
        ``slope(a, y, s)`` writes f'(a) into ``s``, given the argument and the result.
    """

    name: str
    symbol: str
    latex: str
    apply: Callable[[Array, Array], object]
    slope: Callable[[Array, Array, Array], object]

    def __call__(self, a: Array | float) -> Array:
        """Return f(a) as a new array."""
        a = np.asarray(a, dtype=np.result_type(a, np.float32))
        y = np.empty_like(a)
        with np.errstate(over="ignore"):
            self.apply(a, y)
        return y


def _sigmoid(a: Array, y: Array) -> None:
    # 1 / (1 + e^-a): exact to the last digits for tiny results too, unlike the form through tanh.
    np.negative(a, y)
    np.exp(y, y)
    y += 1
    np.reciprocal(y, y)


def _sigmoid_slope(a: Array, y: Array, s: Array) -> None:
    np.subtract(1, y, s)
    s *= y


def _tanh_slope(a: Array, y: Array, s: Array) -> None:
    np.multiply(y, y, s)
    np.subtract(1, s, s)


SIGMOID = Function("sigmoid", "σ", r"\sigma", _sigmoid, _sigmoid_slope)
TANH = Function("tanh", "tanh", r"\tanh", lambda a, y: np.tanh(a, y), _tanh_slope)
COMPLEMENT = Function("complement", "1−", r"1 -", lambda a, y: np.subtract(1, a, y), lambda a, y, s: np.copyto(s, -1))

IDENTITY = Function("linear", "", "", lambda a, y: np.copyto(y, a), lambda a, y, s: np.copyto(s, 1))

FUNCTIONS = {f.name: f for f in (SIGMOID, TANH)}
