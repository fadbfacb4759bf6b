"""What surrounds every lesson: navigation, search, progress, language, theme."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from app.frame import host_words
from app.frame.search import places
from app.i18n import LANGUAGES, labels
from app.page.redraw import redraw
from app.page.registry import COURSE, LANGUAGE, LESSONS, TEACH, course_query, language
from app.page.session import session
from app.page.settings import sliders_last

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent.parent / "pages"


@st.fragment(run_every=86400)
def pulse() -> None:
    """Nothing, once a day. A tab that has such a fragment recovers when its server comes back; one without does not."""


def bar(here: int, pages: Mapping[str, st.Page], words: dict[str, str]) -> None:
    """The line above every page: where we are, what can be found, for whom it is shown, and in which language."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.page_link(pages["home"], label=words["frame.title"], query_params=course_query())
        if here:
            st.html(progress(here, words["frame.progress"].format(n=here, total=len(LESSONS))))
        find(pages, words)
        st.toggle(words["frame.teach"], key=TEACH, on_change=write_setting, args=(TEACH,))
        st.segmented_control(
            words["frame.language"],
            list(LANGUAGES),
            required=True,
            key=LANGUAGE,
            on_change=write_setting,
            args=(LANGUAGE,),
            label_visibility="collapsed",
        )


def read_settings() -> None:
    """Take the course's settings from the address, when it is opened or gone back to."""
    run = get_script_run_ctx()
    for name, options in COURSE.items():
        asked = options.get(st.query_params.get(name, ""))
        if name not in st.session_state:
            st.session_state[name] = next(iter(options.values())) if asked is None else asked
        elif asked is not None and run and run.is_history_navigation:
            st.session_state[name] = asked


def write_setting(name: str) -> None:
    """In a callback: have the address say what was chosen."""
    chosen = course_query().get(name)
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
    redraw()


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
        st.switch_page(pages[place.page], query_params=course_query())


def progress(here: int, text: str) -> str:
    dashes = "".join(f'<i class="{"now" if n == here else "done" if n < here else ""}"></i>' for n in lesson_numbers())
    return f'<p class="gw-progress"><span>{text}</span>{dashes}</p>'


def lesson_numbers() -> range:
    return range(1, len(LESSONS) + 1)


def turn(here: int, pages: list[st.Page], words: dict[str, str]) -> None:
    """Back and on, below every page."""
    query = course_query()
    with st.container(key="turn", horizontal=True, horizontal_alignment="distribute"):
        if here:
            st.page_link(pages[here - 1], label=f"{words['frame.back']}: {pages[here - 1].title}", query_params=query)
        if here + 1 < len(pages):
            text = words["frame.next" if here else "frame.begin"]
            with st.container(key="onward", width="content"):
                st.page_link(pages[here + 1], label=f"{text}: {pages[here + 1].title}", query_params=query)


def tab_title(key: str, words: Mapping[str, str]) -> str:
    """What the browser calls a page, in its tabs, bookmarks and history."""
    return f"{words['frame.title' if key == 'home' else f'lesson.{key}']} · Gatewalk"


def frame() -> None:
    read_settings()
    words = labels(language())
    st.set_page_config(page_icon=str(HERE / "logo.svg"), layout="wide")
    if language() != host_words.SPOKEN:
        st.html(host_words.style(words))
    pages = {"home": st.Page(PAGES / "home.py", title=words["lesson.home"], default=True)}
    pages |= {key: st.Page(PAGES / f"{key}.py", title=words[f"lesson.{key}"], url_path=key) for key in KEYS}
    page = st.navigation(list(pages.values()), position="hidden")
    key = next(key for key, each in pages.items() if each == page)
    st.set_page_config(tab_title(key, words))
    here = LESSONS.index(key) + 1 if key in LESSONS else 0
    asked = st.query_params.get(LANGUAGE, language())
    if not st.context.is_embedded:
        bar(here, pages, words)
    if st.session_state[TEACH]:
        st.html(HERE / "teach.css")
    if asked not in LANGUAGES:
        st.warning(words["problem.language"])
    with sliders_last():
        page.run()
    if not st.context.is_embedded and key != "glossary":
        turn(here, [pages["home"], *(pages[lesson] for lesson in LESSONS)], words)
    pulse()


KEYS = (*LESSONS, "glossary")

frame()
