"""What torch makes of a trained cell, computed by a worker: pages hold no torch."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

import numpy as np

from app.training.jobs import jobs

if TYPE_CHECKING:
    from distributed import Scheduler


def asked(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> Future[np.ndarray]:
    """Ask for `hidden`; it is not queued behind those who train."""
    return jobs().cluster.start(answer(kind, weights, x))


async def answer(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    async with jobs().cluster.used() as client:
        worker = next(iter(await client.run_on_scheduler(workers)))
        found: dict[str, np.ndarray] = await client.run(beside, kind, weights, x, workers=[worker])
    return found[worker]


def workers(dask_scheduler: Scheduler) -> list[str]:
    """The addresses of all workers."""
    return list(dask_scheduler.workers)


async def beside(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Compute `hidden` in a worker, beside what it trains."""
    return await asyncio.to_thread(hidden, kind, weights, x)


def hidden(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return torch's own hidden states, (T, H) in float32, of one sequence x (T, D)."""
    import torch

    from app.training.network import LAYERS

    sizes = (x.shape[-1], weights["weight_hh_l0"].shape[-1])
    cell = LAYERS[kind](*sizes, device="meta").to_empty(device="cpu")  # nothing is drawn: a training beside it may be
    cell.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    with torch.no_grad():
        return cell(torch.tensor(x[:, None], dtype=torch.float32))[0][:, 0].numpy()
