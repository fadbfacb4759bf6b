"""What the ONNX operators refuse: every unknown or misshapen attribute and input, by name; nothing silently ignored."""

import numpy as np
import onnx
import pytest

from cells import GRU, LSTM, RNN, CheatSheetLSTM, Stack
from cells.weight_formats import from_onnx, run_onnx, to_onnx
from tests.support.onnx_operators import GATES, problem

REFUSED = {
    "op_type: expected 'RNN' or 'GRU' or 'LSTM', got 'QRNN'": ("QRNN", {}, {}),
    "unknown GRU attribute 'input_forget': expected activations": ("GRU", {"input_forget": 1}, {}),
    "unknown LSTM attribute 'output_sequence'": ("LSTM", {"output_sequence": 1}, {}),
    "unknown GRU input 'P': expected W, R, B": ("GRU", {}, {"P": np.ones((1, 9))}),
    "unknown LSTM input 'Z'": ("LSTM", {}, {"Z": 1}),
    "missing RNN input 'R'": ("RNN", {}, {"R": None}),
    "missing RNN input 'X'": ("RNN", {}, {"X": None}),
    "direction: expected 'forward' or 'reverse' or 'bidirectional', got 'back'": ("RNN", {"direction": "back"}, {}),
    "layout: expected 0 or 1, got 2": ("RNN", {"layout": 2}, {}),
    "linear_before_reset: expected 0 or 1, got 2": ("GRU", {"linear_before_reset": 2}, {}),
    "input_forget: expected 0 or 1, got 'yes'": ("LSTM", {"input_forget": "yes"}, {}),
    "clip: expected a number above 0, got 0.0": ("LSTM", {"clip": 0.0}, {}),
    "clip: expected a number above 0, got 'no'": ("LSTM", {"clip": "no"}, {}),
    "hidden_size: expected 3, as many as R has, got 4": ("GRU", {"hidden_size": 4}, {}),
    "hidden_size: expected a whole number of at least 1": ("GRU", {"hidden_size": 0}, {}),
    "activations: expected 3 for direction forward, got": ("LSTM", {"activations": ["Tanh"]}, {}),
    "activations: expected any of Relu, .*got 'Gelu'": ("RNN", {"activations": ["Gelu"]}, {}),
    "activation_alpha: 1 more than Sigmoid, Tanh take": ("GRU", {"activation_alpha": [0.1]}, {}),
    "activation_beta: 1 more than Elu take": ("RNN", {"activations": ["Elu"], "activation_beta": [0.1]}, {}),
    "activation_alpha: Affine must be given both": ("RNN", {"activations": ["Affine"]}, {}),
    "activation_beta: ScaledTanh must be": ("RNN", {"activations": ["ScaledTanh"], "activation_alpha": [1]}, {}),
    "activation_alpha: expected finite numbers": ("RNN", {"activation_alpha": [np.nan]}, {}),
    r"R: expected shape \(2, any, any\), got \(1, 9, 3\)": ("GRU", {"direction": "bidirectional"}, {}),
    "R: expected rows for 3 gates, got": ("GRU", {}, {"R": np.ones((1, 8, 3))}),
    r"R: expected shape \(1, 9, 3\), got": ("GRU", {"hidden_size": None}, {"R": np.ones((1, 9, 4))}),
    r"W: expected shape \(1, 9, any\), got \(1, 8, 2\)": ("GRU", {}, {"W": np.ones((1, 8, 2))}),
    "W: expected finite numbers": ("RNN", {}, {"W": np.full((1, 3, 2), np.inf)}),
    r"B: expected shape \(1, 18\)": ("GRU", {}, {"B": np.ones((1, 9))}),
    r"P: expected shape \(1, 9\)": ("LSTM", {}, {"P": np.ones((1, 12))}),
    r"X: expected shape \(any, any, 2\), got \(5, 3, 4\)": ("RNN", {}, {"X": np.ones((5, 3, 4))}),
    r"X: expected shape \(any, any, 2\), got \(5, 2\)": ("RNN", {}, {"X": np.ones((5, 2))}),
    "X: expected at least one of everything": ("RNN", {}, {"X": np.ones((0, 3, 2))}),
    r"X: expected finite numbers, got nan at index \(4, 2, 1\)": ("RNN", {}, {
        "X": np.where(np.arange(30).reshape(5, 3, 2) == 29, np.nan, 1), "sequence_lens": [1, 2, 5]}),
    "W: expected floating-point weights, got int8; quantised": ("GRU", {}, {"W": np.ones((1, 9, 2), np.int8)}),
    "R: expected floating-point weights, got uint8": ("GRU", {}, {"R": np.ones((1, 9, 3), np.uint8)}),
    r"W: expected an array, got a TensorProto; give onnx.numpy_helper.to_array": (
        "RNN", {}, {"W": onnx.numpy_helper.from_array(np.ones((1, 3, 2)))}),
    r"initial_h: expected shape \(1, 3, 3\)": ("RNN", {}, {"initial_h": np.ones((3, 3))}),
    r"initial_c: expected shape \(1, 3, 3\)": ("LSTM", {}, {"initial_c": np.ones((1, 3, 4))}),
    "unknown GRU input 'initial_c'": ("GRU", {}, {"initial_c": np.ones((1, 3, 3))}),
    "sequence_lens: expected 3 whole numbers from 0 to 5, got": ("RNN", {}, {"sequence_lens": [1, 2, 6]}),
    "sequence_lens: expected 3 whole numbers from 0 to 5": ("RNN", {}, {"sequence_lens": [1, 2]}),
}  # fmt: skip


