"""Cells: a definition, its options, and one named array per parameter.

A definition returns its ``locals()``, so its names are public.  What they mean:

===============  =======================================================================================
``x``            the first argument: the input of the step
a state          an argument, as it enters the step; assigned last, as it leaves the step
one letter       a gate or a candidate: equations of other values call it by its letter
``a_<letter>``   the pre-activation of that gate, see :func:`cells.expression.affine`
``keep``         gate ⊙ state: what stays of the state
``write``        gate ⊙ candidate: what is added to it; ``keep + write`` is the state as it leaves the step
any other name   a value of the trace, which equations of other values write out
``W_<letter>``   a parameter (H, D), on the input; ``U_<letter>`` (H, H), on a state
``b_<letter>``   a parameter (H,): a bias, ``d_<letter>`` a second one; ``p_<letter>`` a peephole; ``l_<letter>`` a
                 logarithm, whose exponential a value is made of
===============  =======================================================================================
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Mapping
from functools import cache, cached_property, partial, wraps
from typing import Any

import numpy as np

from cells.checks import Array, instance, known, mapping, numbers, scalar, whole
from cells.display import Displayed
from cells.expression import Graph, Memory, graph_of
from cells.functions import Function
from cells.initial import initial, scaled
from cells.plan import Parameters

Definition = dict[str, Any]
"""What a definition returns: its ``locals()``."""

CELLS: dict[str, Kind] = {}
"""Every registered kind of cell, by key."""


def cell(
    key: str, state: tuple[str, ...], output: str, start: Mapping[str, float] | None = None
) -> Callable[[Callable[..., Definition]], Kind]:
    """Return a decorator that makes a kind of cell of a definition and registers it.

    Parameters
    ----------
    key : str
        The kind's name in :data:`CELLS`.
    state : tuple of str
        Names of the states, in the order of the definition's arguments after ``x``.
    output : str
        The state that is the cell's output.
    start : mapping of str to float, optional
        What a state is before the first step, where that is not 0.
    """

    def register(definition: Callable[..., Definition]) -> Kind:
        CELLS[key] = Kind(key, definition, state, output, start)
        return CELLS[key]

    return register


def kind_of(key: str) -> Kind:
    """Return a registered kind of cell by its key."""
    known("cell", [key], CELLS)
    return CELLS[key]


class Kind:
    """A kind of cell: calling it with one named array per parameter gives a :class:`Cell`.

    It is pickled as its key, so it must be registered where it is read.

    Attributes
    ----------
    key : str
    states : tuple of str
    output : str
    options : dict
        The options of the definition with their defaults.
    """

    def __init__(
        self,
        key: str,
        definition: Callable[..., Definition],
        states: tuple[str, ...],
        output: str,
        start: Mapping[str, float] | None = None,
    ):
        self.key, self.definition, self.states, self.output = key, definition, states, output
        self.__doc__ = definition.__doc__
        keywords = [p for p in inspect.signature(definition).parameters.values() if p.kind is p.KEYWORD_ONLY]
        self.options: dict[str, Any] = {p.name: p.default for p in keywords}
        self._graph = cache(partial(graph_of, definition, states, output, start))
        named, drawn = inspect.signature(self.__call__), inspect.signature(self.random)
        self.__signature__ = named.replace(parameters=[*keywords, *named.parameters.values()])
        self.random = wraps(self.random)(partial(self.random))  # type: ignore[method-assign]
        parameters = [p for p in drawn.parameters.values() if p.kind is not p.VAR_KEYWORD]
        self.random.__signature__ = drawn.replace(parameters=[*parameters, *keywords])  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        return self.definition.__name__

    def __reduce__(self) -> tuple[Callable[[str], Kind], tuple[str]]:
        return kind_of, (self.key,)

    def __call__(self, **named: object) -> Cell:
        """Return a cell with these parameters and options.

        Parameters
        ----------
        **named
            One array per parameter (``W_f=…`` of shape (H, D), ``U_f`` (H, H), ``b_f`` (H,), …), and options.
        """
        options = {k: named.pop(k) for k in self.options if k in named}
        return Cell(self, options, named)

    def graph(self, **options: Any) -> Graph:
        """Return what one timestep computes, with these options; the same graph for the same options."""
        known(f"{self} option", options, self.options)
        for name, value in options.items():
            if not isinstance(value, Hashable):
                raise ValueError(f"{name}: expected a name, a number, a function or None, got {value!r:.80}")
        return self._graph(**self.options | options)

    def random(
        self,
        inputs: int,
        units: int,
        seed: int | None = None,
        *,
        kernel: str = "uniform",
        recurrent: str = "uniform",
        bias: str = "uniform",
        stacked: bool = False,
        like: str | None = None,
        forget_bias: float | None = None,
        spectral_radius: float | None = None,
        **options: Any,
    ) -> Cell:
        """Return a cell with drawn parameters, by default each uniform within ±1/√units.

        Parameters
        ----------
        inputs, units : int
            D and H, both at least 1.
        seed : int, optional
        kernel, recurrent, bias : str
            Initialisers of W, of U and of the vectors, see :func:`cells.initial.draw`; an IRNN has
            ``recurrent="identity"``.
        stacked : bool
            W of all gates is drawn as one matrix, and U too; else every gate's by itself.
        like : str, optional
            ``"keras"`` or ``"torch"``: everything as that framework's layer draws it by default, see
            :func:`cells.initial.drawn_like`.
        forget_bias : float, optional
            Fills the bias of the gate that keeps: b_f of an LSTM, b_z of a GRU whose z keeps.
        spectral_radius : float, optional
            Every U is scaled to it.
        **options
            The kind's options.
        """
        options, graph = _plain(options), self.graph(**options)
        sizes = {"D": whole("inputs", inputs), "H": whole("units", units), "1": 1}
        if options.get("projection"):
            sizes["P"] = whole("projection", options["projection"])
        seed = None if seed is None else whole("seed", seed, least=0)
        shapes = {name: tuple(sizes[s] for s in shape) for name, shape in graph.shapes.items()}
        how = {"kernel": kernel, "recurrent": recurrent, "bias": bias}
        parameters = initial(self.key, shapes, units, seed, how, stacked, like)
        if forget_bias is not None:
            gate = f"b_{graph.memory.gate.name}" if graph.memory else ""
            if gate not in parameters:
                raise ValueError(f"forget_bias: {self} has no gate of its own that keeps")
            parameters[gate] = np.full(units, scalar("forget_bias", forget_bias))
        if spectral_radius is not None:
            parameters = scaled(parameters, spectral_radius)
        return Cell(self, options, parameters)


class Cell(Displayed):
    """One cell: a kind, its options and its parameters (read-only arrays).

    Cells are equal if kind, options and parameters are.

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

    def __init__(self, kind: Kind, options: Mapping[str, Any], parameters: Mapping[str, object]):
        instance("kind", kind, Kind, "a kind of cell")
        self.kind = kind
        known(f"{kind} option", mapping("options", options, "names to values"), kind.options)
        self.options = kind.options | _plain(options)
        self.graph = kind.graph(**self.options)
        shapes = self.graph.shapes
        parameters = mapping("parameters", parameters, "parameters to arrays")
        known(f"{kind} parameter", parameters, shapes)
        for name in shapes:
            if name not in parameters:
                raise ValueError(f"missing {kind} parameter {name!r}: expected {', '.join(shapes)}")
        arrays = {name: numbers(name, parameters[name]) for name in shapes}
        self.dtype = float_type(*(a.dtype for a in arrays.values()))
        self.sizes = _sizes(arrays, shapes)
        if any(node.size == "1" for node in self.graph.nodes):
            self.sizes["1"] = 1
        if self.sizes.get("P", projection := self.options.get("projection")) != projection:
            raise ValueError(f"projection: expected the rows of P_h, {self.sizes['P']}, got {projection!r}")
        for name, array in arrays.items():
            _expect_shape(name, array, shapes[name], self.sizes)
            arrays[name] = array.astype(self.dtype)
            arrays[name].setflags(write=False)
        self.parameters: dict[str, Array] = arrays
        self._typed: dict[np.dtype, Parameters] = {}

    @property
    def inputs(self) -> int:
        """D, the number of inputs."""
        return self.sizes["D"]

    @property
    def units(self) -> int:
        """H, the number of hidden units."""
        return self.sizes["H"]

    def typed(self, dtype: np.dtype) -> Parameters:
        """Return the parameters as runs of this type take them, (1, …), made once."""
        if dtype not in self._typed:
            self._typed[dtype] = Parameters({n: p[None].astype(dtype, copy=False) for n, p in self.parameters.items()})
        return self._typed[dtype]

    @cached_property
    def parameters_count(self) -> int:
        """How many numbers the cell has learnt or could learn."""
        return sum(p.size for p in self.parameters.values())

    def replace(self, **parameters: object) -> Cell:
        """Return the same cell with some parameters replaced."""
        return Cell(self.kind, self.options, self.parameters | parameters)

    def __repr__(self) -> str:
        default = self.kind.options
        options = {k: v.name if isinstance(v, Function) else v for k, v in self.options.items() if v != default[k]}
        words = [f"{k}={v}" for k, v in {"inputs": self.inputs, "units": self.units, **options}.items()]
        return f"<{self.kind} {' '.join(words)} {self.dtype}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cell):
            return NotImplemented
        same = (self.kind, self.options, self.dtype) == (other.kind, other.options, other.dtype)
        return same and all(np.array_equal(p, other.parameters[name]) for name, p in self.parameters.items())

    def __hash__(self) -> int:
        return hash((self.kind, self.dtype, *self.options.values(), *self.sizes.values()))

    def __reduce__(self) -> tuple[type[Cell], tuple[Kind, dict[str, Any], dict[str, Array]]]:
        return Cell, (self.kind, self.options, self.parameters)


def memory(of: Cell | Kind) -> Memory | None:
    """Return how a cell, or a kind with its default options, keeps its state by a gate; None if it has no such gate."""
    instance("of", of, (Cell, Kind), "a cell or a kind of cell")
    return (of.graph if isinstance(of, Cell) else of.graph()).memory


def float_type(*types: np.dtype) -> np.dtype:
    """Return float32 if all types are float32, else float64."""
    return np.dtype(np.float32 if all(t == np.float32 for t in types) else np.float64)


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with Python's numbers in place of NumPy's."""
    return {name: value.item() if isinstance(value, np.generic) else value for name, value in options.items()}


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
