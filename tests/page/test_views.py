"""What stands beside a page's words: columns of a table, figures and their pictures, numbers at full precision."""

import csv
import io
import json

import numpy as np
from streamlit.testing.v1 import AppTest

from app.page import views
from app.page.page import Page


def shown(script) -> AppTest:
    test = AppTest.from_function(script).run()
    assert not test.exception
    return test


def test_words_stand_left_and_numbers_right():
    def script():
        from app.page.views import table

        table(["cell", "units"], [["LSTM", "3"]])
        table(["n", "cell", "right"], [["10", "GRU", "1"]], words=[1])

    first, second = (element.value for element in shown(script).markdown)
    assert first.splitlines() == ["| cell | units |", "| --- | ---: |", "| LSTM | 3 |"]
    assert second.splitlines() == ["| n | cell | right |", "| ---: | --- | ---: |", "| 10 | GRU | 1 |"]


def test_tags_in_a_table_are_shown_as_they_are_unless_they_are_our_own():
    def script():
        from app.page.views import table

        table(["a<br>b"], [])
        table(["a<br>b"], [], html=True)

    assert [element.allow_html for element in shown(script).markdown] == [False, True]


def test_a_figure_is_handed_out_as_a_picture_of_its_name():
    def script():
        import plotly.graph_objects as go

        from app.page.views import draw

        draw(go.Figure(), "routes", "Two lines.")
        draw(go.Figure(), "losses", None, save=False)

    saved, bare = (json.loads(element.proto.config) for element in shown(script).get("plotly_chart"))
    assert saved["displayModeBar"]
    assert saved["modeBarButtons"] == [["toImage"]]
    assert saved["toImageButtonOptions"]["filename"] == "gatewalk-routes"
    assert bare == {"displayModeBar": False}


def test_a_file_holds_every_digit(monkeypatch):
    given = []
    monkeypatch.setattr(views.st, "download_button", lambda label, data, *rest, **more: given.append((label, data())))
    columns = {"step": np.arange(3), "size": np.array([1 / 3, 1e-300, np.inf])}
    views.take(Page("gradients", "en"), "sizes", columns)
    ((label, written),) = given
    head, *rows = csv.reader(io.StringIO(written))
    assert label == "CSV"
    assert head == ["step", "size"]
    assert [[int(step), float(size)] for step, size in rows] == [[0, 1 / 3], [1, 1e-300], [2, np.inf]]
