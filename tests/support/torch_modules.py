"""Torch modules with a cell's weights, built by torch's documented order alone: the other side of every comparison."""

import numpy as np
import torch

from cells import GRU, LSTM, RNN, Cell, Kind

GATES = {RNN: "h", LSTM: "ifgo", GRU: "rzn"}
MODULES = {RNN: torch.nn.RNN, LSTM: torch.nn.LSTM, GRU: torch.nn.GRU}


def stacked(arrays: dict[str, np.ndarray], letter: str, kind: Kind) -> np.ndarray:
    """One of torch's weights: the gates' arrays beneath each other."""
    return np.concatenate([arrays[f"{letter}_{gate}"] for gate in GATES[kind]])


def torch_twin(cell: Cell) -> torch.nn.Module:
    """The torch module that computes what ``cell`` computes."""
    kind, p = cell.kind, cell.parameters
    dtype = torch.float32 if cell.dtype == np.float32 else torch.float64
    module = MODULES[kind](cell.inputs, cell.units).to(dtype)
    recurrent_bias = np.zeros(len(GATES[kind]) * cell.units)
    if kind is GRU:
        recurrent_bias[-cell.units :] = p["d_n"]
    with torch.no_grad():
        module.weight_ih_l0.copy_(torch.tensor(stacked(p, "W", kind)))
        module.weight_hh_l0.copy_(torch.tensor(stacked(p, "U", kind)))
        module.bias_ih_l0.copy_(torch.tensor(stacked(p, "b", kind)))
        module.bias_hh_l0.copy_(torch.tensor(recurrent_bias))
    return module


def torch_loop(cell: Cell, x: torch.Tensor, start: dict[str, torch.Tensor], retain: bool = True) -> dict[str, list]:
    """Every named value of every step, (B, H) each, by torch operations written out from PyTorch's documentation.

    The module keeps its gates to itself, and the gradient it retains for c lacks the way through h; a loop shows all.
    """
    p = {name: torch.tensor(array, requires_grad=True) for name, array in cell.parameters.items()}
    values: dict[str, list] = {}
    state = start
    for x_t in x:
        state = LOOPS[cell.kind](p, x_t, **state)
        for name, value in state.items():
            if retain:
                value.retain_grad()
            values.setdefault(name, []).append(value)
        state = {name: state[name] for name in start}
    return values


def rnn_step(p, x, h):
    uh, wx = h @ p["U_h"].T, x @ p["W_h"].T
    a = wx + uh + p["b_h"]
    return {"Uh": uh, "Wx": wx, "a": a, "h": torch.tanh(a)}


def lstm_step(p, x, h, c):
    a = {k: x @ p[f"W_{k}"].T + h @ p[f"U_{k}"].T + p[f"b_{k}"] for k in "figo"}
    gates = {k: torch.tanh(v) if k == "g" else torch.sigmoid(v) for k, v in a.items()}
    keep, write = gates["f"] * c, gates["i"] * gates["g"]
    c = keep + write
    squash = torch.tanh(c)
    named = {f"a_{k}": v for k, v in a.items()} | gates
    return named | {"keep": keep, "write": write, "c": c, "squash": squash, "h": gates["o"] * squash}


def gru_step(p, x, h):
    a = {k: x @ p[f"W_{k}"].T + h @ p[f"U_{k}"].T + p[f"b_{k}"] for k in "rz"}
    r, z = torch.sigmoid(a["r"]), torch.sigmoid(a["z"])
    uh = h @ p["U_n"].T + p["d_n"]
    recall = r * uh
    a_n = x @ p["W_n"].T + p["b_n"] + recall
    n, rest = torch.tanh(a_n), 1 - z
    keep, write = z * h, rest * n
    named = {"a_r": a["r"], "a_z": a["z"], "r": r, "z": z, "Uh": uh, "recall": recall, "a_n": a_n, "n": n}
    return named | {"one_minus_z": rest, "keep": keep, "write": write, "h": keep + write}


LOOPS = {RNN: rnn_step, LSTM: lstm_step, GRU: gru_step}
