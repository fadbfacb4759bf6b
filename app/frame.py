"""What surrounds every lesson: navigation, progress, language, theme."""

from pathlib import Path

import streamlit as st

from app.lessons import LANGUAGE, LESSONS, language
from app.text import LANGUAGES, labels

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent / "pages"


@st.fragment(run_every=86400)
def pulse() -> None:
    """Nothing, once a day. A tab that has such a fragment recovers when its server comes back; one without does not."""


def bar(here: int, home: st.Page, words: dict[str, str]) -> None:
    """The line above every page: where we are, and in which language."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.page_link(home, label=words["frame.title"])
        if here:
            st.html(progress(here, words["frame.progress"].format(n=here, total=len(LESSONS))))
        st.segmented_control(
            words["frame.language"],
            list(LANGUAGES),
            default=next(iter(LANGUAGES)),
            required=True,
            key=LANGUAGE,
            bind="query-params",
            label_visibility="collapsed",
        )


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
    pages = [st.Page(PAGES / "home.py", title=words["lesson.home"], default=True)]
    pages += [st.Page(PAGES / f"{key}.py", title=words[f"lesson.{key}"], url_path=key) for key in LESSONS]
    page = st.navigation(pages, position="hidden")
    here = pages.index(page)
    asked = st.query_params.get(LANGUAGE, language())
    bar(here, pages[0], words)
    if asked not in LANGUAGES:
        st.warning(words["problem.language"])
    page.run()
    turn(here, pages, words)
    pulse()


frame()
