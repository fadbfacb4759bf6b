"""Initial weights, all drawn from one seed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cells.checks import Array, known, one_of, scalar

INITIALISERS = ("uniform", "glorot", "orthogonal", "identity", "zeros")

GATES = {"rnn": "h", "lstm": "ifgo", "gru": "rzn"}
"""The kinds of cell that PyTorch and Keras have, with their gates in PyTorch's order."""

FRAMEWORKS = ("torch", "keras")

Shapes = Mapping[str, tuple[int, ...]]


def draw(name: str, shape: tuple[int, ...], units: int, random: np.random.Generator) -> Array:
    """Return one parameter.

    Parameters
    ----------
    name : str
        ``"uniform"``: ±1/√units, PyTorch's for every parameter; ``"glorot"``: ±√(6 / (rows + columns)) (Glorot & Bengio
        2010) and ``"orthogonal"`` (Saxe et al. 2014), which Keras uses for W and for U, there each one matrix for all
        gates; ``"identity"``: the IRNN's U (Le et al. 2015); ``"zeros"``.
    shape : tuple of int
    units : int
    random : numpy.random.Generator
    """
    known("initialiser", [name], INITIALISERS)
    if name == "zeros":
        return np.zeros(shape)
    if name != "uniform" and len(shape) != 2:
        raise ValueError(f"initialiser {name!r} is for matrices, got shape {shape}")
    if name in ("identity", "orthogonal"):
        return np.eye(shape[0], shape[1]) if name == "identity" else orthogonal(shape, random)
    values: Array = random.uniform(-1, 1, shape)
    if name == "uniform":
        values /= np.sqrt(units)
    else:
        values *= np.sqrt(6 / sum(shape))
    return values


def drawn(shapes: Shapes, units: int, names: Mapping[str, str], stacked: bool, seed: int | None) -> dict[str, Array]:
    """Return every parameter, drawn by the initialiser of its letter in ``names``, or of ``"b"``.

    ``stacked``: W of all gates is one matrix, (G·H, D), and U is one, (G·H, H), which are cut after they are drawn.
    """
    random = np.random.default_rng(seed)
    if not stacked:
        return {name: draw(names.get(name[0], names["b"]), shape, units, random) for name, shape in shapes.items()}
    parameters: dict[str, Array] = {}
    for letter in dict.fromkeys(name[0] for name in shapes):
        gates = [name for name in shapes if name[0] == letter]
        rows, *columns = shapes[gates[0]]
        whole = draw(names.get(letter, names["b"]), (len(gates) * rows, *columns), units, random)
        parameters |= dict(zip(gates, np.split(whole, len(gates)), strict=True))
    return {name: parameters[name] for name in shapes}


def initial(
    key: str, shapes: Shapes, units: int, seed: int | None, how: Mapping[str, str], stacked: bool, like: str | None
) -> dict[str, Array]:
    """Return a kind's parameters, drawn by the initialisers of kernel, recurrent and bias, or ``like`` a framework."""
    for name, value in how.items():
        one_of(name, value, INITIALISERS)
    one_of("stacked", stacked, (False, True))
    one_of("like", like, (None, *FRAMEWORKS))
    if like is None:
        letters = {"W": how["kernel"], "U": how["recurrent"], "P": how["kernel"], "b": how["bias"]}
        return drawn(shapes, units, letters, stacked, seed)
    if stacked or set(how.values()) != {"uniform"}:
        raise ValueError(f"like: {like!r} says how everything is drawn; expected no kernel, recurrent, bias, stacked")
    return drawn_like(like, key, shapes, units, seed)


