"""A run in a notebook is the page without a server, in a frame."""

import json
from html.parser import HTMLParser

import numpy as np
import pytest

from app.export.notebook import display, show
from cells import GRU, LSTM, run
from cells.display import render_with
from tests.export.test_standalone import Elements


class Frame(HTMLParser):
    """The one element of what a notebook displays."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        assert tag == "iframe"
        self.found.append(dict(attrs))


def sent(cell, x, name="") -> dict:
    (frame,) = Frame(show(run(cell, x), name)._repr_html_()).found
    assert "allow-same-origin" not in frame["sandbox"]
    return json.loads(Elements(frame["srcdoc"].encode()).text("script", id="scene"))


def test_a_cell_of_one_unit_has_its_numbers_as_controls():
    cell, hostile = LSTM.random(1, 1, seed=3), '"></iframe><script>alert(1)</script>'
    scene = sent(cell, np.array([[0.5], [1.0], [-2.0]]), hostile)
    assert scene["controls"]["days"] == {"x": [0.5, 1.0, -2.0]}
    assert scene["controls"]["weights"] == {name: values.item() for name, values in cell.parameters.items()}
    assert scene["series"][0]["name"] == hostile


@pytest.mark.parametrize("x", [np.ones((40, 1)), np.full((3, 1), 11.0), np.ones((4, 2))])
def test_what_cannot_be_typed_is_sent_as_it_is(x):
    units = 1 if x.shape[1] == 1 else 3
    scene = sent(GRU.random(x.shape[1], units, seed=1), x)
    assert scene["controls"]["days"] == {}
    assert scene["series"][0]["x"]["shape"] == list(x.shape)


def test_more_than_one_sequence_is_refused():
    with pytest.raises(ValueError, match="one sequence"):
        show(run(LSTM.random(1, 2, seed=0), np.ones((3, 2, 1))))
    with pytest.raises(ValueError, match="forward"):
        show(run(LSTM.random(1, 2, seed=0), np.ones((3, 1)), reverse=True))


def test_what_a_notebook_shows_by_itself_is_registered_and_never_the_cores():
    cell = LSTM.random(1, 1, seed=3)
    assert cell._repr_html_() is None
    display()
    try:
        assert json.loads(Elements(Frame(cell._repr_html_()).found[0]["srcdoc"].encode()).text("script", id="scene"))[
            "controls"
        ]["days"] == {"x": [1.0, *[0.0] * 7]}
    finally:
        render_with(None)


@pytest.mark.parametrize(
    ("how", "named"), [({"unit": 1}, "unit"), ({"unit": "0"}, "unit"), ({"language": "fr"}, "lang")]
)
def test_a_wrong_argument_is_named(how, named):
    with pytest.raises(ValueError, match=named):
        show(LSTM.random(1, 1, seed=3), **how)
