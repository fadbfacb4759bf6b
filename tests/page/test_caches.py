"""What is remembered between pages is bounded in bytes: no number of odd addresses makes a cache grow without end."""

import gc
import importlib
import pkgutil
import sys
import tracemalloc

import pytest

from app import controls, lessons, untrained
from app.controls.one_unit import traced
from app.lessons.compare.model import figures
from app.lessons.fourday.model import ADDRESS, UNIT
from app.lessons.fourday.model import read as read_days
from app.lessons.frameworks.batches import training
from app.lessons.frameworks.programs import example
from app.lessons.lab.model import UNITS, drawn
from app.lessons.layers.descent import descent
from app.lessons.layers.networks import network
from app.lessons.layers.reach import Part, Unrolled, reach
from app.lessons.memory.model import LONGEST, text_of
from app.lessons.memory.model import read as read_text
from app.lessons.text.corpus import normalised
from app.lessons.text.label_schemes import normal, number_of
from app.lessons.text.letters import cleaned, is_mark, placed, unstyled
from app.untrained.curves import curves
from app.untrained.initial import Settings

MOST = 32_000_000  # bytes of one cache
TRIED = 4  # entries that are weighed
WEIGHTS, DAYS = tuple(ADDRESS.defaults.weights.items()), tuple(map(float, range(30)))
WORDS = ["\N{LATIN SMALL LETTER E WITH CIRCUMFLEX AND ACUTE}" * size for size in (390, 4000)]  # the latter: a line

LARGEST = {
    traced: lambda k: traced(UNIT, (*WEIGHTS[1:], (WEIGHTS[0][0], float(k))), DAYS),
    read_days: lambda k: read_days(WEIGHTS, (("A", (*DAYS[1:], float(k))), ("B", DAYS))),
    figures: lambda k: figures("lstm", 32 - k),
    training: lambda k: training(8, 3, k).losses(),
    example: lambda k: example("lstm", 8, 3, k).trace,
    drawn: lambda k: drawn("lstm", UNITS[-1], k),
    descent: lambda k: descent(0.02 + k / 1000),
    network: lambda k: network("lstm", 4, True, 8 + k).trace,
    reach: lambda k: reach(Unrolled(4, 2, 5), Part(-1, 0, k)),
    read_text: lambda k: (lambda found: (found.plain, found.steps))(read_text(text_of(f"{k} " * LONGEST))),
    curves: lambda k: curves(Settings(units=64, steps=200, seed=k)),
    normalised: lambda k: [normalised(f"{word}{k}") for word in WORDS],
    normal: lambda k: [normal(f"{word}{k}") for word in WORDS],
    number_of: lambda k: [number_of(f"{word}{k}") for word in WORDS],
    cleaned: lambda k: [cleaned(f"{word}{k}", False) for word in WORDS],
    placed: lambda k: [placed(f"{word}{k}") for word in WORDS],
    unstyled: lambda k: unstyled(chr(1000 + k)),
    is_mark: lambda k: is_mark(chr(1000 + k)),
}
"""Each function that remembers its latest answers, with the k-th of its largest."""
FEW = 8  # of what is not in the table: such a cache holds no more answers


def bounded():
    """All functions of the lessons that remember their latest answers."""
    for package in (controls, lessons, untrained):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(("train", "torch_check")):
                importlib.import_module(module.name)
    for name, module in list(sys.modules.items()):
        if name.startswith("app."):
            for function in vars(module).values():
                if hasattr(function, "cache_info") and function.__module__ == name and function.cache_info().maxsize:
                    yield function


def test_every_cache_is_weighed():
    rooms = ("app.controls", "app.lessons", "app.untrained")
    found = {each for each in bounded() if each.__module__.startswith(rooms) and each.cache_info().maxsize > FEW}
    assert found == set(LARGEST)


@pytest.mark.parametrize("function", LARGEST, ids=lambda function: f"{function.__module__}.{function.__name__}")
def test_a_cache_is_bounded_in_bytes(function):
    LARGEST[function](TRIED)  # what is loaded once is loaded
    gc.collect()
    tracemalloc.start()
    for k in range(TRIED):
        LARGEST[function](k)
    gc.collect()
    full, _ = tracemalloc.get_traced_memory()
    function.cache_clear()  # what this frees is the cache's: other threads and caches allocate meanwhile
    gc.collect()
    kept = full - tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept / TRIED * function.cache_info().maxsize < MOST
