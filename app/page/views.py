"""What a page shows beside its words: figures, tables, and the numbers behind them as a file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from app.formatting import as_text

if TYPE_CHECKING:
    from app.page.page import Page


def draw(figure: Any, key: str, alt: str | None, save: bool = True, **rest: Any) -> None:
    """A figure, what it shows in words, and a button that hands it out as a picture unless `save` is false."""
    bar: dict[str, Any] = {"displayModeBar": save}
    if save:
        picture = {"format": "png", "filename": f"gatewalk-{key}", "scale": 2}
        bar |= {"modeBarButtons": [["toImage"]], "displaylogo": False, "toImageButtonOptions": picture}
    st.plotly_chart(figure, key=key, alt=alt, config=bar, **rest)


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], words: Collection[int] = (0,), html: bool = False
) -> None:
    """A table; the columns `words` are aligned left, all others are numbers and aligned right.

    `html` says that the texts are our own and may hold tags: no reader's words.
    """
    marks = ["---" if column in words else "---:" for column in range(len(head))]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in [head, marks, *rows]), unsafe_allow_html=html)


def take(page: Page, name: str, columns: Mapping[str, np.ndarray]) -> None:
    """A button that hands out numbers as CSV, at full precision; a number that there is not is an empty cell."""

    def written() -> str:
        file = io.StringIO()
        lines = csv.writer(file)
        lines.writerow(map(plain, columns))
        lines.writerows(map(plain, row) for row in zip(*(each.tolist() for each in columns.values()), strict=True))
        return file.getvalue()

    st.download_button(page.label("csv"), written, f"{name}.csv", "text/csv", key=f"csv-{name}", on_click="ignore")


def plain(cell: object) -> object:
    """A cell of a table as it is written: no text is a formula, and what is not a number is empty."""
    if isinstance(cell, str):
        return as_text(cell)
    return "" if isinstance(cell, float) and math.isnan(cell) else cell
