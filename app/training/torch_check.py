"""What torch makes of a trained cell, computed by a worker: pages hold no torch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

import numpy as np

from app.training.jobs import jobs

if TYPE_CHECKING:
    from distributed import Scheduler


def asked(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> Future[np.ndarray]:
    """Ask for `hidden`."""
    return submitted(hidden, kind, weights, x)


def submitted(call: Callable[..., np.ndarray], *arguments: object) -> Future[np.ndarray]:
    """Ask for what a function of a module computes that may load torch; it is not queued behind those who train.

    It must draw no random numbers of torch's: a training beside it may be drawing its own.
    """
    return jobs().cluster.start(answer(call, *arguments))


async def answer(call: Callable[..., np.ndarray], *arguments: object) -> np.ndarray:
    async with jobs().cluster.used() as client:
        worker = next(iter(await client.run_on_scheduler(workers)))
        found: dict[str, np.ndarray] = await client.run(beside, call, *arguments, workers=[worker])
    return found[worker]


def workers(dask_scheduler: Scheduler) -> list[str]:
    """The addresses of all workers."""
    return list(dask_scheduler.workers)


async def beside(call: Callable[..., np.ndarray], *arguments: object) -> np.ndarray:
    """Compute something in a worker, beside what it trains."""
    return await asyncio.to_thread(call, *arguments)


def hidden(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return torch's own hidden states, (T, H) in float32, of one sequence x (T, D)."""
    import torch

    from app.training.network import LAYERS

    sizes = (x.shape[-1], weights["weight_hh_l0"].shape[-1])
    cell = LAYERS[kind](*sizes, device="meta").to_empty(device="cpu")  # nothing is drawn: a training beside it may be
    cell.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    with torch.no_grad():
        return cell(torch.tensor(x[:, None], dtype=torch.float32))[0][:, 0].numpy()
