"""Cells: a definition, its options, and one named array per parameter."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache, cached_property

import numpy as np

from cells.expression import Graph, graph_of
from cells.initial import draw, scaled

Array = np.ndarray

CELLS: dict[str, Kind] = {}
"""Every registered kind of cell, by key."""


def cell(key: str, state: tuple[str, ...], output: str) -> Callable[[Callable[..., dict]], Kind]:
    """Return a decorator that makes a kind of cell of a definition and registers it.

    Parameters
    ----------
    key : str
        The kind's name in :data:`CELLS`.
    state : tuple of str
        Names of the states, in the order of the definition's arguments after ``x``.
    output : str
        The state that is the cell's output.
    """

    def register(definition: Callable[..., dict]) -> Kind:
        CELLS[key] = Kind(key, definition, state, output)
        return CELLS[key]

    return register


class Kind:
    """A kind of cell: calling it with one named array per parameter gives a :class:`Cell`.

    Attributes
    ----------
    key : str
    states : tuple of str
    output : str
    options : dict
        The options of the definition with their defaults.
    """

    def __init__(self, key: str, definition: Callable[..., dict], states: tuple[str, ...], output: str):
        self.key, self.definition, self.states, self.output = key, definition, states, output
        self.__doc__ = definition.__doc__
        keywords = inspect.signature(definition).parameters.values()
        self.options = {p.name: p.default for p in keywords if p.kind is p.KEYWORD_ONLY}
        self.graph = cache(lambda **options: graph_of(definition, states, output, **options))

    def __repr__(self) -> str:
        return self.definition.__name__

    def __call__(self, **named: object) -> Cell:
        """Return a cell with these parameters and options.

        Parameters
        ----------
        **named
            One array per parameter (``W_f=…`` of shape (H, D), ``U_f`` (H, H), ``b_f`` (H,), …), and options.

        Raises
        ------
        ValueError
            If a name is unknown or missing, or an array has the wrong shape or is not finite.
        """
        options = {k: named.pop(k) for k in self.options if k in named}
        return Cell(self, options, named)

    def random(
        self,
        inputs: int,
        units: int,
        seed: int | None = None,
        *,
        kernel: str = "uniform",
        recurrent: str = "uniform",
        bias: str = "uniform",
        forget_bias: float | None = None,
        spectral_radius: float | None = None,
        **options: object,
    ) -> Cell:
        """Return a cell with drawn parameters, as PyTorch draws them unless told otherwise.

        Parameters
        ----------
        inputs, units : int
            D and H, both at least 1.
        seed : int, optional
        kernel, recurrent, bias : str
            Initialisers of W, of U and of the vectors, see :func:`cells.initial.draw`.  Keras's are ``"glorot"``,
            ``"orthogonal"`` and ``"zeros"`` with ``forget_bias=1``; an IRNN has ``recurrent="identity"``.
        forget_bias : float, optional
            Fills the bias of the gate that keeps: b_f of an LSTM, b_z of a GRU whose z keeps.
        spectral_radius : float, optional
            Every U is scaled to it.
        **options
            The kind's options.

        Raises
        ------
        ValueError
            If a size, an initialiser or an option is not what it must be.
        """
        _known(f"{self} option", options, self.options)
        sizes = {"D": positive("inputs", inputs), "H": positive("units", units)}
        if options.get("projection"):
            sizes["P"] = positive("projection", options["projection"])
        random, by_letter = np.random.default_rng(seed), {"W": kernel, "U": recurrent, "P": kernel}
        parameters = {
            name: draw(by_letter.get(name[0], bias), tuple(sizes[s] for s in shape), units, random)
            for name, shape in self.graph(**(self.options | options)).shapes.items()
        }
        if forget_bias is not None:
            keep = self.graph(**(self.options | options)).values.get("keep")
            gates = [f"b_{node.name}" for node in (keep.inputs if keep else ()) if f"b_{node.name}" in parameters]
            if not gates:
                raise ValueError(f"forget_bias: {self} has no gate of its own that keeps")
            parameters |= {name: np.full(units, float(forget_bias)) for name in gates}
        if spectral_radius is not None:
            parameters = scaled(parameters, spectral_radius)
        return Cell(self, options, parameters)


class Cell:
    """One cell: a kind, its options and its parameters (read-only arrays).

    Attributes
    ----------
    kind : Kind
    options : dict
    parameters : dict of str to numpy.ndarray
    graph : Graph
    sizes : dict of str to int
        The length behind each symbol: ``"D"`` inputs, ``"H"`` units.
    dtype : numpy.dtype
        float32 if every parameter is float32, else float64.
    """

    def __init__(self, kind: Kind, options: Mapping[str, object], parameters: Mapping[str, object]):
        self.kind = kind
        self.options = kind.options | {k: v.item() if isinstance(v, np.generic) else v for k, v in options.items()}
        self.graph: Graph = kind.graph(**self.options)
        shapes = self.graph.shapes
        _exact_names(f"{kind} parameter", parameters, shapes)
        arrays = {name: numbers(name, parameters[name]) for name in shapes}
        self.dtype = float_type(*(a.dtype for a in arrays.values()))
        self.sizes = _sizes(arrays, shapes)
        if self.sizes.get("P", projection := self.options.get("projection")) != projection:
            raise ValueError(f"projection: expected the rows of P_h, {self.sizes['P']}, got {projection!r}")
        for name, array in arrays.items():
            _expect_shape(name, array, shapes[name], self.sizes)
            arrays[name] = array.astype(self.dtype)
            arrays[name].setflags(write=False)
        self.parameters: dict[str, Array] = arrays

    @property
    def inputs(self) -> int:
        """D, the number of inputs."""
        return self.sizes["D"]

    @property
    def units(self) -> int:
        """H, the number of hidden units."""
        return self.sizes["H"]

    @cached_property
    def parameters_count(self) -> int:
        """How many numbers the cell has learnt or could learn."""
        return sum(p.size for p in self.parameters.values())

    def replace(self, **parameters: object) -> Cell:
        """Return the same cell with some parameters replaced."""
        return Cell(self.kind, self.options, self.parameters | parameters)

    def __repr__(self) -> str:
        return f"<{self.kind} inputs={self.inputs} units={self.units} {self.dtype}>"


def numbers(name: str, value: object) -> Array:
    """Return ``value`` as a float array; refuse what is not finite numbers, naming the argument."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
        array = array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: expected an array of numbers, got {value!r:.80}") from None
    bad = ~np.isfinite(array)
    if bad.any():
        where = tuple(int(k) for k in np.argwhere(bad)[0])
        raise ValueError(f"{name}: expected finite numbers, got {array[where]} at index {where}")
    return array


