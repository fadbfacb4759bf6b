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
from typing import Any, NamedTuple

import numpy as np

from cells.checks import Array, known, numbers


@dataclass(frozen=True, eq=False)
class Function:
    """A pointwise function y = f(a).

    Attributes
    ----------
    name : str
        Its name for :func:`function` and in formulas, with its parameters where they are not the defaults.
    symbol, latex : str
        How it is written in plain text and in LaTeX.
    apply : callable
        ``apply(a, y)`` writes f(a) into ``y`` (same shape).
    slope : callable
        ``slope(a, y, s)`` writes f'(a) into ``s``, given the argument and the result.
    key : str
        Its key in :data:`FUNCTIONS`; ``""`` of a function that is none of them.
    parameters : tuple of float
        α and β, or what else its row takes.
    """

    name: str
    symbol: str
    latex: str
    apply: Callable[[Array, Array], object]
    slope: Callable[[Array, Array, Array], object]
    key: str = ""
    parameters: tuple[float, ...] = ()

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
    defaults = FUNCTIONS[name].defaults
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
    return _made(name, parameters)


@cache
def _made(name: str, parameters: tuple[float, ...]) -> Function:
    """Build each function once: graphs compare functions by identity."""
    symbol, latex, apply, slope, defaults = FUNCTIONS[name]
    if not parameters:
        return Function(name, symbol, latex, apply, slope, name)
    full = name if parameters == defaults else f"{name}({', '.join(map(repr, parameters))})"
    bound = (lambda a, y: apply(a, y, *parameters), lambda a, y, s: slope(a, y, s, *parameters))
    return Function(full, symbol, latex, *bound, name, parameters)


def clip(bound: float) -> Function:
    """Return the function that holds its argument between ±bound."""
    return function("clip", bound)


class Row(NamedTuple):
    """A function with parameters α and β as it may have: ``apply(a, y, α, β)`` and ``slope(a, y, s, α, β)``."""

    symbol: str
    latex: str
    apply: Callable[..., object]
    slope: Callable[..., object]
    defaults: tuple[float, ...] = ()


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


def _softsign_slope(a: Array, y: Array, s: Array) -> None:
    np.add(np.abs(a), 1, s)
    np.reciprocal(np.multiply(s, s, s), s)


def _elu(a: Array, y: Array, alpha: float) -> None:
    np.copyto(y, np.where(a > 0, a, alpha * np.expm1(np.minimum(a, 0))))


def _hard_sigmoid(a: Array, y: Array, alpha: float, beta: float) -> None:
    np.clip(alpha * a + beta, 0, 1, out=y)


def _hard_sigmoid_slope(a: Array, y: Array, s: Array, alpha: float, beta: float) -> None:
    np.multiply((y > 0) & (y < 1), alpha, s)


def _scaled_tanh(a: Array, y: Array, alpha: float, beta: float) -> None:
    np.tanh(np.multiply(a, beta, y), y)
    y *= alpha


def _scaled_tanh_slope(a: Array, y: Array, s: Array, alpha: float, beta: float) -> None:
    np.copyto(s, alpha * beta * (1 - np.tanh(beta * a) ** 2))  # of a: y does not determine it where α is 0


def _linear_sigmoid(a: Array, y: Array) -> None:
    np.copyto(y, np.where(a >= 0, a + 0.5, 1 / (1 + np.exp(-np.minimum(a, 0)))))


def _linear_sigmoid_slope(a: Array, y: Array, s: Array) -> None:
    np.copyto(s, np.where(a >= 0, 1, y * (1 - y)))


def _reciprocal(a: Array, y: Array) -> None:
    with np.errstate(divide="ignore"):
        np.divide(1, a, y)


def _reciprocal_slope(a: Array, y: Array, s: Array) -> None:
    np.negative(np.multiply(y, y, s), s)


def _log_sigmoid(a: Array, y: Array) -> None:
    np.negative(np.logaddexp(np.negative(a), 0, y), y)


