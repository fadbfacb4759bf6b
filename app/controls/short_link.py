"""An address shortened where it is long: `?s=1.…` is the same query, compressed.

    s=1.<text>   version 1: raw deflate of the query as a JSON object of texts, in base64url without padding

The server answers such an address with the one that it stands for (`app/server/short_links.py`), so pages read and
write only that.
"""

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

NAME = "s"
VERSION = "1."
LONG = 200  # characters of a query that is shortened
MOST_TEXT, MOST_BYTES = 12_000, 16_000
"""Characters that are read, and bytes that they may stand for: the longest address of a page has 8,000."""

SAFE = ",;:"  # what a query may say as it is
BESIDE = {"embed", "embed_options"}
"""What stands beside: whoever answers for a frame reads it before the rest."""

TEXT = re.compile(rf"1\.[\w-]{{1,{MOST_TEXT}}}", re.ASCII)
KEY = re.compile(r"[\w.-]{1,40}", re.ASCII)


def short_link(address: str) -> str:
    """An address with its query shortened, if it is long and that makes it shorter; what is no address as it is."""
    try:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        inside = {name: text for name, text in query.items() if name not in BESIDE}
        if len(parts.query) < LONG or NAME in query:
            return address
        texts = {NAME: shortened(inside), **{name: query[name] for name in BESIDE & query.keys()}}
        return min(parts._replace(query=urlencode(texts)).geturl(), address, key=len)
    except ValueError:
        return address


def shortened(query: Mapping[str, str]) -> str:
    """A query as the text of `s`."""
    plain = json.dumps(query, ensure_ascii=False, separators=(",", ":")).encode()
    squeezed = zlib.compress(plain, 9, wbits=-zlib.MAX_WBITS)
    return VERSION + urlsafe_b64encode(squeezed).rstrip(b"=").decode()


def expanded(text: str) -> dict[str, str] | None:
    """The query that a text of `s` stands for; None for any other text, however it was made."""
    if not TEXT.fullmatch(text):
        return None
    squeezed = text.removeprefix(VERSION)
    try:
        query = json.loads(inflated(urlsafe_b64decode(squeezed + "=" * (-len(squeezed) % 4))))
        return query if isinstance(query, dict) and all(is_said(*pair) for pair in query.items()) else None
    except (ValueError, zlib.error, RecursionError):
        return None


def is_said(name: str, text: object) -> bool:
    """Whether an address can say a text under a name."""
    return bool(KEY.fullmatch(name)) and name != NAME and isinstance(text, str) and text.isprintable()


def inflated(squeezed: bytes) -> bytes:
    """What was compressed, if it is all there and no more than it may be."""
    machine = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    plain = machine.decompress(squeezed, MOST_BYTES)
    if not machine.eof or machine.unused_data:
        raise ValueError("cut off, too large, or with something behind it")
    return plain
