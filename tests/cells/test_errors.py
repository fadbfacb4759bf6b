"""Bad input to the core: a ValueError that names the argument, what was expected and what came."""

import numpy as np
import pytest

from cells import GRU, LSTM, RNN, backprop, run
from cells.equations import arithmetic, formula

CELL = LSTM.random(inputs=2, units=3, seed=0)
TRACE = run(CELL, np.zeros((4, 2)))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: CELL.replace(W_i=np.zeros((3, 5))), ["W_i", "(3, 2)", "(3, 5)"]),
        (lambda: CELL.replace(b_o=np.zeros((3, 1))), ["b_o", "(3,)", "(3, 1)"]),
        (lambda: CELL.replace(W_q=np.zeros((3, 2))), ["W_q", "W_f"]),
        (lambda: RNN(W_h=[[1.0]], U_h=[[1.0]]), ["missing", "b_h"]),
        (lambda: RNN(W_h=[[1.0]], U_h=[[np.nan]], b_h=[0.0]), ["U_h", "finite", "nan", "(0, 0)"]),
        (lambda: RNN(W_h=[["a"]], U_h=[[1.0]], b_h=[0.0]), ["W_h", "numbers", "a"]),
        (lambda: RNN(W_h=np.zeros((0, 1)), U_h=np.zeros((0, 0)), b_h=[]), ["at least one unit", "(0, 0)"]),
        (lambda: RNN(W_h=[[1, 2], [3]], U_h=[[1.0]], b_h=[0.0]), ["W_h", "numbers"]),
        (lambda: GRU.random(inputs=1, units=0), ["units", "at least 1", "0"]),
        (lambda: GRU.random(inputs=1.5, units=2), ["inputs", "whole number", "1.5"]),
        (lambda: run(CELL, np.zeros((4, 3))), ["x", "(T, 2)", "(4, 3)"]),
        (lambda: run(CELL, np.zeros(4)), ["x", "(T, B, 2)", "(4,)"]),
        (lambda: run(CELL, np.zeros((0, 2))), ["x", "at least one step", "(0, 2)"]),
        (lambda: run(CELL, np.zeros((4, 0, 2))), ["x", "one sequence", "(4, 0, 2)"]),
        (lambda: run(CELL, [[1.0, np.inf]]), ["x", "finite", "inf", "(0, 1)"]),
        (lambda: run(CELL, "days"), ["x", "numbers", "days"]),
        (lambda: run(CELL, np.zeros((4, 2)), start={"z": np.zeros(3)}), ["'z'", "h, c"]),
        (lambda: run(CELL, np.zeros((4, 2)), start={"h": np.zeros(2)}), ["start['h']", "(3,)", "(2,)"]),
        (lambda: TRACE["q"], ["'q'", "squash"]),
        (lambda: TRACE.before("f"), ["'f'", "h, c"]),
        (lambda: backprop(TRACE, {"q": np.zeros(3)}), ["'q'", "squash"]),
        (lambda: backprop(TRACE, {"h": np.zeros(2)}), ["loss['h']", "(4, 3)", "(3,)", "(2,)"]),
        (lambda: backprop(TRACE, {"h": np.full(3, np.nan)}), ["loss['h']", "finite"]),
        (lambda: formula(CELL, "z"), ["'z'", "squash"]),
        (lambda: arithmetic(TRACE, "f", unit=3), ["unit", "0 … 2", "3"]),
        (lambda: arithmetic(TRACE, "f", batch=1), ["batch", "0 … 0", "1"]),
    ],
)
def test_message_names_what_was_wrong(call, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        call()
    for word in words:
        assert word in str(error.value)


def test_records_cannot_be_written():
    for array in (TRACE["f"], TRACE.x, CELL.parameters["W_f"], backprop(TRACE, {"h": np.ones(3)})["c"]):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
