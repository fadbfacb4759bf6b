"""The pointwise functions of recurrent cells, each with its slope.

A function writes into arrays it is given, so that a run can fill its record in place.  Slopes are taken from the
result where the result determines them (as torch does), otherwise from the argument.  At a kink the slope is that of
torch: 0 for relu at 0.  Names, α and β are those of ONNX (https://onnx.ai/onnx/operators/onnx__LSTM.html).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from cells.checks import Array, known, numbers

Parts = tuple[str, str, Callable[[Array, Array], object], Callable[[Array, Array, Array], object]]
"""Symbol, LaTeX, the function and its slope."""


@dataclass(frozen=True, eq=False)
class Function:
    """A pointwise function y = f(a).

    Attributes
    ----------
    name : str
        The name it is asked for by, also the name in formulas; with its parameters where they are not the defaults.
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

    def __call__(self, a: object) -> Array:
        """Return f(a) as a new array."""
        array = numbers("a", a, finite=False)
        y = np.empty_like(array)
        with np.errstate(over="ignore"):
            self.apply(array, y)
        return y

    def __reduce__(self) -> tuple[Callable[[str], Function], tuple[str]]:
        if function(self.name) is not self:
            raise ValueError(f"function: expected one of FUNCTIONS, which is pickled by its name, got {self.name!r}")
        return function, (self.name,)


def function(name: str | Function, alpha: float | None = None, beta: float | None = None) -> Function:
    """Return the function of a name, with the given α and β or its defaults.

    Parameters
    ----------
    name : str or Function
        One of :data:`FUNCTIONS`, alone or with its parameters as in ``"leaky_relu(0.1)"``; or a function, returned as
        it is.
    alpha, beta : float, optional
    """
    if isinstance(name, Function):
        return name
    values: Sequence[Any] = (alpha, beta)
    if match := re.fullmatch(r"(\w+)\(([^(),]+)(?:, ([^(),]+))?\)", str(name)):
        name, *values = match.groups()
    known("function", [name], FUNCTIONS)
    make, defaults = FUNCTIONS[name]
    given = [value for value in values if value is not None]
    if len(given) > len(defaults):
        raise ValueError(f"{name} takes {len(defaults)} parameters, got {len(given)}")
    if values[0] is None and given:
        raise ValueError(f"{name}: beta was given without alpha")
    try:
        parameters = tuple(float(v) for v in (*given, *defaults[len(given) :]))
    except (TypeError, ValueError):
        parameters = (np.nan,)
    if np.isnan(parameters).any() or (name == "clip" and parameters[0] < 0):
        raise ValueError(f"{name}: expected {'a bound of at least 0' if name == 'clip' else 'numbers'}, got {given}")
    return _made(make, name, parameters, parameters == defaults)


@cache
def _made(make: Callable[..., Parts], name: str, parameters: tuple[float, ...], default: bool) -> Function:
    """Build each function once: graphs compare functions by identity."""
    symbol, latex, apply, slope = make(*parameters)
    full = name if default else f"{name}({', '.join(map(repr, parameters))})"
    return Function(full, symbol, latex, apply, slope)


def clip(bound: float) -> Function:
    """Return the function that holds its argument between ±bound."""
    return function("clip", bound)


def _sigmoid_apply(a: Array, y: Array) -> None:
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


def _sigmoid() -> Parts:
    return "σ", r"\sigma", _sigmoid_apply, _sigmoid_slope


def _tanh() -> Parts:
    return "tanh", r"\tanh", lambda a, y: np.tanh(a, y), _tanh_slope


def _scaled_tanh(alpha: float, beta: float) -> Parts:
    """α tanh(β a)."""

    def apply(a: Array, y: Array) -> None:
        np.tanh(np.multiply(a, beta, y), y)
        y *= alpha

    def slope(a: Array, y: Array, s: Array) -> None:  # from a: y says nothing where α is 0
        np.copyto(s, alpha * beta * (1 - np.tanh(beta * a) ** 2))

    return "tanh′", r"\tanh'", apply, slope


