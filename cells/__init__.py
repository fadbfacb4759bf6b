"""Recurrent cells, each defined once: runs, gradients, equations and arithmetic are readings of the definition.

A wrong argument of any function (its type, its shape, an unknown name, NaN where it is read, an input without steps)
raises a ValueError that says which argument, what was expected and what came; docstrings list only the errors that this
does not cover.
"""

from cells.cell import CELLS, Cell, Kind, memory
from cells.cheat_sheet import CheatSheetLSTM
from cells.decoding import decode
from cells.ensemble import ensemble
from cells.gradients import Gradients
from cells.gru import GRU
from cells.layers import Stack, StackTrace
from cells.lru import LRU
from cells.lstm import LSTM
from cells.mamba import Mamba
from cells.min_rnn import MinGRU, MinLSTM
from cells.rnn import RNN
from cells.running import backprop, run
from cells.rwkv import RWKV
from cells.saving import frame, from_npz, to_json, to_npz
from cells.scan import Scan, scan
from cells.sensitivity import influence, jacobian, routes, singular_values
from cells.slstm import SLSTM
from cells.sweep import sweep
from cells.trace import Trace
from cells.version import __version__

__all__ = [
    "CELLS",
    "GRU",
    "LRU",
    "LSTM",
    "RNN",
    "RWKV",
    "SLSTM",
    "Cell",
    "CheatSheetLSTM",
    "Gradients",
    "Kind",
    "Mamba",
    "MinGRU",
    "MinLSTM",
    "Scan",
    "Stack",
    "StackTrace",
    "Trace",
    "__version__",
    "backprop",
    "decode",
    "ensemble",
    "frame",
    "from_npz",
    "influence",
    "jacobian",
    "memory",
    "routes",
    "run",
    "scan",
    "singular_values",
    "sweep",
    "to_json",
    "to_npz",
]
