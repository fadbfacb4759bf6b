"""Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000).

Computed as ``torch.nn.LSTM`` does: https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html
"""

from cells.cell import Definition, cell
from cells.checks import one_of
from cells.expression import Apply, Node, affine, apply, matrix
from cells.functions import Function


@cell(key="lstm", state=("h", "c"), output="h")
def LSTM(x: Node, h: Node, c: Node, *, gate: str | Function = "sigmoid", activation: str | Function = "tanh",
         output_activation: str | Function = "tanh", peephole: bool = False, couple: str | None = None,
         clip: float | None = None, projection: int | None = None) -> Definition:  # fmt: skip
    """LSTM: c keeps f of itself and takes i of the candidate g; h shows o of tanh c.

    Options: ``gate``, ``activation``, ``output_activation`` (any of :data:`cells.functions.FUNCTIONS`); ``peephole``
    (f and i see the old c, o the new one: Gers & Schmidhuber 2000); ``couple``: ``"f=1-i"`` (ONNX’s)
    or ``"i=1-f"`` (CIFG, Greff et al. 2015); ``clip`` (bound of the pre-activations, as ONNX Runtime has it);
    ``projection`` (P: h is projected to P outputs, Sak et al. 2014).
    """
    one_of("peephole", peephole, (False, True))
    one_of("couple", couple, (None, "f=1-i", "i=1-f"))

    def gate_of(name: str, memory: Node) -> Apply:
        return apply(gate, affine(name, x, h, memory if peephole else None), clip)

    if couple == "f=1-i":
        i = gate_of("i", c)
        f = 1 - i
    else:
        f = gate_of("f", c)
        i = 1 - f if couple else gate_of("i", c)
    g = apply(activation, affine("g", x, h), clip)
    keep, write = f * c, i * g
    c = keep + write
    o = gate_of("o", c)
    squash = apply(output_activation, c)
    h = o * squash
    if projection:
        shown = h
        h = matrix("P_h", shown, "P")
    return locals()
