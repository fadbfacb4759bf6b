"""The scheduler and the workers of one server, as processes that end with it: ``python -m app.training.local_cluster``.

It writes the scheduler's address and runs until its input ends, which is when the server does, however it ends.
Workers are forks of a process that has loaded torch, which it does while the scheduler begins: a worker that is killed
has a successor at once.
"""

from __future__ import annotations

import asyncio
import os
import sys
from multiprocessing import forkserver

MEMORY = 2_000_000_000  # bytes of one worker, at most
LOADED = ["distributed", "torch", "app.training.worker", "app.training.network", "app.training.fit"]


async def serve(workers: int) -> None:
    """Run a scheduler and its workers until there is no more to read."""
    import dask
    from distributed import LocalCluster, utils

    dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"})
    utils._forkserver_preload_set = True  # as above; it would add all packages that Dask knows
    here = "127.0.0.1"
    async with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host=here, dashboard_address=f"{here}:0",
        memory_limit=MEMORY, asynchronous=True,
    ) as cluster:  # fmt: skip
        print(cluster.scheduler_address, flush=True)
        await asyncio.to_thread(sys.stdin.read)
        os._exit(0)  # the workers notice at once, one that does not listen as well


if __name__ == "__main__":
    os.environ["PYTHONWARNINGS"] = "ignore:resource_tracker"  # of what the end leaves to it: semaphores without a name
    forkserver.set_forkserver_preload(LOADED)
    forkserver.ensure_running()
    asyncio.run(serve(int(sys.argv[1])))
