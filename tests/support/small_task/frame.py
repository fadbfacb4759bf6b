"""Two pages of one app: the tiny task's, and a lesson to go to meanwhile."""

from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent.parent.parent

st.html(ROOT / "app" / "bundles" / "frame.css")
tiny = st.Page(ROOT / "tests/support/small_task/page.py", title="Tiny", default=True)
lesson = st.Page(ROOT / "pages" / "fourday.py", title="Lesson", url_path="fourday")
current = st.navigation([tiny, lesson], position="hidden")
st.page_link(tiny)
st.page_link(lesson)
current.run()
