"""The vanilla recurrent network of Elman (1990), as ``torch.nn.RNN`` computes it."""

from cells.cell import Definition, cell
from cells.expression import Node, apply, matrix, vector
from cells.functions import Function


@cell(key="rnn", state=("h",), output="h")
def RNN(x: Node, h: Node, *, activation: str | Function = "tanh", clip: float | None = None) -> Definition:
    """Vanilla RNN: h = tanh(U_h h + W_h x + b_h).

    Options: ``activation`` (any of :data:`cells.functions.FUNCTIONS`), ``clip`` (bound of the pre-activation).
    """
    Uh, Wx = matrix("U_h", h), matrix("W_h", x)
    a = Uh + Wx + vector("b_h")
    h = apply(activation, a, clip)
    return locals()
