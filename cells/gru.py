"""The gated recurrent unit (Cho et al. 2014).

Computed as ``torch.nn.GRU`` does by default: https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html
"""

from cells.cell import Definition, cell
from cells.checks import one_of
from cells.expression import Node, affine, apply, matrix, vector
from cells.functions import Function


@cell(key="gru", state=("h",), output="h")
def GRU(x: Node, h: Node, *, reset: str = "after", update: str = "keep", gate: str | Function = "sigmoid",
        activation: str | Function = "tanh", clip: float | None = None) -> Definition:  # fmt: skip
    """GRU: r recalls part of the past for the candidate n; z blends h and n.

    Options: ``reset`` ``"after"`` the matrix product (PyTorch, Keras, cuDNN) or ``"before"`` it (the paper); ``update``
    ``"keep"`` (z is the part of h that stays: PyTorch, Keras, ONNX) or ``"write"`` (z is the part of n let in: Chung et
    al. 2014); ``gate``, ``activation`` (any of :data:`cells.functions.FUNCTIONS`); ``clip`` (bound of the
    pre-activations).
    """
    one_of("reset", reset, ("after", "before"))
    one_of("update", update, ("keep", "write"))
    r = apply(gate, affine("r", x, h), clip)
    z = apply(gate, affine("z", x, h), clip)
    if reset == "after":
        Uh = matrix("U_n", h) + vector("d_n")
        recall = r * Uh
        a_n = matrix("W_n", x) + vector("b_n") + recall
    else:
        recall = r * h
        a_n = matrix("U_n", recall) + matrix("W_n", x) + vector("b_n")
    n = apply(activation, a_n, clip)
    one_minus_z = 1 - z
    kept, let_in = (z, one_minus_z) if update == "keep" else (one_minus_z, z)
    keep, write = kept * h, let_in * n
    h = keep + write
    return locals()
