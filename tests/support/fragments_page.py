"""A page whose parts ask for one another."""

import streamlit as st

from app.page.redraw import redraw

whole = st.checkbox("whole", on_change=redraw)
st.markdown(f"page: {whole}")


@st.fragment(key="asking")
def asking():
    st.checkbox("part", key="part", on_change=redraw, args=("asked",))


@st.fragment(key="asked")
def asked():
    st.markdown(f"part: {st.session_state['part']}")


asking()
asked()
