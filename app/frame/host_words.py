"""Streamlit's own words in the reader's language: it has no translations, so a style puts ours in their place."""

import json
from collections.abc import Mapping

SPOKEN = "en"  # what Streamlit's words are in
SIZE = "14px"

SELECTORS = {
    "apply": '.stNumberInput [data-testid="InputInstructions"] span, '
    '.stTextInput [data-testid="InputInstructions"] span:first-child:not(:last-child)',
    "apply_lines": '.stTextArea [data-testid="InputInstructions"] span:first-child:not(:last-child)',
    "no_results": '[data-testid="stSelectboxVirtualDropdown"] [role="option"][style*="contents"] > span, '
    '[data-testid="stMultiSelectDropdown"] [role="option"][style*="contents"] > span',
    "none_left": ':root:has(.stMultiSelect input[aria-expanded="true"][value=""]) '
    '[data-testid="stMultiSelectDropdown"] [role="option"][style*="contents"] > span',  # or no more may be chosen
    "select_all": '[data-testid="stMultiSelectDropdown"] [data-key="__select_all__"] [data-item-hl]',
    "upload": '[data-testid="stFileUploaderDropzone"] button p',
    "upload_limit": '.st-key-file [data-testid="stFileUploaderDropzoneInstructions"] span',  # of a table
    "system": '[data-testid="stMainMenuItem-theme-System"]',
    "light": '[data-testid="stMainMenuItem-theme-Light"]',
    "dark": '[data-testid="stMainMenuItem-theme-Dark"]',
    "print": '[data-testid="stMainMenuItem-print"] [data-testid="stMainMenuItemLabel"]',
    "record": '[data-testid="stMainMenuItem-recordScreencast"] [data-testid="stMainMenuItemLabel"]',
}
"""Where each of its words is; the word for it is the label `host.<key>`.

With a counter of characters, an input's first words are instructions only if the counter follows.
"""


def style(words: Mapping[str, str]) -> str:
    """A style sheet that shows the labels `host.…` in place of Streamlit's words."""
    rules = (rule(selector, words[f"host.{key}"]) for key, selector in SELECTORS.items())
    return f"<style>{''.join(rules)}</style>"


def rule(selector: str, text: str) -> str:
    shown = ", ".join(f"{each}::after" for each in selector.split(", "))
    content = json.dumps(text, ensure_ascii=False)
    return (
        f"{selector} {{ font-size: 0 !important; }} "  # not hidden: some are buttons, which must take the focus
        f"{shown} {{ font-size: {SIZE}; content: {content}; }}\n"
    )