FUNCTIONS = {
    "sigmoid": Row("σ", r"\sigma", _sigmoid, _sigmoid_slope),
    "tanh": Row("tanh", r"\tanh", lambda a, y: np.tanh(a, y), _tanh_slope),
    "linear": Row("", "", lambda a, y: np.copyto(y, a), lambda a, y, s: np.copyto(s, 1)),
    "relu": Row("relu", r"\mathrm{relu}", lambda a, y: np.maximum(a, 0, out=y), lambda a, y, s: np.copyto(s, a > 0)),
    # of PyTorch and Keras 3, then of Keras 2 and ONNX
    "hard_sigmoid": Row("σ̂", r"\hat\sigma", _hard_sigmoid, _hard_sigmoid_slope, (1 / 6, 0.5)),
    "hard_sigmoid_fifth": Row("σ̂", r"\hat\sigma", _hard_sigmoid, _hard_sigmoid_slope, (0.2, 0.5)),
    "softsign": Row("softsign", r"\mathrm{softsign}", lambda a, y: np.divide(a, 1 + np.abs(a), y), _softsign_slope),
    "softplus": Row("softplus", r"\mathrm{softplus}", lambda a, y: np.logaddexp(a, 0, y),
                    lambda a, y, s: _sigmoid(a, s)),
    "elu": Row("elu", r"\mathrm{elu}", _elu,
               lambda a, y, s, alpha: np.copyto(s, np.where(a > 0, 1, y + alpha)), (1.0,)),
    "leaky_relu": Row("relu′", r"\mathrm{relu}'",
                      lambda a, y, alpha: np.copyto(y, np.where(a >= 0, a, alpha * a)),
                      lambda a, y, s, alpha: np.copyto(s, np.where(a > 0, 1, alpha)), (0.01,)),
    "thresholded_relu": Row("relu″", r"\mathrm{relu}''", lambda a, y, alpha: np.multiply(a, a > alpha, y),
                            lambda a, y, s, alpha: np.copyto(s, a > alpha), (1.0,)),
    "affine": Row("affine", r"\mathrm{affine}", lambda a, y, alpha, beta: np.add(alpha * a, beta, y),
                  lambda a, y, s, alpha, beta: np.copyto(s, alpha), (1.0, 0.0)),
    "scaled_tanh": Row("tanh′", r"\tanh'", _scaled_tanh, _scaled_tanh_slope, (1.0, 1.0)),
    "clip": Row("clip", r"\mathrm{clip}", lambda a, y, bound: np.clip(a, -bound, bound, out=y),
                lambda a, y, s, bound: np.copyto(s, np.abs(a) <= bound), (np.inf,)),
    # g of Feng et al. 2024: a candidate above zero
    "linear_sigmoid": Row("g", "g", _linear_sigmoid, _linear_sigmoid_slope),
    "log_sigmoid": Row("log σ", r"\log\sigma", _log_sigmoid, lambda a, y, s: _sigmoid(np.negative(a), s)),
    "exp": Row("exp", r"\exp", lambda a, y: np.exp(a, y), lambda a, y, s: np.copyto(s, y)),
    "cos": Row("cos", r"\cos", lambda a, y: np.cos(a, y), lambda a, y, s: np.negative(np.sin(a, s), s)),
    "sin": Row("sin", r"\sin", lambda a, y: np.sin(a, y), lambda a, y, s: np.cos(a, s)),
    "complement": Row("1−", "1 -", lambda a, y: np.subtract(1, a, y), lambda a, y, s: np.copyto(s, -1)),
    "negative": Row("−", "-", lambda a, y: np.negative(a, y), lambda a, y, s: np.copyto(s, -1)),
    "reciprocal": Row("1/", "1 /", _reciprocal, _reciprocal_slope),
}  # fmt: skip
"""Every function by name, with the defaults of its parameters."""

SIGMOID, TANH, IDENTITY = (function(name) for name in ("sigmoid", "tanh", "linear"))
COMPLEMENT, NEGATIVE, RECIPROCAL = (function(name) for name in ("complement", "negative", "reciprocal"))
