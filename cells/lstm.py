"""Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000).

Computed as ``torch.nn.LSTM`` does: https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html
"""

from cells.cell import cell
from cells.expression import affine, sigmoid, tanh


@cell(key="lstm", state=("h", "c"), output="h")
def LSTM(x, h, c):
    """LSTM: gates f, i, o and the candidate g; c keeps f of itself and takes i of g; h shows o of tanh c."""
    f = sigmoid(affine("f", x, h))
    i = sigmoid(affine("i", x, h))
    g = tanh(affine("g", x, h))
    o = sigmoid(affine("o", x, h))
    keep, write = f * c, i * g
    c = keep + write
    squash = tanh(c)
    h = o * squash
    return locals()
