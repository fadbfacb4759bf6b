"""What surrounds every lesson: navigation, search, progress, language, theme."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from app.frame.search import places
from app.i18n import LANGUAGES, labels
from app.page.redraw import redraw
from app.page.registry import LANGUAGE, LESSONS, language
from app.page.session import session

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent.parent / "pages"


@st.fragment(run_every=86400)
def pulse() -> None:
    """Nothing, once a day. A tab that has such a fragment recovers when its server comes back; one without does not."""


def bar(here: int, pages: Mapping[str, st.Page], words: dict[str, str]) -> None:
    """The line above every page: where we are, what can be found, for whom it is shown, and in which language."""
    for key, default in {LANGUAGE: next(iter(LANGUAGES)), "teach": False}.items():
        if st.session_state.get(key, default) != default and key not in st.query_params:
            st.session_state[key] = st.session_state[key]  # the search cleared the address: it says so again
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.page_link(pages["home"], label=words["frame.title"])
        if here:
            st.html(progress(here, words["frame.progress"].format(n=here, total=len(LESSONS))))
        find(pages, words)
        st.toggle(words["frame.teach"], key="teach", bind="query-params", on_change=redraw)
        st.segmented_control(
            words["frame.language"],
            list(LANGUAGES),
            default=next(iter(LANGUAGES)),
            required=True,
            key=LANGUAGE,
            bind="query-params",
            on_change=redraw,
            label_visibility="collapsed",
        )


def find(pages: Mapping[str, st.Page], words: dict[str, str]) -> None:
    """A box that finds lessons, their parts, and terms, and goes there."""

    def note() -> None:
        session().search_result = st.session_state["find"]
        st.session_state["find"] = None
        redraw()

    options = places(language(), tuple(LESSONS))
    st.selectbox(words["frame.find"], options, index=None, format_func=lambda place: place.name, key="find",
                 placeholder=words["frame.find_what"], on_change=note, label_visibility="collapsed")  # fmt: skip
    place = session().take_search_result()
    if place is not None:
        st.switch_page(pages[place.page], query_params={})  # without any it would refuse to clear those of widgets


def progress(here: int, said: str) -> str:
    dashes = "".join(f'<i class="{"now" if n == here else "done" if n < here else ""}"></i>' for n in lesson_numbers())
    return f'<p class="gw-progress"><span>{said}</span>{dashes}</p>'


def lesson_numbers() -> range:
    return range(1, len(LESSONS) + 1)


def turn(here: int, pages: list[st.Page], words: dict[str, str]) -> None:
    """Back and on, below every page."""
    with st.container(key="turn", horizontal=True, horizontal_alignment="distribute"):
        if here:
            st.page_link(pages[here - 1], label=f"{words['frame.back']}: {pages[here - 1].title}")
        if here + 1 < len(pages):
            said = words["frame.next" if here else "frame.begin"]
            with st.container(key="onward", width="content"):
                st.page_link(pages[here + 1], label=f"{said}: {pages[here + 1].title}")


def frame() -> None:
    words = labels(language())
    st.set_page_config("Gatewalk", page_icon=str(HERE / "logo.svg"), layout="wide")
    st.html(HERE / "frame.css")
    pages = {"home": st.Page(PAGES / "home.py", title=words["lesson.home"], default=True)}
    pages |= {key: st.Page(PAGES / f"{key}.py", title=words[f"lesson.{key}"], url_path=key) for key in KEYS}
    page = st.navigation(list(pages.values()), position="hidden")
    key = next(key for key, each in pages.items() if each == page)
    here = LESSONS.index(key) + 1 if key in LESSONS else 0
    asked = st.query_params.get(LANGUAGE, language())
    if not st.context.is_embedded:
        bar(here, pages, words)
    if st.session_state.get("teach"):
        st.html(HERE / "teach.css")
    if asked not in LANGUAGES:
        st.warning(words["problem.language"])
    page.run()
    if not st.context.is_embedded and key != "glossary":
        turn(here, [pages["home"], *(pages[lesson] for lesson in LESSONS)], words)
    pulse()


KEYS = (*LESSONS, "glossary")

frame()
