"""The sLSTM of xLSTM (Beck et al. 2024): https://arxiv.org/abs/2405.04517

As in the authors' code (https://github.com/NX-AI/xlstm).  Left out of the paper's block: heads (U has all units in one
block), convolution, normalisation, the layers around it.
"""

from cells.cell import Definition, cell
from cells.checks import one_of
from cells.expression import Node, affine, apply, exp, maximum, sigmoid, tanh


@cell(key="slstm", state=("h", "c", "n", "m"), output="h", start={"m": -1e5})
def SLSTM(x: Node, h: Node, c: Node, n: Node, m: Node, *, forget: str = "sigmoid",
          stabilised: bool = True) -> Definition:  # fmt: skip
    """sLSTM: an exponential input gate; n adds up what the gates let in, and h = o ⊙ c / n is an average of g's.

    g is the paper's z.  Options: ``forget`` (``"sigmoid"`` or ``"exp"``); ``stabilised``: m, the largest exponent so
    far, is taken out of i and f, and c / n stays what it is; without it i overflows at a pre-activation of 710.  m
    begins far below every exponent, as nothing has been let in.
    """
    one_of("forget", forget, ("sigmoid", "exp"))
    one_of("stabilised", stabilised, (False, True))
    a_i, a_f = affine("i", x, h), affine("f", x, h)
    if stabilised:
        log_f = apply("log_sigmoid", a_f) if forget == "sigmoid" else a_f
        before = log_f + m
        top = maximum(before, a_i)
        i, f = exp(a_i - top), exp(before - top)
        m = top
    else:
        del m
        i, f = exp(a_i), apply(forget, a_f)
    g = tanh(affine("g", x, h))
    keep, write = f * c, i * g
    c = keep + write
    n = f * n + i
    average = c / n
    o = sigmoid(affine("o", x, h))
    h = o * average
    return locals()
