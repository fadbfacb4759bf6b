"""The LSTM of a popular cheat sheet, which no library runs.

https://stanford.edu/~shervine/teaching/cs-230/cheatsheet-recurrent-neural-networks: a relevance gate Γ_r inside the
candidate, and a = Γ_o ⋆ c without tanh.  Its Γ_f, Γ_u, Γ_o, Γ_r, c̃ and a are f, i, o, r, g and h here.
"""

from cells.cell import Definition, cell
from cells.expression import Node, affine, matrix, sigmoid, tanh, vector


@cell(key="cheat_sheet", state=("h", "c"), output="h")
def CheatSheetLSTM(x: Node, h: Node, c: Node) -> Definition:
    """LSTM of the cheat sheet: g = tanh(U_g (r ⊙ h) + W_g x + b_g), c = i ⊙ g + f ⊙ c, h = o ⊙ c."""
    f = sigmoid(affine("f", x, h))
    i = sigmoid(affine("i", x, h))
    r = sigmoid(affine("r", x, h))
    recall = r * h
    a_g = matrix("U_g", recall) + matrix("W_g", x) + vector("b_g")
    g = tanh(a_g)
    keep, write = f * c, i * g
    c = keep + write
    o = sigmoid(affine("o", x, h))
    h = o * c
    return locals()
