"""The gated recurrent unit (Cho et al. 2014), with PyTorch's reset after the matrix product.

Computed as ``torch.nn.GRU`` does: https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html
"""

from cells.cell import cell
from cells.expression import affine, matrix, sigmoid, tanh, vector


@cell(key="gru", state=("h",), output="h")
def GRU(x, h):
    """GRU: r recalls part of the past for the candidate n; z keeps part of h and lets 1 − z of n in."""
    r = sigmoid(affine("r", x, h))
    z = sigmoid(affine("z", x, h))
    Uh = matrix("U_n", h) + vector("d_n")
    recall = r * Uh
    a_n = matrix("W_n", x) + vector("b_n") + recall
    n = tanh(a_n)
    one_minus_z = 1 - z
    keep, write = z * h, one_minus_z * n
    h = keep + write
    return locals()
