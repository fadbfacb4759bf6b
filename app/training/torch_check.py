"""What torch makes of a trained cell, computed in a process of its own: pages hold no torch."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future

import numpy as np
from loky import get_reusable_executor

from app.training.worker import THREADS, begin

IDLE = 30  # seconds until the process gives its memory back


def asked(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> Future[np.ndarray]:
    """Ask for `hidden`."""
    return submitted(hidden, kind, weights, x)


def submitted(call: Callable[..., np.ndarray], *arguments: object) -> Future[np.ndarray]:
    """Ask for what a function of a module computes that may load torch; it is not queued behind those who train."""
    pool = get_reusable_executor(1, timeout=IDLE, initializer=begin, initargs=(os.getpid(),), env=THREADS)
    return pool.submit(call, *arguments)


def hidden(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return torch's own hidden states, (T, H) in float32, of one sequence x (T, D)."""
    import torch

    from app.training.network import LAYERS

    cell = LAYERS[kind](x.shape[-1], weights["weight_hh_l0"].shape[-1])
    cell.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    with torch.no_grad():
        return cell(torch.tensor(x[:, None], dtype=torch.float32))[0][:, 0].numpy()
