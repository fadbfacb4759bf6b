"""What surrounds every lesson: navigation, search, progress, language, theme."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from app.components.bar import bar as draw_bar
from app.components.bar.data import Data
from app.controls.short_link import NAME
from app.export.worksheet.cells import CELLS
from app.frame import host_words
from app.frame.class_room import draw_class
from app.frame.search import places
from app.i18n import LANGUAGES, labels
from app.page.redraw import redraw
from app.page.registry import COURSE, LANGUAGE, LESSONS, PLACES, TASKS, TEACH, address_of, course_query, language
from app.page.settings import sliders_last

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent.parent / "pages"


@st.fragment(run_every=86400)
def pulse() -> None:
    """Nothing, once a day. A tab that has such a fragment recovers when its server comes back; one without does not."""


def bar(key: str, here: int, words: dict[str, str]) -> None:
    """The line above every page: where we are, what can be found, for whom it is shown, and in which language."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        draw_bar(sent(here, words))
        draw_class(key)
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


def sent(here: int, words: Mapping[str, str]) -> Data:
    """What the bar shows, of the lesson with the number `here` or of none."""
    return {
        "here": here,
        "home": address_of("home"),
        "glossary": address_of("glossary"),
        "worksheet": worksheet(here),
        "lessons": [
            {"key": key, "title": words[f"lesson.{key}"], "href": address_of(key), "tasks": TASKS[key]}
            for key in LESSONS
        ],
        "places": places(language(), LESSONS, address_of),
        "words": {
            "home": words["lesson.home"],
            "place": words["frame.progress"],
            "short": words["frame.short"],
            "lessons": words["frame.lessons"],
            "glossary": words["lesson.glossary"],
            "worksheet": words["lesson.worksheet"],
            "find": words["frame.find"],
            "find_what": words["frame.find_what"],
            "no_results": words["host.no_results"],
            "close": words["frame.close"],
            "done": words["course.done"],
            "opened": words["course.opened"],
        },
    }


def worksheet(here: int) -> str:
    """The worksheets of a lesson's cell, or those to begin with."""
    key = LESSONS[here - 1] if here else ""
    return address_of("worksheet", cell=key) if key in CELLS else address_of("worksheet")


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


def ending(words: dict[str, str]) -> None:
    """What stands at the end of the last lesson: that it is the last, and ways on."""
    texts = {name: words[f"course_end.{name}"] for name in ("title", "text")}
    ways = {"home": words["course_end.home"], "glossary": words["lesson.glossary"], "memory": words["course_end.again"]}
    links = " · ".join(f'<a class="gw-link" href="{escape(address_of(key))}">{text}</a>' for key, text in ways.items())
    with st.container(key="part-card-ending"):
        st.html(f"<h2>{texts['title']}</h2><p>{texts['text']}</p><p>{links}</p>")


def turn(here: int, pages: list[st.Page], words: dict[str, str]) -> None:
    """Back and on, below every lesson."""
    query = course_query()
    with st.container(key="turn", horizontal=True, horizontal_alignment="distribute"):
        st.page_link(pages[here - 1], label=f"{words['frame.back']}: {pages[here - 1].title}", query_params=query)
        if here + 1 < len(pages):
            with st.container(key="onward", width="content"):
                st.page_link(
                    pages[here + 1], label=f"{words['frame.next']}: {pages[here + 1].title}", query_params=query
                )


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
        bar(key, here, words)
    if st.session_state[TEACH]:
        st.html(HERE / "teach.css")
    if asked not in LANGUAGES:
        st.warning(words["problem.language"])
    if NAME in st.query_params:  # the server has written out every one that can be read
        st.warning(words["problem.short"])
    with sliders_last():
        page.run()
    if not st.context.is_embedded and key in LESSONS:
        if here == len(LESSONS):
            ending(words)
        turn(here, [pages["home"], *(pages[lesson] for lesson in LESSONS)], words)
    pulse()


KEYS = (*LESSONS, *PLACES)

frame()
