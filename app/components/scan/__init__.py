"""A parallel scan, round by round, over the loop that arrives at the same states one timestep after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np

from app.components import component
from app.components.scan.data import Data, Node, Row, Word
from app.formatting import number
from app.i18n import filled

WORDS: tuple[Word, ...] = get_args(Word)
PRINTED, EXACT = 2, 4  # decimals in the picture, and where it says how a number is computed

Maps = tuple[np.ndarray, np.ndarray]
"""Of every timestep: what it multiplies the state before it by, and what it adds, (T,) each, real or complex."""


def scan(
    x: np.ndarray, rounds: Sequence[Maps], loop: np.ndarray, role: str, words: Mapping[str, str], key: str
) -> None:
    """Draw the rounds of a scan and the loop, on one clock.

    Parameters
    ----------
    x : array (T,)
        What the cell reads.
    rounds : sequence of (array (T,), array (T,))
        Factors and additions before the first round and after each; none of a cell that cannot be scanned.
    loop : array (T,)
        The states of the run.
    role : str
        The letter whose hue the states have.
    words : mapping of str to str
        Those of `WORDS`; names of rows (``alone``, ``round``, ``apart``); sentences of a node (``of.alone``,
        …, see :func:`node` and :func:`step`) and of the clock (``at.start``, …, see :func:`clock`).
    key : str
    """
    component("scan")(key=key, data=picture(x, rounds, loop, role, words))


def picture(x: np.ndarray, rounds: Sequence[Maps], loop: np.ndarray, role: str, words: Mapping[str, str]) -> Data:
    """What the browser draws."""
    rows: list[Row] = [
        {
            "name": filled(words["round" if k else "alone"], {"k": f"{k}"}),
            "note": filled(words["apart"], {"n": f"{2 ** (k - 1)}"}) if k else "",
            "nodes": [node(rounds, k, t, words) for t in range(len(loop))],
        }
        for k in range(len(rounds))
    ]
    looped: Row = {
        "name": words["loop"],
        "note": "",
        "nodes": [
            {"first": 0, "factor": [], "state": lines(state), "said": step(rounds, loop, t, words)}
            for t, state in enumerate(loop.tolist())
        ],
    }
    told = [clock(len(rounds) - 1, len(loop), tick, words) for tick in range(len(loop) + 1)]
    inputs = [number(value, PRINTED) for value in x.tolist()]
    return {
        "rows": rows,
        "loop": looped,
        "inputs": inputs,
        "told": told,
        "role": role,
        "words": {word: words[word] for word in WORDS},
    }


def node(rounds: Sequence[Maps], k: int, t: int, words: Mapping[str, str]) -> Node:
    """A timestep after k rounds."""
    factor, state = rounds[k][0][t], rounds[k][1][t]
    first, apart = max(0, t + 1 - 2**k), 2**k // 2
    values = {
        "t": f"{t + 1}",
        "k": f"{k}",
        "factor": written(factor),
        "state": written(state),
        "early": between(first, t - apart),
        "late": between(t - apart + 1, t),
    }
    if k and t >= apart:
        late, early = ([each[s] for each in rounds[k - 1]] for s in (t, t - apart))
        kind = "whole" if first == 0 else "join"
        values |= {"a": factor_of(late[0]), "b": plus(late[1]), "c": factor_of(early[0]), "d": factor_of(early[1])}
    else:
        kind = "done" if k else "first" if t == 0 else "alone"
    return {
        "first": first,
        "factor": lines(factor, "factor") if first else [],
        "state": lines(state, "addition" if first else ""),
        "said": filled(words[f"of.{kind}"], values),
    }


def step(rounds: Sequence[Maps], loop: np.ndarray, t: int, words: Mapping[str, str]) -> str:
    """How the loop computes a timestep."""
    values = {"t": f"{t + 1}", "before": f"{t}", "state": written(loop[t])}
    if not t:
        return filled(words["of.begin"], values)
    values |= {"from": factor_of(loop[t - 1]) if rounds else written(loop[t - 1])}
    if not rounds:
        return filled(words["of.wait"], values)
    factor, addition = rounds[0]
    return filled(words["of.loop"], values | {"a": factor_of(factor[t]), "b": plus(addition[t])})


def clock(rounds: int, steps: int, tick: int, words: Mapping[str, str]) -> str:
    """What has happened after a tick, of so many rounds (−1 of a cell that cannot be scanned) and steps."""
    values = {"k": f"{tick}", "n": f"{2**tick // 2}", "reach": f"{2**tick}", "t": f"{tick}", "next": f"{tick + 1}",
              "steps": f"{steps}", "rounds": f"{rounds}"}  # fmt: skip
    if rounds < 0:
        kind = "waited" if tick == steps else "waits" if tick else "idle"
    elif tick in (0, steps):
        kind = "end" if tick else "start"
    else:
        kind = "round" if tick < rounds else "last" if tick == rounds else "loop"
    return filled(words[f"at.{kind}"], values)


def between(first: int, last: int) -> str:
    """Timesteps as a reader counts them: 2–3, or one alone."""
    return f"{first + 1}" if first == last else f"{first + 1}\N{EN DASH}{last + 1}"


def signed(value: float, decimals: int) -> str:
    """A number after another: + 0.31, − 0.31."""
    text = number(value, decimals)
    return text.replace("\N{MINUS SIGN}", "\N{MINUS SIGN} ") if text.startswith("\N{MINUS SIGN}") else f"+ {text}"


def written(value: complex) -> str:
    """A number in a sentence."""
    if not isinstance(value, complex):
        return number(float(value), EXACT)
    return f"{number(value.real, EXACT)} {signed(value.imag, EXACT)} i"


def factor_of(value: complex) -> str:
    """A number in a product: in brackets if it is negative or has two parts."""
    text = written(value)
    return f"({text})" if isinstance(value, complex) or text.startswith("\N{MINUS SIGN}") else text


def plus(value: complex) -> str:
    """A number that is added to a product."""
    return f"+ {factor_of(value)}" if isinstance(value, complex) else signed(float(value), EXACT)


def lines(value: complex, kind: str = "") -> list[str]:
    """A number in the picture, a line for each part; as a ``factor`` or an ``addition`` with its sign."""
    real, imaginary = number(value.real, PRINTED), f"{signed(value.imag, PRINTED)} i"
    alone = not isinstance(value, complex)
    if kind == "factor":
        return [f"× {real}"] if alone else [f"× ({real}", f"{imaginary})"]
    first = signed(value.real, PRINTED) if kind == "addition" else real
    return [first] if alone else [first, imaginary]
