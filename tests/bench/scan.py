"""The parallel scan beside the loop, over the number of timesteps: `python -m tests.bench.scan`."""

from functools import partial

import numpy as np

from cells import CELLS, run, scan
from cells.scan import rounds_of
from tests.bench.core import medians

LENGTHS = [4**k for k in range(3, 8)]  # 64 … 16 384


def main() -> None:
    """MinGRU and the LRU, 16 units, in turns."""
    for key in ("min_gru", "lru"):
        cell = CELLS[key].random(inputs=8, units=16, seed=0)
        for steps in LENGTHS:
            x = np.random.default_rng(0).normal(size=(steps, 8))
            ours, loop = medians(partial(scan, cell, x, keep_rounds=False), partial(run, cell, x), rounds=5)
            print(f"{key}, T = {steps}, {rounds_of(steps)} rounds: scan {ours * 1e3:.2f} ms / loop {loop * 1e3:.2f} ms"
                  f" = {ours / loop:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
