"""First states that a model has learned: parameters beside a recurrent module, told by their names and shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import prod

import numpy as np

from app.messages import Message
from app.models.numbers import FLOATS
from app.models.records import Found, Tensor
from app.models.words import listed, word

MARKED = r"(?:init|initial|start|first|learned)"
NAMED = r"(h|c|hidden|cell)(?:_?state)?"
STATE = re.compile(rf"(?:(.*)\.)?(?:{MARKED}_?{NAMED}|{NAMED}_?(?:0|{MARKED}))", re.IGNORECASE)
"""``h0``, ``init_c``, ``initial_hidden_state``, ``cell_start``."""
MOST = 400  # of such names that are looked at


def with_first_states(
    found: Iterable[Found], others: Mapping[str, Tensor]
) -> tuple[list[Found], set[str], list[Message]]:
    """Return modules with the first states that belong to them, the names of these, and notes.

    A state belongs to the only module of its size that stands beside it, or around it.
    """
    modules = list(found)
    named = [(match, tensor) for name, tensor in others.items() if (match := STATE.fullmatch(name))][:MOST]
    taken: dict[int, dict[str, Tensor]] = {}
    for match, tensor in named:
        parent, letter = match[1] or "", (match[2] or match[3])[0].lower()
        owners = [k for k, each in enumerate(modules) if beside(parent, each.name) and fits(each, letter, tensor)]
        if len(owners) == 1:
            taken.setdefault(owners[0], {}).setdefault(letter, tensor)
    notes, used = [], set[str]()
    for k, states in taken.items():
        each = modules[k]
        start = split(each, states)
        if start:
            modules[k] = replace(each, start=start)
            names = [tensor.name for tensor in states.values()]
            used |= set(names)
            notes.append(Message("file.note.start", layer=word(each.name or each.kind.upper()), listed=listed(names)))
    return modules, used, notes


def beside(parent: str, module: str) -> bool:
    """Whether a parameter of this parent stands beside a module, or inside of it."""
    return parent in (module, module.rpartition(".")[0])


def fits(found: Found, letter: str, tensor: Tensor) -> bool:
    """Whether a tensor has a row for each cell of a module."""
    if tensor.dtype not in FLOATS or (letter == "c" and found.kind != "lstm") or not 1 <= len(tensor.shape) <= 3:
        return False
    width = int(found.options.get("projection", found.units)) if letter == "h" else found.units
    return tensor.shape[-1] == width and prod(tensor.shape[:-1]) == found.layers * found.directions


def split(found: Found, states: Mapping[str, Tensor]) -> dict[str, dict[str, np.ndarray]]:
    """Return the rows of each state by cell; none if a number is not finite."""
    ways = ("forward", "backward")[: found.directions]
    cells = [f"{layer}.{way}" for layer in range(found.layers) for way in ways]
    rows = {letter: tensor.read().reshape(len(cells), -1) for letter, tensor in states.items()}
    if not all(np.isfinite(each).all() for each in rows.values()):
        return {}
    return {cell: {letter: each[k] for letter, each in rows.items()} for k, cell in enumerate(cells)}
