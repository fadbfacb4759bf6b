"""A sum as a receipt: what a narrow page has in place of the picture with its bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from app.formatting import number
from app.lessons.model.model import Reason
from app.lessons.model.unit.pictures import bracketed, named, outcome


def receipt(reason: Reason, words: Mapping[str, str], inputs: Sequence[str]) -> str:
    """Its rows one below the other, each with its factors beneath its name, and the sum at the end."""
    rows = []
    for part in reason.parts:
        factors = " · ".join(bracketed(number(each, 4)) for each in part.factors) if len(part.factors) > 1 else ""
        small = f"<small>{escape(factors)}</small>" if factors else ""
        name = escape(named(part, words, inputs))
        rows.append(f'<tr><th scope="row">{name}{small}</th><td>{number(part.product, 4)}</td></tr>')
    total = f'<tr><th scope="row">{escape(words["sum"])}</th><td>{number(reason.total, 4)}</td></tr>'
    return (
        f'<table class="gw-receipt"><tbody>{"".join(rows)}</tbody><tfoot>{total}</tfoot></table>'
        f'<p class="gw-receipt">{escape(outcome(reason))}</p>'
    )
