"""Worksheets as one HTML file that prints: each on a page of its own, and then their keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from app.export.roles import HUES
from app.export.worksheet.exercise import Exercise
from app.export.worksheet.parts import Parts
from app.export.worksheet.picture import picture
from app.i18n import labels

Paper = Literal["a4", "letter"]
SIZES = {"a4": ("A4", 1.0), "letter": ("letter", 0.94)}
"""What a printer calls a sheet, and by how much ours, which is an A4 high, is made smaller to be on it."""

ONE_LINE = 70  # letters of an address beside what else is in a foot
HERE = Path(__file__).parent
STYLES = ("page", "tables", "picture")
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Gatewalk">
<title>{title}</title>
<style>{style}</style>
</head>
<body class="{paper}-paper">
<svg hidden>{symbol}</svg>
{pages}
</body>
</html>
"""


@dataclass(frozen=True)
class Sheet:
    """An exercise, and the address that leads to it."""

    exercise: Exercise
    address: str = ""


def html(
    sheets: Sequence[Sheet],
    name: str,
    language: str,
    *,
    keys: bool = True,
    paper: Paper = "a4",
    heading: str = "",
) -> str:
    """Sheets of one cell, and unless `keys` is false their keys behind them.

    Parameters
    ----------
    sheets : sequence of Sheet
    name : str
        The cell's, of its title.
    language : str
    keys : bool
    paper : str
    heading : str
        A reader's own words at the head of each sheet.
    """
    words = labels(language, "worksheet")
    total = len(sheets) * (1 + keys)
    places = [(sheet, number) for number, sheet in enumerate(sheets, 1)]
    parts = [Parts(sheet.exercise, language, len(sheet.address) > ONE_LINE) for sheet in sheets]
    symbol = picture(sheets[0].exercise.cell)
    drawing = shown(symbol, words["picture.label"])
    pages = []
    for (sheet, number), part in zip(places, parts, strict=True):
        key_page = len(sheets) + number if keys else None
        body = part.task(words[f"title.{name}"], drawing)
        pages.append(page(sheet, body, words, heading, (number, total), len(sheets), key_page))
    for (sheet, number), part in zip(places, parts, strict=True):
        if keys:
            at = (len(sheets) + number, total)
            pages.append(page(sheet, part.key(words[f"title.{name}"]), words, heading, at, len(sheets), None, number))
    size, zoom = SIZES[paper]
    return PAGE.format(
        language=escape(language),
        title=escape(words[f"title.{name}"]),
        style=style() + f"@page{{size:{size}}}:root{{--zoom:{zoom}}}",
        paper=paper,
        symbol=tostring(symbol, encoding="unicode"),
        pages="\n".join(pages),
    )


def page(
    sheet: Sheet,
    body: str,
    words: dict[str, str],
    heading: str,
    at: tuple[int, int],
    sheets: int,
    key_page: int | None,
    key_of: int | None = None,
) -> str:
    """One page: its head, its body, its foot. `key_of` is the number of the sheet whose key it is."""
    number = at[0] if key_of is None else key_of
    seed = sheet.exercise.seed
    middle = [words["sheet"].format(n=number, total=sheets)] if sheets > 1 else []
    middle += [words["seed"].format(seed=seed)] if seed is not None else []
    middle += [words["on"].format(page=key_page)] if key_page else []
    about = " · ".join(escape(text) for text in (words["key" if key_of else "about"], heading) if text)
    lines = "" if key_of else "".join(
        f'<span class="field {each}">{words[each]}<u></u></span>' for each in ("name", "date")
    )  # fmt: skip
    return (
        f'<section class="page {"key" if key_of else "sheet"}">'
        f'<header><svg viewBox="0 0 28 28" aria-hidden="true">{logo()}</svg><b>Gatewalk</b><span>{about}</span>'
        f"{lines}</header>{body}"
        f'<footer><span class="address">{escape(sheet.address)}</span><span>{" · ".join(middle)}</span>'
        f"<span>{words['page'].format(n=at[0], total=at[1])}</span></footer></section>"
    )


def shown(symbol: Element, label: str) -> str:
    """A picture where it is seen: all sheets have the same, which is drawn once."""
    size = symbol.attrib["viewBox"].split()[2:]
    drawing = Element("svg", {"viewBox": f"0 0 {' '.join(size)}", "role": "img", "aria-label": label})
    SubElement(drawing, "use", {"href": f"#{symbol.attrib['id']}"})
    return tostring(drawing, encoding="unicode")


@cache
def style() -> str:
    """The look of the paper; the colours are those of files."""
    hues = "".join(f".role-{role}{{--hue:{hue}}}" for role, hue in HUES.items())
    return "".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES) + hues


@cache
def logo() -> str:
    """What is within the logo's SVG."""
    drawn = (HERE.parents[1] / "frame" / "logo.svg").read_text(encoding="utf-8")
    return drawn.partition(">")[2].removesuffix("\n").removesuffix("</svg>")
