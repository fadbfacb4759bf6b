"""The steps of the cells as they are worked by hand, each written once more in plain decimals, from its formulas.

`w` gives a row's weight on a letter ("" for the bias) and `r` rounds, as the paper says; σ and tanh round their sum.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

Numbers = dict[str, Decimal]
Rows = dict[str, tuple[Decimal | None, Decimal]]  # the sum before a function, if there is one, and the value


class Hand:
    """Works with one sheet's weights, to its number of decimals."""

    def __init__(self, weights: dict[tuple[str, str], Decimal], decimals: int, hard: bool = False):
        self.weights, self.places, self.hard = weights, Decimal(1).scaleb(-decimals), hard

    def r(self, value: Decimal) -> Decimal:
        return value.quantize(self.places, ROUND_HALF_UP)

    def w(self, row: str, on: str) -> Decimal:
        return self.weights.get((row, on), Decimal(0))

    def sigma(self, z: Decimal) -> Decimal:
        if self.hard:
            return min(Decimal(1), max(Decimal(0), z / 6 + Decimal("0.5")))
        return 1 / (1 + (-z).exp())

    def tanh(self, z: Decimal) -> Decimal:
        return 2 / (1 + (-2 * z).exp()) - 1

    def layer(self, row: str, function: Callable[[Decimal], Decimal], **on: Decimal) -> tuple[Decimal, Decimal]:
        total = sum((self.w(row, name.replace("past", "r·h")) * value for name, value in on.items()), self.w(row, ""))
        return self.r(total), self.r(function(self.r(total)))


def rnn(k: Hand, x: Decimal, s: Numbers) -> Rows:
    a = k.r(k.w("a", "h") * s["h"] + k.w("a", "x") * x + k.w("a", ""))
    return {"a": (None, a), "h": (a, k.r(k.tanh(a)))}


def lstm(k: Hand, x: Decimal, s: Numbers, *, linear: bool = False, coupled: bool = False) -> Rows:
    f = k.layer("f", k.sigma, h=s["h"], x=x, c=s["c"])
    i = (None, 1 - f[1]) if coupled else k.layer("i", k.sigma, h=s["h"], x=x, c=s["c"])
    g = k.layer("g", k.tanh, h=s["h"], x=x)
    c = k.r(f[1] * s["c"] + i[1] * g[1])
    o = k.layer("o", k.sigma, h=s["h"], x=x, c=c)
    h = k.r(o[1] * (c if linear else k.r(k.tanh(c))))
    return {"f": f, "i": i, "g": g, "c": (None, c), "o": o, "h": (None, h)}


def cheat_sheet(k: Hand, x: Decimal, s: Numbers) -> Rows:
    f, i, r, o = (k.layer(gate, k.sigma, h=s["h"], x=x) for gate in "firo")
    recall = k.r(r[1] * s["h"])
    g = k.layer("g", k.tanh, past=recall, x=x)
    c = k.r(i[1] * g[1] + f[1] * s["c"])
    return {"f": f, "i": i, "r": r, "r·h": (None, recall), "g": g, "c": (None, c), "o": o, "h": (None, k.r(o[1] * c))}


def gru(k: Hand, x: Decimal, s: Numbers, *, writes: bool = False) -> Rows:
    r, z = (k.layer(gate, k.sigma, h=s["h"], x=x) for gate in "rz")
    past = k.r(k.w("Uh", "h") * s["h"] + k.w("Uh", ""))
    total = k.r(k.w("n", "x") * x + k.w("n", "") + r[1] * past)
    n = (total, k.r(k.tanh(total)))
    kept = 1 - z[1] if writes else z[1]
    return {"r": r, "z": z, "Uh": (None, past), "n": n, "h": (None, k.r(kept * s["h"] + (1 - kept) * n[1]))}


def gru_before(k: Hand, x: Decimal, s: Numbers) -> Rows:
    r, z = (k.layer(gate, k.sigma, h=s["h"], x=x) for gate in "rz")
    recall = k.r(r[1] * s["h"])
    n = k.layer("n", k.tanh, past=recall, x=x)
    return {"r": r, "z": z, "r·h": (None, recall), "n": n, "h": (None, k.r(z[1] * s["h"] + (1 - z[1]) * n[1]))}


STEPS: dict[str, Callable[[Hand, Decimal, Numbers], Rows]] = {
    "rnn": rnn,
    "lstm": lstm,
    "peephole": lstm,
    "hard": lstm,
    "linear": lambda k, x, s: lstm(k, x, s, linear=True),
    "coupled": lambda k, x, s: lstm(k, x, s, coupled=True),
    "sheet": cheat_sheet,
    "gru": gru,
    "write": lambda k, x, s: gru(k, x, s, writes=True),
    "before": gru_before,
}
