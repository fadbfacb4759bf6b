"""The minimal recurrent networks of Feng et al. (2024), "Were RNNs all we needed?": https://arxiv.org/abs/2410.01201

Their gates and candidates see the input alone, so that a state is linear in the state before it: all timesteps can be
computed at once by a parallel scan.  Left out of the paper's block: convolution, normalisation, the layers after it.
"""

from cells.cell import Definition, cell
from cells.expression import Node, affine, apply, sigmoid
from cells.functions import Function


@cell(key="min_gru", state=("h",), output="h")
def MinGRU(x: Node, h: Node, *, activation: str | Function = "linear") -> Definition:
    """minGRU: z = σ(W_z x + b_z), n = W_n x + b_n, h = (1 − z) ⊙ h + z ⊙ n.

    Options: ``activation`` of the candidate (any of :data:`cells.functions.FUNCTIONS`): ``"linear"`` as in the paper's
    first version, or ``"linear_sigmoid"``, the g of the version in logarithms, which keeps it positive.
    """
    z = sigmoid(affine("z", x))
    n = apply(activation, affine("n", x))
    one_minus_z = 1 - z
    keep, write = one_minus_z * h, z * n
    h = keep + write
    return locals()


@cell(key="min_lstm", state=("h",), output="h")
def MinLSTM(x: Node, h: Node, *, activation: str | Function = "linear") -> Definition:
    """minLSTM: gates f and i of the input, each by its share of both: h = f / (f + i) ⊙ h + i / (f + i) ⊙ n.

    Options: ``activation`` of the candidate n = W_n x + b_n, as of :class:`MinGRU`.  Where both gates are 0, at
    pre-activations below −745, there are no shares: the paper computes in logarithms there.
    """
    f = sigmoid(affine("f", x))
    i = sigmoid(affine("i", x))
    n = apply(activation, affine("n", x))
    both = f + i
    kept, let_in = f / both, i / both
    keep, write = kept * h, let_in * n
    h = keep + write
    return locals()
