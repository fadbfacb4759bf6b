"""The kinds of cell that lessons compare and let a reader choose, by their keys in `cells.CELLS`."""

from collections.abc import Mapping

KINDS = ("rnn", "lstm", "gru")
"""In the order in which the lessons teach them."""

LATER = ("min_gru", "min_lstm", "slstm", "lru", "rwkv", "mamba")
"""Those that were published after them."""

GATED_FIRST = ("lstm", "gru", "rnn")
"""As they are offered for a choice: the first is the default."""

KEEPERS: Mapping[str, Mapping[str, int]] = {
    "min_gru": {"b_z": -1},
    "min_lstm": {"b_f": 1, "b_i": -1},
    "slstm": {"b_f": 1, "b_i": -1},
    "lru": {"l_r": -1},
    "rwkv": {"l_w": -1},
    "mamba": {"l_A": -1},
}
"""The vectors that decide how long each of the later cells keeps, with the sign by which a larger one keeps longer."""
