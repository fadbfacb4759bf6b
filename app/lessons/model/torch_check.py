"""What PyTorch's own module makes of a file's weights. Loaded where it runs, in a worker: pages hold no torch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

NAMES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
Starts = Mapping[str, Mapping[str, np.ndarray]]


def output(kind: str, state: Mapping[str, np.ndarray], x: np.ndarray, activation: str, start: Starts) -> np.ndarray:
    """Return the output (T, n) of a module with these weights, of one sequence x (T, D), in the weights' own type.

    Parameters
    ----------
    kind : {"rnn", "lstm", "gru"}
    state : dict of str to array
        As the module's ``state_dict``.
    x : array
    activation : {"tanh", "relu"}
        Of a vanilla network.
    start : dict of str to dict
        First states by the cell, ``"0.forward"``; zero where there are none.
    """
    import torch

    single = np.float64 if all(array.dtype == np.float64 for array in state.values()) else np.float32
    weights = {name: torch.tensor(np.asarray(array, single)) for name, array in state.items()}
    options: dict[str, object] = {"nonlinearity": activation} if kind == "rnn" else {}
    if "weight_hr_l0" in weights:
        options["proj_size"] = len(weights["weight_hr_l0"])
    both = "weight_ih_l0_reverse" in weights
    layers = sum(name.startswith("weight_ih") for name in weights) // (1 + both)
    units = weights["weight_hh_l0"].shape[0] // {"rnn": 1, "gru": 3, "lstm": 4}[kind]
    module = getattr(torch.nn, NAMES[kind])(
        x.shape[-1], units, layers, bias="bias_ih_l0" in weights, bidirectional=both, device="meta", **options
    ).to_empty(device="cpu")  # nothing is drawn: a training beside it may be
    module = module.to(torch.float64 if single is np.float64 else torch.float32)
    module.load_state_dict(weights)
    sizes = {"h": weights["weight_hh_l0"].shape[1], "c": units}
    ways = ("forward", "backward")[: 1 + both]
    cells = [start.get(f"{layer}.{way}", {}) for layer in range(layers) for way in ways]
    first = []
    for name in "hc" if kind == "lstm" else "h":
        states = np.array([cell.get(name, np.zeros(sizes[name])) for cell in cells], single)
        first.append(torch.tensor(states)[:, None])
    with torch.no_grad():
        begin = tuple(first) if kind == "lstm" else first[0]
        made: np.ndarray = module(torch.tensor(np.asarray(x, single))[:, None], begin)[0][:, 0].numpy()
    return made
