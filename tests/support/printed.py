"""A worksheet as whoever holds the paper has it: its pages, and in them its tables, as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

VOID = {"meta", "br", "link"}


@dataclass
class Cell:
    """A cell of a table: its tag, its class, all its text, and that of its bold and of its small parts."""

    tag: str
    kind: str
    text: str = ""
    parts: dict[str, str] = field(default_factory=dict)


@dataclass
class Printed:
    """One page."""

    kind: str
    text: str = ""
    tables: dict[str, list[list[Cell]]] = field(default_factory=dict)
    answer: str = ""


class Reader(HTMLParser):
    """Reads the pages of a document."""

    def __init__(self, html: str):
        super().__init__()
        self.pages: list[Printed] = []
        self.open: list[tuple[str, str]] = []
        self.table: list[list[Cell]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        kind = dict(attributes).get("class") or ""
        if tag not in VOID:
            self.open.append((tag, kind))
        if tag == "section":
            self.pages.append(Printed(kind.split()[-1]))
        elif tag == "table":
            self.table = self.pages[-1].tables[kind] = []
        elif tag == "tr":
            self.table.append([])
        elif tag in ("td", "th"):
            self.table[-1].append(Cell(tag, kind))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        if "section" not in tags or "svg" in tags:
            return
        self.pages[-1].text += data
        if "tr" in tags:
            cell = self.table[-1][-1]
            cell.text += data
            for tag in {"b", "small"} & set(tags):
                cell.parts[tag] = cell.parts.get(tag, "") + data
        if ("p", "answer") in self.open:
            self.pages[-1].answer += data


def pages(html: str) -> list[Printed]:
    return Reader(html).pages


def number(text: str) -> Decimal:
    """A printed number."""
    assert re.fullmatch(r"\N{MINUS SIGN}?\d+([.,]\d+)?", text), text
    return Decimal(text.replace("\N{MINUS SIGN}", "-").replace(",", "."))


def letter(row: list[Cell]) -> str:
    """The letter at the head of a row."""
    return row[0].text.split()[0]