@pytest.mark.parametrize("message", REFUSED)
def test_refusals(message):
    op_type, attributes, inputs = REFUSED[message]
    usual = problem(op_type) if op_type in GATES else ({}, {})
    with pytest.raises(ValueError, match=message):
        run_onnx(op_type, usual[0] | attributes, usual[1] | inputs)


def test_what_belongs_to_a_run_is_not_read_as_a_weight():
    attributes, inputs = problem("GRU")
    with pytest.raises(ValueError, match="X belongs to a run, not to the weights: expected W, R, B; see run_onnx"):
        from_onnx("GRU", attributes, inputs)


UNWRITABLE = {
    "projection: onnx has no LSTM with projection=2": LSTM.random(2, 3, 0, projection=2),
    "couple: onnx has no LSTM with couple='i=1-f'": LSTM.random(2, 3, 0, couple="i=1-f"),
    "update: onnx has no GRU with update='write'": GRU.random(2, 3, 0, update="write"),
    "activation: expected any of relu, .* got 'clip'": RNN.random(2, 3, 0, activation="clip(1.0)"),
    "kind: onnx has no layer for CheatSheetLSTM": CheatSheetLSTM.random(2, 3, 0),
    "stack: onnx has one layer to a weight, got 2": Stack([RNN.random(2, 3, 0), RNN.random(3, 3, 0)]),
    "stack: onnx has one kind and number of units": Stack([(RNN.random(2, 3, 0), GRU.random(2, 3, 0))]),
    "clip: onnx has one for both directions": Stack([(RNN.random(2, 3, 0, clip=1.0), RNN.random(2, 3, 0))]),
    "reset: onnx has one": Stack([(GRU.random(2, 3, 0), GRU.random(2, 3, 0, reset="before"))]),
    "merge: onnx has 'concat' only, got 'sum'": Stack([(GRU.random(2, 3, 0), GRU.random(2, 3, 0))], merge="sum"),
    "cell: expected a cell or a stack of them, got 3": 3,
}  # fmt: skip


@pytest.mark.parametrize("message", UNWRITABLE)
def test_cells_that_no_operator_computes(message):
    with pytest.raises(ValueError, match=message):
        to_onnx(UNWRITABLE[message])
