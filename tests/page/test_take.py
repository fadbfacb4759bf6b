"""The panel "Take it with you": what is on the stage as a link and as files, made once they are asked for."""

import json
from io import BytesIO
from xml.etree.ElementTree import tostring

import numpy as np
import openpyxl
import pytest
from starlette.requests import Request

from app.components.bundles import APP
from app.export import files
from app.export.link import qr_code
from app.i18n import LANGUAGES, labels, table_of
from app.lessons.fourday.model import ADDRESS, TARGETS, UNIT
from app.messages import RefusedError
from app.page.answers import answer
from app.server.taking import answered
from tests.page.test_every_page import opened
from tests.support.loops import finished

CARDS = ["link", "picture", "page", "spreadsheet", "worksheet", "numbers", "program", "notebook"]


def panel(key, monkeypatch, **query):
    """What the browser is sent for the panel, and the page."""
    sent = []
    monkeypatch.setattr("app.page.take.take", sent.append)
    test = opened(key, **query)
    assert not test.exception
    (data,) = sent
    return data, test


def asked(data, file, controls=(), **more):
    """The server's answer."""
    return answer(data["token"], {"file": file, "controls": dict(controls), "language": data["language"], **more})


def posted(token, content):
    """The same by the route."""

    async def receive():
        return {"type": "http.request", "body": content}

    headers = [(b"content-length", b"%d" % len(content))]
    scope = {"type": "http", "method": "POST", "headers": headers, "path_params": {"token": token}}
    return finished(answered(Request(scope, receive)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_offers_its_cards_in_order_and_makes_nothing(language, monkeypatch):
    for card in files.CARDS.values():
        for file in card:
            monkeypatch.setitem(vars(file), "make", lambda *_: pytest.fail("a file was made"))
    data, kept = panel("fourday", monkeypatch, lang=language)
    words = labels(language, "export")
    assert [(card["key"], card["title"]) for card in data["cards"]] == [(key, words[f"take.{key}"]) for key in CARDS]
    offered = {kind["key"] for card in data["cards"] for kind in card["kinds"]}
    found = asked(data, "offers", {"show": ["A", "B"]})["series"]
    assert found.keys() == {"A", "B"}
    assert found["A"] == dict.fromkeys(offered)  # each with no reason against it
    assert kept is not None  # its session keeps what makes the files


def test_the_files_are_of_the_weights_on_the_stage(monkeypatch):
    data, kept = panel("fourday", monkeypatch)
    controls, _ = ADDRESS.read({"f": "2.7,1.63,1.2", "show": "B"})
    sent = {"weights": controls.weights, "days": controls.days, "show": ["B"]}
    trace = UNIT.traces(controls)["B"]
    made = asked(data, "xlsx", sent, series="B", digits=4)
    assert made.name == "gatewalk-fourday-B.xlsx"
    book = openpyxl.load_workbook(BytesIO(made.body), data_only=True)
    assert book["Weights"]["C6"].value == 1.2
    assert book["Weights"]["C6"].number_format == "0.0000"
    assert book["Gradients"].cell(1, 8).value == TARGETS["B"]
    last = book["Every step"]["G17"].value
    assert last == trace["h"][-1].item()
    assert f"{last!r}" in asked(data, "numpy", sent, series="B").body.decode()
    assert kept is not None


def test_the_route_sends_a_file_a_reason_or_nothing(monkeypatch):
    data, kept = panel("fourday", monkeypatch)

    def post(**sent):
        return posted(data["token"], json.dumps(sent).encode())

    made = post(file="csv", series="A", controls={}, language="en")
    assert made.status_code == 200
    assert made.headers["content-disposition"].endswith("gatewalk-fourday-A.csv")
    assert b"\nstep,unit,name,value,gradient\n1,1,x," in made.body.replace(b"\r", b"")
    long = post(file="qr", address="x" * 3000, language="vi")
    assert (long.status_code, json.loads(long.body)["reason"]) == (422, labels("vi", "export")["take.qr.long"])
    for wrong in ({"file": "csv", "series": "C"}, {"file": "exe", "series": "A"}, {"file": ["csv"]}, {"file": "qr"}):
        assert post(**wrong).status_code == 404
    assert posted("none", b'{"file": "offers"}').status_code == 404
    assert posted(data["token"], b"[]").status_code == 404
    assert posted(data["token"], b"{").status_code == 400
    assert kept is not None


def test_other_words_are_those_of_the_other_language(monkeypatch):
    data, kept = panel("fourday", monkeypatch)
    words = answer(data["token"], {"file": "words", "language": "vi"})
    assert words["cells"]["lstm"]["lang"] == "vi"
    assert words["names"] == dict(table_of("vi", "fourday", "series"))
    assert words["title"] == labels("vi")["lesson.fourday"]
    assert kept is not None


def test_a_file_that_cannot_be_says_why(monkeypatch):
    data, kept = panel("lab", monkeypatch, units="32")
    (reasons,) = asked(data, "offers")["series"].values()
    assert {key for key, why in reasons.items() if why} == {"xlsx", "worksheet"}
    assert "at most 16 units" in reasons["xlsx"]
    with pytest.raises(RefusedError):
        asked(data, "xlsx", series=next(iter(asked(data, "offers")["series"])))
    assert kept is not None


def test_each_of_several_sequences_has_its_files(monkeypatch):
    data, kept = panel("compare", monkeypatch)
    assert list(asked(data, "offers")["series"]) == ["rnn", "lstm", "gru"]
    made = asked(data, "numpy", series="gru")
    assert made.name == "gatewalk-compare-gru_numpy.py"
    assert "    z = sigmoid(U_z @ h + W_z @ x + b_z)" in made.body.decode()
    assert kept is not None


@pytest.mark.parametrize(
    ("key", "query"), [("recall", {}), ("text", {}), ("series", {}), ("model", {"sample": "recall"})]
)
def test_a_trained_cell_can_be_taken_along(key, query, monkeypatch):
    data, kept = panel(key, monkeypatch, **query)
    assert data["own"] == (key == "model")  # then the panel has no link, and asks before it saves
    ((series, reasons),) = asked(data, "offers")["series"].items()
    assert reasons["csv"] is None
    assert "\nstep,unit,name,value,gradient\n1,1,x," in asked(data, "csv", series=series).body.decode()
    assert kept is not None


def test_nothing_of_it_comes_with_a_page():
    """A page loads what opens the panel; the panel and the encoders come when they are asked for."""
    loaded = (APP / "bundles/components.js").read_text(encoding="utf-8")
    assert "gw-take-card" not in loaded
    assert "video/webm" not in loaded
    panel, film = ((APP / f"bundles/{name}.js").read_text(encoding="utf-8") for name in ("take", "film"))
    assert "gw-take-card" in panel
    assert "video/webm" not in panel
    assert len(panel) < 40_000 < len(film)


def test_a_qr_code_is_quiet_around_and_refused_where_the_link_is_too_long():
    code = qr_code("https://example.org/fourday?f=2.7", "QR")
    side = float(code.get("viewBox").split()[-1])
    assert side == 29 + 2 * 4  # version 3
    assert b"#17202b" in tostring(code)
    assert np.isclose(float(code.get("width")), float(code.get("height")))
    assert qr_code("x" * 3000, "QR") is None
    weights = ";".join(f"U_f.{row}.{column}:0.25" for row in range(1, 16) for column in range(1, 16))
    assert qr_code(f"https://example.org/lab?w={weights}", "QR") is not None  # 4,000 characters, shortened