def _affine(alpha: float, beta: float) -> Parts:
    """α a + β."""
    return "affine", r"\mathrm{affine}", lambda a, y: np.add(alpha * a, beta, y), lambda a, y, s: np.copyto(s, alpha)


def _hard_sigmoid(alpha: float, beta: float) -> Parts:
    """α a + β, held between 0 and 1."""

    def slope(a: Array, y: Array, s: Array) -> None:
        np.multiply((y > 0) & (y < 1), alpha, s)

    return "σ̂", r"\hat\sigma", lambda a, y: np.clip(alpha * a + beta, 0, 1, out=y), slope


def _linear() -> Parts:
    return "", "", lambda a, y: np.copyto(y, a), lambda a, y, s: np.copyto(s, 1)


def _complement() -> Parts:
    return "1−", "1 -", lambda a, y: np.subtract(1, a, y), lambda a, y, s: np.copyto(s, -1)


def _clip(bound: float) -> Parts:
    def slope(a: Array, y: Array, s: Array) -> None:
        np.copyto(s, np.abs(a) <= bound)

    return "clip", r"\mathrm{clip}", lambda a, y: np.clip(a, -bound, bound, out=y), slope


def _relu() -> Parts:
    return "relu", r"\mathrm{relu}", lambda a, y: np.maximum(a, 0, out=y), lambda a, y, s: np.copyto(s, a > 0)


def _leaky_relu(alpha: float) -> Parts:
    def slope(a: Array, y: Array, s: Array) -> None:
        np.copyto(s, np.where(a > 0, 1, alpha))

    return "relu′", r"\mathrm{relu}'", lambda a, y: np.copyto(y, np.where(a >= 0, a, alpha * a)), slope


def _thresholded_relu(alpha: float) -> Parts:
    """a where it exceeds α, else 0."""
    name = "relu″", r"\mathrm{relu}''"
    return *name, lambda a, y: np.multiply(a, a > alpha, y), lambda a, y, s: np.copyto(s, a > alpha)


def _elu(alpha: float) -> Parts:
    def apply(a: Array, y: Array) -> None:
        np.copyto(y, np.where(a > 0, a, alpha * np.expm1(np.minimum(a, 0))))

    return "elu", r"\mathrm{elu}", apply, lambda a, y, s: np.copyto(s, np.where(a > 0, 1, y + alpha))


def _softsign() -> Parts:
    def slope(a: Array, y: Array, s: Array) -> None:
        np.add(np.abs(a), 1, s)
        np.reciprocal(np.multiply(s, s, s), s)

    return "softsign", r"\mathrm{softsign}", lambda a, y: np.divide(a, 1 + np.abs(a), y), slope


def _softplus() -> Parts:
    """log(1 + e^a), without overflow; its slope is the logistic function."""
    return "softplus", r"\mathrm{softplus}", lambda a, y: np.logaddexp(a, 0, y), lambda a, y, s: _sigmoid_apply(a, s)


FUNCTIONS: dict[str, tuple[Callable[..., Parts], tuple[float, ...]]] = {
    "sigmoid": (_sigmoid, ()),
    "tanh": (_tanh, ()),
    "linear": (_linear, ()),
    "relu": (_relu, ()),
    "hard_sigmoid": (_hard_sigmoid, (1 / 6, 0.5)),  # PyTorch, Keras 3
    "hard_sigmoid_fifth": (_hard_sigmoid, (0.2, 0.5)),  # Keras 2, ONNX
    "softsign": (_softsign, ()),
    "softplus": (_softplus, ()),
    "elu": (_elu, (1.0,)),
    "leaky_relu": (_leaky_relu, (0.01,)),
    "thresholded_relu": (_thresholded_relu, (1.0,)),
    "affine": (_affine, (1.0, 0.0)),
    "scaled_tanh": (_scaled_tanh, (1.0, 1.0)),
    "clip": (_clip, (np.inf,)),
    "complement": (_complement, ()),
}
"""Every function by name: what makes it, and the defaults of its parameters."""

SIGMOID, TANH, IDENTITY, COMPLEMENT = (function(name) for name in ("sigmoid", "tanh", "linear", "complement"))
