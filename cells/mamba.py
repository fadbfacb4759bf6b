"""The selective state space of Mamba (Gu & Dao 2023), of one channel: https://arxiv.org/abs/2312.00752

As `selective_scan_ref` of the authors' code computes it (https://github.com/state-spaces/mamba).  Left out of their
block: convolution, the gate beside it, normalisation, the other channels.
"""

from cells.cell import Definition, cell
from cells.expression import Node, affine, apply, exp, matrix, total, vector


@cell(key="mamba", state=("y", "h"), output="y")
def Mamba(x: Node, y: Node, h: Node) -> Definition:
    """Mamba: h = exp(Δ A) ⊙ h + Δ B u and y = C · h + D u, where Δ, B and C follow from the input.

    The channel u is one number made of the input, Δ = d = softplus(W_d x + b_d) is its step size, A = −exp l_A, and
    D = d_u.  Nothing reads y: it is the output alone.
    """
    d = apply("softplus", affine("d", x, size="1"))
    u, B, C = matrix("W_u", x, "1"), matrix("W_B", x), matrix("W_C", x)
    rate = exp(vector("l_A"))
    f = exp(-(d * rate))
    keep, write = f * h, (d * u) * B
    h = keep + write
    shown = C * h
    read = total(shown)
    y = read + vector("d_u", "1") * u
    return locals()
