"""Streamlit's own words are replaced in every language but the one they are in."""

import pytest

from app.frame import host_words
from app.i18n import LANGUAGES, labels


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != host_words.SPOKEN])
def test_every_word_of_streamlit_has_ours_in_its_place(language):
    words = labels(language)
    assert {f"host.{key}" for key in host_words.SELECTORS} == {key for key in words if key.startswith("host.")}
    assert all(f'content: "{words[f"host.{key}"]}"' in host_words.style(words) for key in host_words.SELECTORS)
