"""How long a reader's own text of 200 KB is learned, how long they wait for samples, and what came of it."""

from __future__ import annotations

import time
from functools import partial
from itertools import pairwise

from app.lessons.writing.corpus import LONGEST, SOURCES, corpus, own_text
from app.lessons.writing.model import measured
from app.lessons.writing.records import TASK, own_settings
from app.training.jobs import Jobs
from app.training.worker import Entry, Progress

MOST, BETWEEN = 60, 2  # seconds from the click to the network, and between two samples
CELL, UNITS = "lstm", 128


def clicked(text: str) -> tuple[float, list[Entry], float, float]:
    """Train on a text as a page asks for it, with a worker that has yet to begin: the seconds that it took,
    what it told meanwhile, and the bits per letter of the network and of counting."""
    jobs = Jobs(workers=1)
    try:
        began = time.monotonic()
        job = jobs.submit("somebody", TASK, own_settings(own_text(text), CELL, UNITS))
        while job.active:
            time.sleep(0.01)
        taken = time.monotonic() - began
        if not job.trained:
            raise RuntimeError(f"the training ended as {job.state}")
        facts = measured(job.trained)
        return taken, job.entries, facts.bits[CELL], facts.best
    finally:
        jobs.close()


def in_process(text: str) -> tuple[float, list[Entry], float, float]:
    """The same without a worker: for a machine whose cores are all taken, where workers give way to everything."""
    from app.lessons.writing import train  # loads torch

    settings, entries = own_settings(own_text(text), CELL, UNITS), list[Entry]()
    progress = Progress(entries.append, lambda: True, partial(train.snapshot, settings))
    began = time.monotonic()
    facts = measured(train.train(settings, progress.report))
    return time.monotonic() - began, entries, facts.bits[CELL], facts.best


def longest_wait(entries: list[Entry]) -> float:
    """The seconds between two samples at most."""
    at = [entry.seconds for entry in entries if entry.snapshot]
    return max(b - a for a, b in pairwise(at))


def main() -> None:
    """Print the figures and their limits."""
    for source in SOURCES:
        text = corpus(source).encode()[:LONGEST].decode(errors="ignore")
        for way, train in (("from click", clicked), ("in process", in_process)):
            taken, entries, bits, counting = train(text)
            first, wait = next(entry.seconds for entry in entries if entry.snapshot), longest_wait(entries)
            print(
                f"{source}, {len(text.encode()) / 1000:.0f} KB, {way}: trained in {taken:.1f} s (at most {MOST}), "
                f"first sample after {first:.1f} s, then one at least every {wait:.1f} s (at most {BETWEEN}), "
                f"{entries[-1].losses.epoch} updates, {bits:.2f} bits per letter, counting {counting:.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
