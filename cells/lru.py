"""The linear recurrent unit (Orvieto et al. 2023): https://arxiv.org/abs/2303.06349

Left out of the paper's block: normalisation, the gated layer and the skip connection around it.
"""

from cells.cell import Definition, cell
from cells.expression import Node, apply, exp, matrix, vector


@cell(key="lru", state=("h", "a", "b"), output="h")
def LRU(x: Node, h: Node, a: Node, b: Node) -> Definition:
    """LRU: a complex state a + i b, turned and shrunk by λ = r e^(i s), takes γ (W_a + i W_b) x.

    r = exp(−exp l_r), s = exp l_s and γ = g = exp l_g are parameters, each through its logarithm; h = Re(C (a + i b))
    + D x, with P_a = Re C, P_b = −Im C and W_h = D.  Nothing reads h: it is the output alone.
    """
    rate = exp(vector("l_r"))
    r, s, g = exp(-rate), exp(vector("l_s")), exp(vector("l_g"))
    real, imaginary = r * apply("cos", s), r * apply("sin", s)
    Wa, Wb = matrix("W_a", x), matrix("W_b", x)
    a_next = real * a - imaginary * b + g * Wa
    b = imaginary * a + real * b + g * Wb
    a = a_next
    h = matrix("P_a", a) + matrix("P_b", b) + matrix("W_h", x)
    return locals()
