"""The browser writes, letter for letter, what Python writes."""

import numpy as np
import pytest

from app.components.writing import packed
from app.lessons.writing.corpus import SOURCES, alphabet, corpus, seen
from app.lessons.writing.model import Writer, write
from app.lessons.writing.units import FEATURES
from cells import CELLS
from cells.graph_data import graph_data
from tests.support.evaluator import Node

LETTERS = ("\n", " ", *"abcdeghiklmnortuvyăâêôơưđ")


@pytest.fixture(scope="module")
def node():
    node = Node("writer.js")
    yield node
    node.close()


def network(kind: str) -> Writer:
    random, cell = np.random.default_rng(3), CELLS[kind].random(len(LETTERS), 16, 2)
    plain = {name: np.float32(3 * array).astype(float) for name, array in cell.parameters.items()}
    weight, bias = (np.float32(random.normal(size=size)).astype(float) for size in ((len(LETTERS), 16), len(LETTERS)))
    return Writer(LETTERS, cell.replace(**plain), weight, bias)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize(("temperature", "seed"), [(0.0, 1), (0.5, 1), (1.0, 7), (2.0, 9999)])
def test_the_browser_writes_what_python_writes(node, kind, temperature, seed):
    writer, begin = network(kind), "Trăm năm\n"  # of which it does not know T
    arrays = writer.cell.parameters | {"W_y": writer.weight, "b_y": writer.bias}
    asked = {"begin": begin, "kept": "", "count": 300, "draw": seed, "temperature": temperature}
    sent = packed("x", list(LETTERS), arrays)
    text = node.ask({"network": sent, "graph": graph_data(writer.cell.graph), "asked": asked})
    assert text == begin + write(writer, begin, 300, temperature, seed)
    assert temperature == 0 or len(set(text[len(begin) :])) > 5


@pytest.mark.parametrize(
    "begin",
    [
        "e\u0302\u0301\r\n",
        "\u0301a\u0323\u0302",
        "😀👩\u200d👧👍🏽 b",
        "\u05e9\u05c1\u05dcab",
        "a\ufe0f\u200b",
        "क\u094dषt",
    ],
)
def test_the_browser_reads_what_python_reads(node, begin):
    writer = network("lstm")
    arrays = writer.cell.parameters | {"W_y": writer.weight, "b_y": writer.bias}
    asked = {"begin": begin, "kept": "", "count": 40, "draw": 1, "temperature": 0.0}
    graph = graph_data(writer.cell.graph)
    text = node.ask({"network": packed("x", list(LETTERS), arrays), "graph": graph, "asked": asked})
    assert text[-40:] == write(writer, seen(begin.replace("\r\n", "\n")), 40, 0.0)


@pytest.mark.parametrize("source", SOURCES)
def test_the_browser_counts_the_letters_by_which_units_were_found(source):
    node, letters = Node("features.js"), "".join(alphabet(corpus(source)))
    counted = node.ask(letters)
    node.close()
    assert counted == {name: FEATURES[name](letters) for name in ("spaces", "vowels", "capitals", "tones")}
