"""A recurrent layer of which the weights are at hand, as what is found in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from app.messages import RefusedError
from app.models.records import Answers, Found, Question
from app.models.words import word
from cells import Cell, Stack

Weights = Sequence[np.ndarray]


def layer_of(
    name: str,
    weights: Weights,
    make: Callable[[Weights, Answers], Stack],
    options: Callable[[Stack], Mapping[str, str]],
    questions: Sequence[Question] = (),
    start: Mapping[str, Mapping[str, np.ndarray]] | None = None,
) -> Found:
    """Return what a reader sees of a layer.

    Parameters
    ----------
    name : str
    weights : sequence of array
    make : callable
        What makes cells of the weights and of the answers.
    options : callable
        What there is to say of the cells.
    questions : sequence of Question
    start : mapping, optional

    Raises
    ------
    ValueError
        If there is no cell that computes what it computes; it says why.
    """
    bad = not_finite(weights)
    shown = make([np.zeros_like(w) if w.dtype.kind == "f" else w for w in weights] if bad else weights, {})

    def made(answers: Answers) -> Stack:
        if bad:
            raise RefusedError("file.not_finite", layer=word(name), count=bad)
        return make(weights, answers)

    return Found(
        name=name, kind=str(shown.first.kind).lower(), inputs=shown.inputs, units=shown.units, layers=shown.depth,
        directions=len(shown.cells) // shown.depth, made=made, options=options(shown), questions=tuple(questions),
        start=start or {},
    )  # fmt: skip


def not_finite(weights: Weights) -> int:
    """Return how many weights are NaN or infinite."""
    return sum(int(np.count_nonzero(~np.isfinite(w))) for w in weights if w.dtype.kind == "f")


def functions_of(cell: Cell) -> dict[str, str]:
    """Return the functions of a cell that are not the usual ones, by the names that Keras has for them."""
    said = {}
    for option, name, usual in (("activation", "activation", "tanh"), ("gate", "recurrent_activation", "sigmoid")):
        function = cell.options.get(option, usual)
        title = str(getattr(function, "name", function)).removesuffix("_fifth")
        if title != usual:
            said[name] = title
    return said
