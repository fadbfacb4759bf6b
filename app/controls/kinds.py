"""The kinds of cell that lessons compare and let a reader choose, by their keys in `cells.CELLS`."""

KINDS = ("rnn", "lstm", "gru")
"""In the order in which the lessons teach them."""

LATER = ("min_gru", "min_lstm", "slstm", "lru", "rwkv", "mamba")
"""Those that were published after them."""

GATED_FIRST = ("lstm", "gru", "rnn")
"""As they are offered for a choice: the first is the default."""
