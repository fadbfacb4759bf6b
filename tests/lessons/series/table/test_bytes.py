"""Bytes that are no table: whatever comes, it is refused by the documented error, and in its time."""

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.decoding import MARKS
from app.i18n import LANGUAGES, labels
from app.lessons.series.table.decoding import KINDS
from app.lessons.series.table.reading import read
from app.lessons.series.table.records import TableError
from tests.lessons.series.table.hostile import SECONDS, workbook

BOOK = workbook([["date", "value"], *([f"2024-01-{day:02d}", day % 5] for day in range(1, 29))])
STARTS = [*KINDS, *MARKS, b"PK\x03\x04", b"PAR1", b"<html>", b"a;b\n1;2\n"]


def refused(data: bytes) -> str:
    """Why a file is refused; empty where it is read."""
    start = time.process_time()
    try:
        assert len(read(data).series.values) > 1
        reason = ""
    except TableError as told:
        reason = told.message.reason.removeprefix("upload.problem.")
    assert time.process_time() - start < SECONDS
    return reason


@given(st.sampled_from([b"", *STARTS]), st.binary(max_size=600), st.integers(1, 40))
def test_any_bytes_are_read_or_refused(start, data, times):
    refused(start + data * times)


@given(st.integers(0, len(BOOK)), st.dictionaries(st.integers(0, len(BOOK) - 1), st.integers(0, 255), max_size=5))
def test_a_damaged_workbook_is_read_or_refused(end, changes):
    damaged = bytearray(BOOK)
    for place, byte in changes.items():
        damaged[place] = byte
    refused(bytes(damaged[:end]))


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()


OTHERS = {
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "ods": archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<x/>"}),
    "workbook": archive(**{"word/document.xml": b"<x/>"}),
}


@pytest.mark.parametrize("reason", OTHERS)
def test_a_spreadsheet_of_another_kind_is_told_how_to_be_saved(reason):
    assert refused(OTHERS[reason]) == reason
    for language in LANGUAGES:
        told = labels(language, "series")[f"upload.problem.{reason}"]
        assert ".xlsx" in told
        assert "CSV" in told
    assert refused(BOOK) == ""
