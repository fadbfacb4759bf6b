"""Recurrent cells, each defined once: runs, gradients, equations and arithmetic are readings of the definition."""

from cells.cell import CELLS, Cell, Kind
from cells.gradients import Gradients, backprop
from cells.gru import GRU
from cells.lstm import LSTM
from cells.rnn import RNN
from cells.trace import Trace, run

__all__ = ["CELLS", "GRU", "LSTM", "RNN", "Cell", "Gradients", "Kind", "Trace", "backprop", "run"]
