"""The panel "Take it with you": what is on the stage as a link and as files, made once they are asked for."""

from io import BytesIO
from xml.etree.ElementTree import tostring

import numpy as np
import openpyxl
import pytest

from app.export import files
from app.export.link import qr_code
from app.i18n import LANGUAGES, labels
from app.lessons.fourday.model import ADDRESS, TARGETS, UNIT
from app.page.session import visit
from tests.page.test_every_page import opened

PANEL = ["link", "stage", "spreadsheet", "numbers", "program", "weights"]


def panel(key, monkeypatch, **query):
    """An open panel, and what its buttons would make, by the files' names: nothing has been made yet."""
    made = {}

    def button(label, data, file_name, mime=None, key="", **how):
        assert callable(data)
        if key.startswith("take-"):
            made[file_name] = data

    monkeypatch.setattr("streamlit.download_button", button)
    test = opened(key, **query)
    test.button(key="take-open").click().run()
    assert not test.exception
    return test, made


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_offers_what_is_on_the_stage_and_makes_nothing(language, monkeypatch):
    for card in files.CARDS.values():
        for file in card:
            monkeypatch.setitem(vars(file), "make", lambda *_: pytest.fail("a file was made"))
    test, made = panel("fourday", monkeypatch, lang=language, f="2.7,1.63,1.2")
    words = labels(language, "export")
    heads = [m.value.removeprefix("### ").partition("\n")[0] for m in test.markdown if m.value.startswith("### ")]
    assert heads == [words[f"take.{key}"] for key in PANEL]
    offered = [file.name.format(stem="gatewalk-fourday-A") for card in files.CARDS.values() for file in card]
    assert list(made) == offered
    (link,) = (code.value for code in test.code if "f=2.7" in code.value)
    assert "f=2.7,1.63,1.2" in link
    assert ("lang=vi" in link) == (language == "vi")


def test_the_files_are_of_the_weights_on_the_stage(monkeypatch):
    _, made = panel("fourday", monkeypatch, f="2.7,1.63,1.2", show="B")
    controls, _ = ADDRESS.read({"f": "2.7,1.63,1.2", "show": "B"})
    trace = UNIT.traces(controls)["B"]
    assert trace.cell.parameters["b_f"] == 1.2
    book = openpyxl.load_workbook(BytesIO(made["gatewalk-fourday-B.xlsx"]()), data_only=True)
    assert book.defined_names["b_f"].attr_text == "Weights!$C$6"
    assert book["Weights"]["C6"].value == 1.2
    assert book["Gradients"].cell(1, 8).value == TARGETS["B"]
    last = book["Every step"]["G17"].value
    assert last == trace["h"][-1].item()
    assert f"{last!r}" in made["gatewalk-fourday-B_numpy.py"]()


def test_what_the_browser_has_written_since_is_taken(monkeypatch):
    """A commit that was answered without a rerun is in the address of the browser, not yet in that of Streamlit."""
    monkeypatch.setattr("app.page.lesson.whole_page_is_drawn", lambda: False)
    original = visit

    def written():
        now = original()
        now.unwritten["f"] = "1,1,0.5"
        return now

    monkeypatch.setattr("app.page.lesson.visit", written)
    test, made = panel("lstm", monkeypatch)
    assert any("f=1,1,0.5" in code.value for code in test.code)
    assert "b_f = np.array([0.5])" in next(make for name, make in made.items() if "numpy" in name)()


def test_what_is_covered_is_not_given_away(monkeypatch):
    monkeypatch.setattr("app.page.take.covering", lambda _: True)
    test, made = panel("fourday", monkeypatch)
    assert not made
    assert labels("en")["predict.covered"] in [box.value for box in test.info]


def test_a_file_that_cannot_be_says_why(monkeypatch):
    test, made = panel("lab", monkeypatch, units="32")
    kinds = {name.rpartition(".")[2] for name in made}
    assert kinds == {"csv", "json", "npz", "py", "onnx", "safetensors"}
    assert any("at most 16 units" in caption.value for caption in test.caption)


def test_each_of_several_sequences_has_its_files(monkeypatch):
    test, made = panel("compare", monkeypatch)
    assert [tab.label for tab in test.tabs] == ["RNN", "LSTM", "GRU"]
    offered = [name for name in made if name.endswith(".xlsx")]
    assert offered == [f"gatewalk-compare-{kind}.xlsx" for kind in ("rnn", "lstm", "gru")]
    assert "    z = sigmoid(U_z @ h + W_z @ x + b_z)" in made["gatewalk-compare-gru_numpy.py"]()


def test_a_qr_code_is_quiet_around_and_refused_where_the_link_is_too_long():
    code = qr_code("https://example.org/fourday?f=2.7", "QR")
    side = float(code.get("viewBox").split()[-1])
    assert side == 29 + 2 * 4  # version 3
    assert b"#17202b" in tostring(code)
    assert np.isclose(float(code.get("width")), float(code.get("height")))
    assert qr_code("x" * 3000, "QR") is None
    weights = ";".join(f"U_f.{row}.{column}:0.25" for row in range(1, 16) for column in range(1, 16))
    assert qr_code(f"https://example.org/lab?w={weights}", "QR") is not None  # 4,000 characters, shortened
