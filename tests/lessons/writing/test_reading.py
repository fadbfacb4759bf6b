"""Files of a reader's own: whatever their encoding, and what is no text."""

import unicodedata

import pytest

from app.lessons.writing.corpus import corpus
from app.lessons.writing.own.reading import reading
from app.messages import RefusedError

VERSE = corpus("kieu")[:3000]
FRENCH = "L’été, après la fête, élève et maître mangèrent à côté du château.\n" * 40


@pytest.mark.parametrize(
    ("data", "encoding", "sure"),
    [
        (VERSE.encode(), "UTF-8", True),
        (VERSE.encode("utf-8-sig"), "UTF-8", True),
        (VERSE.encode("utf-16"), "UTF-16", True),
        (b"\xfe\xff" + VERSE.encode("utf-16-be"), "UTF-16", True),
        (("plain words\n" * 200).encode("utf-16-le"), "UTF-16-LE", True),
        (unicodedata.normalize("NFD", VERSE).encode(), "UTF-8", True),
        (VERSE.replace("\n", "\r\n").encode(), "UTF-8", True),
        (FRENCH.encode("cp1252"), "Windows-1252", False),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_text_is_read_whatever_its_encoding(data, encoding, sure):
    found = reading(data)
    expected = FRENCH if "1252" in encoding else "plain words\n" * 200 if encoding == "UTF-16-LE" else VERSE
    assert (found.text, found.encoding, found.sure) == (expected, encoding, sure)


def test_vietnamese_of_windows_is_guessed_and_composed():
    """Its code page has the letters with hats and horns, and the tones as marks behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"

    def apart(letter: str) -> str:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        return base + "".join(c for c in parts if c in tones)

    data = "".join(map(apart, VERSE)).encode("cp1258")
    found = reading(data)
    assert (found.text, found.encoding, found.sure) == (VERSE, "Windows-1258", False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n...", "pdf"), (b"\x89PNG\r\n\x1a\n", "image"), (b"\xff\xd8\xff\xe0JFIF", "image"),
        (b"GIF89a", "image"), (b"PK\x03\x04word/document.xml", "document"), (b"{\\rtf1 hello", "document"),
        (b"\xd0\xcf\x11\xe0", "document"), (b"words\0and zeros" * 9, "binary"), (("a" * 200_001).encode(), "long"),
        (b"\xef\xbb\xbfwell\n\xff\xfe", "encoding"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_by_what_it_is(data, reason):
    with pytest.raises(RefusedError) as refused:
        reading(data)
    assert refused.value.message.reason == f"own.problem.{reason}"
