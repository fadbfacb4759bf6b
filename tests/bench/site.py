"""A large class on two processes behind Caddy, as `make serve` starts them: waits, and what a learner costs."""

from __future__ import annotations

import asyncio
import shutil
from tempfile import TemporaryDirectory

import numpy as np

from tests.bench.crowd import crowd
from tests.deploy.test_site import Site

LEARNERS, SECONDS = (2, 150), 20
SHARE = 0.6  # of a core that is to be used: the rest is for what comes at once


def main() -> None:
    """Print the waits and their limit, and figures to size a deployment by."""
    if not (shutil.which("caddy") and shutil.which("redis-server")):
        print("a site: not measured, Caddy or Redis is not installed")
        return
    with TemporaryDirectory() as folder:
        site = Site(folder)
        memory = {}
        try:
            for count in LEARNERS:
                learners, cpu = asyncio.run(crowd(f"http://{site.host}", site.processes(), count, SECONDS))
                memory[count] = sum(site.figure(port, "process_resident_memory_bytes") for port in site.ports)
        finally:
            site.end()
    waits = np.array([wait for learner in learners for wait in learner.waits]) * 1e3
    p50, p95, p99 = np.percentile(waits, [50, 95, 99])
    few, many = LEARNERS
    change = cpu / len(waits)
    opened, changed = (sum(getattr(learner, name) for learner in learners) / 1e3 for name in ("opened", "changed"))
    kept = (memory[many] - memory[few]) / 1e3 / (many - few)
    print(f"{many} learners, two processes: p95 {p95:.0f} ms (at most 300), median {p50:.0f}, p99 {p99:.0f}")
    print(f"… errors: {sum(learner.errors for learner in learners)} (must be 0)")
    print(f"… CPU of a change {1e3 * change:.1f} ms: one core carries {SHARE / change:.0f} learners")
    print(f"… memory of a process {memory[few] / 2e6:.0f} MB, of a learner {kept:.0f} kB")
    print(f"… sent to a learner: {opened / many:.0f} kB for the page, {changed / len(waits):.1f} kB a change")


if __name__ == "__main__":
    main()
