"""Initial weights, all drawn from one seed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cells.checks import Array, known, scalar

INITIALISERS = ("uniform", "glorot", "orthogonal", "identity", "zeros")


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