def float_type(*types: np.dtype) -> np.dtype:
    """Return float32 if all types are float32, else float64."""
    return np.dtype(np.float32 if all(t == np.float32 for t in types) else np.float64)


def one_of(name: str, value: object, allowed: tuple) -> None:
    """Refuse an option that is none of those allowed."""
    if value not in allowed:
        raise ValueError(f"{name}: expected {' or '.join(map(repr, allowed))}, got {value!r}")


def positive(name: str, value: object) -> int:
    """Return a whole number of at least 1; refuse anything else, naming the argument."""
    if not isinstance(value, (int, np.integer)) or value < 1:
        raise ValueError(f"{name}: expected a whole number of at least 1, got {value!r}")
    return int(value)


def _known(what: str, given: Mapping[str, object], expected: Mapping[str, object]) -> None:
    unknown = [name for name in given if name not in expected]
    if unknown:
        raise ValueError(f"unknown {what} {unknown[0]!r}: expected {', '.join(expected) or 'none'}")


def _exact_names(what: str, given: Mapping[str, object], expected: Mapping[str, object]) -> None:
    _known(what, given, expected)
    missing = [name for name in expected if name not in given]
    if missing:
        raise ValueError(f"missing {what} {missing[0]!r}: expected {', '.join(expected)}")


def _sizes(arrays: Mapping[str, Array], shapes: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Read every size's symbol off the first array of matching rank that has it."""
    sizes: dict[str, int] = {}
    for name, shape in shapes.items():
        if arrays[name].ndim == len(shape):
            for symbol, length in zip(shape, arrays[name].shape, strict=True):
                if length == 0:
                    raise ValueError(
                        f"{name}: expected at least one unit and one input, got shape {arrays[name].shape}"
                    )
                sizes.setdefault(symbol, length)
    return sizes


def _expect_shape(name: str, array: Array, shape: tuple[str, ...], sizes: Mapping[str, int]) -> None:
    expected = tuple(sizes.get(symbol, symbol) for symbol in shape)
    if array.shape != expected:
        symbols = ", ".join(shape) + ("," if len(shape) == 1 else "")
        raise ValueError(f"{name}: expected shape ({symbols}) = {expected}, got {array.shape}")
