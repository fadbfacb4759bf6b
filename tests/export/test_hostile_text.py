"""Nothing that a reader typed gets into an export as a tag, a formula or a line of a program."""

import csv
import io
import json
from types import SimpleNamespace
from xml.etree.ElementTree import fromstring, tostring

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.components.bundles import APP
from app.export.files import CARDS
from app.export.link import qr_code
from app.export.names import names_of
from app.export.notebook import show
from app.export.sequence import Sequence
from app.export.sheets import MOST_TITLE
from app.export.spreadsheet import workbook
from app.page import views
from cells import LSTM, run
from tests.export.test_notebook import Frame
from tests.export.test_standalone import Elements

TRACE = run(LSTM.random(1, 1, seed=3), [[0.5], [1.0]])
SHOWN = Sequence(TRACE)
FILES = {file.key: file for card in CARDS.values() for file in card}
TITLED = ("xlsx", "npz", "worksheet", "ipynb")  # npz is a zip, which has the time in it
ALIKE = [file for key, file in FILES.items() if key not in TITLED]

ATTACKS = [
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'; import os; os.system('id') #",
    '"""\nimport os\n"""',
    "# a comment\rimport os",
    '=HYPERLINK("http://example.org","x")',
    "\t=1+1",
    "@SUM(1)",
    "-1+1|cmd",
    "{=1}",
    "http://example.org",
    "mailto:a@example.org",
    "_x0041_",
    "\x00\x1b[31m",
    "x" * 40_000,
    "%scene%%title%",
    "\u2028</title>",
]
TEXTS = st.text() | st.sampled_from(ATTACKS) | st.builds("".join, st.lists(st.sampled_from(ATTACKS[:-3]), max_size=3))
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(key, title):
    return FILES[key].make(SHOWN, names_of(TRACE.cell, title, "en"))


@FEW
@given(TEXTS)
def test_a_notebook_has_one_frame_and_in_it_the_page_that_it_always_is(name):
    plain = [tag for tag, _ in Elements(show(TRACE, "x").page).found]
    (frame,) = Frame(show(TRACE, name)._repr_html_()).found
    page = Elements(frame["srcdoc"].encode())
    assert [tag for tag, _ in page.found] == plain
    assert frame.keys() == {"title", "sandbox", "style", "srcdoc"}
    shown = name or "LSTM"
    assert in_lines(page.text("h1").rstrip("\n")) == in_lines(shown.rstrip("\n"))


def in_lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


@FEW
@given(TEXTS)
@example(ATTACKS[5])
@example(ATTACKS[-3])
def test_a_workbook_has_it_as_a_text_in_its_first_cells_alone(title):
    def cells(text):
        book = openpyxl.load_workbook(io.BytesIO(workbook(SHOWN, names_of(TRACE.cell, text, "en"))))
        kinds = [[cell.data_type for row in sheet.iter_rows() for cell in row] for sheet in book]
        return book, kinds

    (book, kinds), (plain, plain_kinds) = cells(title), cells("x")
    assert book.sheetnames == plain.sheetnames
    assert book.defined_names.keys() == plain.defined_names.keys()
    assert [each[1:] for each in kinds] == [each[1:] for each in plain_kinds]
    for sheet in book:
        assert sheet["A1"].data_type in "sn"
        assert not sheet["A1"].hyperlink
        if title.isprintable():
            assert (sheet["A1"].value or "") == title[:MOST_TITLE]


@FEW
@given(TEXTS)
def test_a_worksheet_has_no_other_tag(title):
    plain, found = (Elements(made("worksheet", text).encode()).found for text in ("x", title))
    assert [(tag, own.keys()) for tag, own in found] == [(tag, own.keys()) for tag, own in plain]


@FEW
@given(TEXTS)
@example("![a](http://example.org) [b](javascript:alert(1))\n\n<b>")
def test_a_notebooks_file_has_it_as_plain_words_in_its_heading(title):
    (heading, *cells), (_, *others) = (json.loads(made("ipynb", text))["cells"] for text in (title, "x"))
    assert cells == others
    about = json.loads(made("ipynb", ""))["cells"][0]["source"].removeprefix("# ")
    assert not set("<>[]()`*_!") & set(heading["source"].removesuffix(about))


@FEW
@given(TEXTS)
@pytest.mark.parametrize("file", ALIKE, ids=lambda file: file.key)
def test_programs_and_numbers_do_not_have_it_at_all(file, title):
    assert sorted(made(file.key, title)) == sorted(made(file.key, "x"))  # safetensors writes metadata in any order


@FEW
@given(st.lists(TEXTS, min_size=1, max_size=4, unique=True), TEXTS)
def test_no_cell_of_a_table_is_a_formula(heads, text):
    """Of a reader's own table: its columns' names, and its texts."""
    written = {}
    page = SimpleNamespace(label=lambda key: key)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(views.st, "download_button", lambda label, made, *_, **__: written.update(made=made))
        views.take(page, "table", {head: np.array([text, "1"], dtype=object) for head in heads})
    rows = list(csv.reader(io.StringIO(written["made"](), newline="")))
    assert len(rows) == 3
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@FEW
@given(TEXTS)
def test_a_code_of_a_link_is_a_picture_and_nothing_else(link):
    drawn = qr_code(link or "x", "QR")
    if drawn is not None:
        svg = fromstring(tostring(drawn))
        assert {element.tag.rpartition("}")[2] for element in svg.iter()} <= {"svg", "path", "g"}
        assert not [
            name for element in svg.iter() for name in element.attrib if name.startswith("on") or "href" in name
        ]


def test_the_template_has_each_place_once_that_is_filled():
    template = (APP / "bundles/alone.html").read_text(encoding="utf-8")
    assert {name: template.count(f"%{name}%") for name in ("scene", "link", "title", "language")} == {
        "scene": 1, "link": 1, "title": 2, "language": 1,
    }  # fmt: skip
