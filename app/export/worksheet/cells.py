"""The cells of which there are worksheets, and how an address has their weights and days."""

from __future__ import annotations

from app.controls.address import Address
from app.controls.examples import COMPANIES, FAMILY_WEIGHTS, RNN_PRESETS
from app.controls.one_unit import OneUnit, address
from cells import GRU, LSTM, RNN, Cell, CheatSheetLSTM

CELLS = {
    "lstm": OneUnit(LSTM),
    "gru": OneUnit(GRU),
    "rnn": OneUnit(RNN),
    "peephole": OneUnit(LSTM, (("peephole", True),)),
    "coupled": OneUnit(LSTM, (("couple", "i=1-f"),)),
    "hard": OneUnit(LSTM, (("gate", "hard_sigmoid"),)),
    "linear": OneUnit(LSTM, (("output_activation", "linear"),)),
    "before": OneUnit(GRU, (("reset", "before"),)),
    "write": OneUnit(GRU, (("update", "write"),)),
    "sheet": OneUnit(CheatSheetLSTM),
}
"""By the names that addresses and titles have for them."""

SEED, OWN = "seed", "own"
"""Where numbers are from, beside the companies: drawn from a seed, or a reader's own."""


def address_of(cell: str) -> Address:
    """How a cell's own weights and days are written."""
    shapes = CELLS[cell].kind.graph(**(CELLS[cell].kind.options | dict(CELLS[cell].options))).shapes
    weights = RNN_PRESETS["default"] if cell == "rnn" else FAMILY_WEIGHTS
    return address({name: weights[name] for name in shapes}, {"x": COMPANIES["A"]}, ("x",))


def name_of(cell: Cell) -> str | None:
    """The name of a cell, whatever its weights and its size; None of one of which there is no worksheet."""
    every = {name: unit.kind.options | dict(unit.options) for name, unit in CELLS.items()}
    return next((name for name, options in every.items()
                 if CELLS[name].kind is cell.kind and options == cell.options), None)  # fmt: skip
