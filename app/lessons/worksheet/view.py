"""Page `worksheet`: its settings, and the sheets as they are printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.components.worksheet import worksheet
from app.controls.settings import Choice
from app.export.worksheet.cells import OWN, SEED
from app.export.worksheet.document import html
from app.lessons.worksheet import model
from app.page.page import Page
from app.page.registry import course_query


def settings(page: Page) -> model.Wish:
    """What the reader wishes: the cell and its numbers first, then what is printed of them."""
    cell = one_of(page, model.CELL, st.selectbox)
    numbers = one_of(page, model.NUMBERS)
    seed, sheets = model.FROM.default, model.HOW_MANY.default
    if numbers == SEED:
        with st.container(horizontal=True):
            seed = page.number(model.FROM, page.label("seed.label"))
            sheets = page.number(model.HOW_MANY, page.label("sheets.label"))
        if sheets > 1:
            page.text("sheets.about", first=f"{seed}", last=f"{seed + sheets - 1}")
    own = typed(page, cell, numbers) if numbers != SEED else {}
    steps = one_of(page, model.STEPS)
    decimals = one_of(page, model.PLACES, said=str)
    given = one_of(page, model.GIVEN)
    wish, problems = model.wished(
        {"cell": cell, "numbers": numbers, "steps": steps, "decimals": decimals, "given": given, "seed": seed,
         "sheets": sheets}, own,
    )  # fmt: skip
    page.warn(problems)
    return wish


def typed(page: Page, cell: str, numbers: str) -> dict[str, str]:
    """The weights and days as the reader has typed them."""
    boxes = model.typed(cell)
    if numbers != OWN:
        boxes.pop("x")
    with st.expander(page.label("own.title"), expanded=numbers == OWN):
        page.text("own.about")
        return {key: st.text_input(label(page, key), **page.bound(box)).replace(" ", "") for key, box in boxes.items()}


def label(page: Page, key: str) -> str:
    return page.label("own.days") if key == "x" else page.label("own.gate", gate=key)


def one_of(
    page: Page,
    setting: Choice,
    draw: Callable[..., Any] = st.segmented_control,
    said: Callable[[str], str] | None = None,
) -> Any:
    """One of a setting's options, each under its label, or as it is `said`."""
    said = said or (lambda text: page.label(f"{setting.name}.{text}"))
    names = {setting.options[text]: said(text) for text in setting.options}
    required = {"required": True} if draw is st.segmented_control else {}
    return draw(
        page.label(f"{setting.name}.label"), list(names), format_func=names.__getitem__, **required,
        **page.bound(setting),
    )  # fmt: skip


def preview(page: Page, wish: model.Wish) -> None:
    """The sheets, and what does not change their numbers: paper, keys, a heading."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = one_of(page, model.PAPER)
        bare = page.toggle(model.NO_KEYS, page.label("nokeys.label"))
        heading = st.text_input(page.label("heading.label"), max_chars=model.MOST_HEADING, **page.bound(model.HEADING))
    sheets = wish.made(st.context.url or "", course_query())
    document = html(sheets, wish.cell, page.language, keys=not bare, paper=paper, heading=heading[: model.MOST_HEADING])
    name = f"gatewalk-worksheet-{wish.cell}" + (f"-{wish.seed}" if wish.numbers == SEED else "")
    worksheet(document, f"{name}.html", page.labels("paper_view"))
