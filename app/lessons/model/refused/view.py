"""A file that was not opened: what it is, what it asked for, what to do, and two ways on."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import streamlit as st

from app.components.refusal import refusal
from app.lessons.model.asked import Asked, Scan
from app.lessons.model.held import Problem
from app.page.page import Page

LISTED = 7  # names that are shown
TITLE = re.compile(r"\*\*(.+?)\*\*\s*(.*)", re.DOTALL)


def refused(page: Page, problem: Problem, again: Callable[[], None], sample: Callable[[], None]) -> None:
    """Why a file was not opened, told once to a screen reader, and what to do."""
    title, text = parted(page.message_text(problem.message))
    why, _, way = text.partition("\n\n")
    with page.part("refused"):
        refusal(title, problem.name)
        st.markdown(why)
        with page.part("refused-more"):
            if problem.scan:
                with page.part("refused-asked"):
                    page.html(table_of(page, problem.scan))
            if way:
                with page.part("refused-way"):
                    page.text("refused.way")
                    st.markdown(way)
        with page.part("refused-foot"):
            st.button(page.label("refused.again"), key="model-again", type="primary", on_click=again)
            st.button(page.label("refused.sample"), key="model-sample", on_click=sample)
            st.caption(page.label("refused.kept"))


def parted(message: str) -> tuple[str, str]:
    """A refusal's first sentence, which stands between stars, and the rest, as Markdown."""
    found = TITLE.fullmatch(message)
    return (found[1].replace("`", ""), found[2]) if found else (message, "")


def table_of(page: Page, scan: Scan) -> str:
    """What a pickle asked for: what each is, and what was done about it."""
    rows = "".join(row_of(page, each) for each in scan.asked[:LISTED])
    head = "".join(f"<th scope='col'>{escape(each)}</th>" for each in page.label("asked.head").split("|"))
    more = len(scan.asked) - LISTED
    rest = f"<p>{escape(page.label('asked.more', count=f'{more}'))}</p>" if more > 0 else ""
    stopped = next((each for each in scan.asked if each.kind == "program"), scan.asked[0])
    values = {"name": stopped.name, "byte": f"{stopped.byte}", "entry": scan.entry or page.label("asked.file")}
    return (
        f"<h4>{escape(page.label('asked.title'))}</h4><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"{rest}<p>{escape(page.label('asked.how', **values))}</p>"
    )


def row_of(page: Page, asked: Asked) -> str:
    verdict = "refused" if asked.kind == "program" else "fine" if asked.read else "name"
    told = escape(page.label(f"asked.verdict.{verdict}"))
    kind = escape(page.label(f"asked.is.{asked.kind}"))
    return f"<tr><td><code>{escape(asked.name)}</code></td><td>{kind}</td><td data-verdict='{verdict}'>{told}</td></tr>"
