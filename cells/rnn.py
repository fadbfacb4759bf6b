"""The vanilla recurrent network of Elman (1990), as ``torch.nn.RNN`` computes it."""

from cells.cell import cell
from cells.expression import matrix, tanh, vector


@cell(key="rnn", state=("h",), output="h")
def RNN(x, h):
    """Vanilla RNN: h = tanh(U_h h + W_h x + b_h)."""
    Uh, Wx = matrix("U_h", h), matrix("W_h", x)
    a = Uh + Wx + vector("b_h")
    h = tanh(a)
    return locals()