def drawn_like(framework: str, key: str, shapes: Shapes, units: int, seed: int | None) -> dict[str, Array]:
    """Return every parameter of a kind of cell as a framework's layer draws its own by default.

    Keras (``keras.layers.LSTM``): glorot_uniform for W, orthogonal for U, each one matrix for all gates; zeros; ones
    for an LSTM's b_f (``unit_forget_bias``).  PyTorch (``torch.nn.LSTM``): ±1/√H for everything, two biases, which are
    added up but for a GRU's b_n and d_n; with a seed the very numbers that ``torch.manual_seed(seed)`` gives a module
    of float64, but for the last bit.

    Raises
    ------
    ValueError
        If the framework has no such layer.
    """
    gates = GATES.get(key, "")
    own = {f"{letter}_{gate}" for letter in "WUb" for gate in gates}
    own |= {"d_n"} if key == "gru" and (framework == "torch" or "d_n" in shapes) else set()
    if not gates or set(shapes) - ({"P_h"} if framework == "torch" else set()) != own:
        raise ValueError(f"like: {framework} has no {key} with these options")
    if framework == "torch":
        return _like_torch(gates, shapes, units, seed)
    parameters = drawn(shapes, units, {"W": "glorot", "U": "orthogonal", "b": "zeros"}, True, seed)
    return parameters | ({"b_f": np.ones(units)} if key == "lstm" else {})


def _like_torch(gates: str, shapes: Shapes, units: int, seed: int | None) -> dict[str, Array]:
    """Draw weight_ih, weight_hh, bias_ih, bias_hh and weight_hr, each of all gates, with torch's generator."""
    random = np.random.RandomState(None if seed is None else seed % 2**32)  # MT19937, as torch seeds it

    def values(*shape: int) -> Array:
        high, low = random.randint(0, 2**32, (2, int(np.prod(shape)))[::-1], np.uint32).astype(np.uint64).T
        part = ((high << np.uint64(32) | low) & np.uint64(2**53 - 1)) * 2.0**-53
        bound = 1 / np.sqrt(units)
        return np.asarray(part * (2 * bound) - bound).reshape(shape)

    many, first = len(gates), gates[0]
    W, U = (values(many * units, shapes[f"{letter}_{first}"][1]) for letter in "WU")
    b, d = values(many * units), values(many * units)
    cut = (dict(zip(gates, np.split(a, many), strict=True)) for a in (W, U, b, d))
    parts = dict(zip("WUbd", cut, strict=True))
    parameters = {f"{letter}_{gate}": parts[letter][gate] for letter in "WUb" for gate in gates}
    for gate in gates:
        if f"d_{gate}" in shapes:
            parameters[f"d_{gate}"] = parts["d"][gate]
        else:
            parameters[f"b_{gate}"] = parts["b"][gate] + parts["d"][gate]
    if "P_h" in shapes:
        parameters["P_h"] = values(*shapes["P_h"])
    return {name: parameters[name] for name in shapes}


def orthogonal(shape: tuple[int, ...], random: np.random.Generator) -> Array:
    """Return a matrix with orthonormal rows or columns, uniform among them (QR with the signs of R's diagonal)."""
    q, r = np.linalg.qr(random.normal(size=(max(shape), min(shape))))
    q *= np.sign(np.diag(r))
    return q if shape[0] >= shape[1] else q.T


def scaled(parameters: Mapping[str, Array], radius: float) -> dict[str, Array]:
    """Return the parameters with every recurrent matrix U scaled to a spectral radius."""
    radius = scalar("spectral_radius", radius, least=0)
    return {name: _scaled(name, p, radius) if name.startswith("U") else p for name, p in parameters.items()}


def _scaled(name: str, matrix: Array, radius: float) -> Array:
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"spectral_radius: {name} is not square, got shape {matrix.shape}")
    now = spectral_radius(matrix)
    if now == 0:
        raise ValueError(f"spectral_radius: {name} has none but zero eigenvalues, which no factor scales")
    return matrix * (radius / now)


def spectral_radius(matrix: Array) -> float:
    """Return the largest modulus of a square matrix's eigenvalues."""
    return float(np.abs(np.linalg.eigvals(matrix)).max())
