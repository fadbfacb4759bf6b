"""Checks of arguments: each refuses with a ValueError that says which argument, what was expected and what came."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np

Array = np.ndarray


class UnknownNameError(ValueError, KeyError):
    """A name that nothing has; also a KeyError, as mappings raise it."""

    __str__ = Exception.__str__  # a KeyError would quote its message


def numbers(name: str, value: object, finite: bool = True) -> Array:
    """Return ``value`` as a float array; refuse what is no array of (finite) numbers.

    Floats of half precision become float32, other numbers float64.
    """
    try:
        array = np.asarray(value)
        half = array.dtype == np.float16 or array.dtype.name == "bfloat16"
        if array.dtype.kind not in "biuf" and not half:
            raise TypeError
        if array.dtype not in (np.float32, np.float64):
            array = array.astype(np.float32 if half else np.float64)
    except (TypeError, ValueError, RuntimeError):  # a RuntimeError is torch's, of a tensor that requires a gradient
        hint = "; detach() it" if getattr(value, "requires_grad", False) else ""
        raise ValueError(f"{name}: expected an array of numbers, got {value!r:.80}{hint}") from None
    if finite:
        expect_finite(name, array)
    return array


def expect_finite(name: str, array: Array, read: Array | None = None) -> None:
    """Refuse NaN and infinity; in the places to ``read`` alone, if they are given (broadcastable to the array)."""
    bad = ~np.isfinite(array)
    if read is not None:
        bad &= read
    if bad.any():
        where = tuple(int(k) for k in np.argwhere(bad)[0])
        raise ValueError(f"{name}: expected finite numbers, got {array[where]} at index {where}")


def scalar(name: str, value: Any, least: float = -np.inf) -> float:
    """Return a finite number of at least ``least``."""
    if isinstance(value, (int, float, np.integer, np.floating)) and np.isfinite(value) and value >= least:
        return float(value)
    raise ValueError(f"{name}: expected a number{_at_least(least)}, got {value!r:.80}")


def whole(name: str, value: Any, least: int = 1, most: int | None = None) -> int:
    """Return a whole number from ``least`` to ``most``."""
    if isinstance(value, (int, np.integer)) and least <= value and (most is None or value <= most):
        return int(value)
    limits = _at_least(least) if most is None else f", {least} … {most}"
    raise ValueError(f"{name}: expected a whole number{limits}, got {value!r:.80}")


def whole_numbers(name: str, value: object, count: int, least: int, most: int) -> Array:
    """Return ``count`` whole numbers from ``least`` to ``most``."""
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        array = np.empty(0)
    if array.dtype.kind not in "iu" or array.shape != (count,) or array.min() < least or array.max() > most:
        raise ValueError(f"{name}: expected {count} whole numbers from {least} to {most}, got {value!r:.80}")
    return array


def one_of(name: str, value: object, allowed: tuple[object, ...]) -> None:
    """Refuse what is none of the allowed values."""
    if not isinstance(value, Hashable) or value not in allowed:
        raise ValueError(f"{name}: expected {' or '.join(map(repr, allowed))}, got {value!r:.80}")


def instance(name: str, value: object, kind: type | tuple[type, ...], expected: str) -> None:
    """Refuse what is no ``kind``."""
    if not isinstance(value, kind):
        raise ValueError(f"{name}: expected {expected}, got {value!r:.80}")


def mapping(name: str, value: Any, expected: str) -> Mapping[str, Any]:
    """Return ``value`` if it is a mapping of what is ``expected``."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{name}: expected a mapping of {expected}, got {value!r:.80}")
    return value


def known(what: str, names: Iterable[object], expected: Iterable[str]) -> None:
    """Refuse a name that is not among those expected."""
    expected = list(expected)
    for name in names:
        if not isinstance(name, str) or name not in expected:
            raise UnknownNameError(f"unknown {what} {name!r:.80}: expected {', '.join(expected) or 'none'}")


def _at_least(least: float) -> str:
    return f" of at least {least}" if np.isfinite(least) else ""
