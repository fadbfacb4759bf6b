"""The time mixing of RWKV-4 (Peng et al. 2023): https://arxiv.org/abs/2305.13048

As in the authors' code (https://github.com/BlinkDL/ChatRWKV).  Left out of their block: the token shift, normalisation,
the output matrix and channel mixing.
"""

from cells.cell import Definition, cell
from cells.checks import one_of
from cells.expression import Node, exp, matrix, maximum, sigmoid, vector


@cell(key="rwkv", state=("h", "a", "b", "m"), output="h", start={"m": -1e5})
def RWKV(x: Node, h: Node, a: Node, b: Node, m: Node, *, stabilised: bool = True) -> Definition:
    """RWKV: h = σ(r) ⊙ the average of all v so far, weighted by e^k, and e^−w for each step since; now by e^(u+k).

    a and b are numerator and denominator of what came before; w = exp l_w and u = b_u are parameters of each channel.
    Nothing reads h: it is the output alone.  Options: ``stabilised``: m, the largest exponent so far, is taken out.
    """
    one_of("stabilised", stabilised, (False, True))
    k, v, a_r = matrix("W_k", x), matrix("W_v", x), matrix("W_r", x)
    r, w, now = sigmoid(a_r), exp(vector("l_w")), vector("b_u") + k
    if stabilised:
        top = maximum(m, now)
        past, present = exp(m - top), exp(now - top)
        above, below = past * a + present * v, past * b + present
        later = m - w
        m = maximum(later, k)
        f, i = exp(later - m), exp(k - m)
    else:
        del m
        f, i, present = exp(-w), exp(k), exp(now)
        above, below = a + present * v, b + present
    average = above / below
    keep, write = f * a, i * v
    a, b = keep + write, f * b + i
    h = r * average
    return locals()
