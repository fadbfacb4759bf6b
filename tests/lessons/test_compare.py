"""The figures of the lesson `compare` are measured on the cells themselves."""

import pytest

from app.controls.examples import INPUTS
from app.controls.kinds import KINDS
from app.lessons.compare.model import count, figures, goal, most_units
from cells import CELLS, GRU, LSTM


def test_the_figures_by_which_to_choose():
    torch = pytest.importorskip("torch")
    for name, module in {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}.items():
        layers = {"rnn": 1, "lstm": 4, "gru": 3}[name]
        theirs = sum(p.numel() for p in module(INPUTS, 16).parameters())
        # torch has a second bias in every layer; ours has one, but for the GRU's candidate
        assert count(CELLS[name], 16) == theirs - 16 * layers + (16 if name == "gru" else 0)
    assert figures("lstm", 16).memory == 2 * figures("gru", 16).memory == 32
    best = most_units()
    assert count(GRU, best) <= count(LSTM, 16) < count(GRU, best + 1)
    assert [goal(best - 1), goal(best), goal(best + 1)] == ["more", "solved", "less"]
    reach = {name: figures(name, 16).reach for name in KINDS}
    assert reach["rnn"] < reach["gru"] < reach["lstm"]
