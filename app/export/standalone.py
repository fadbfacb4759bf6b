"""A stage as one HTML file that needs no server: the browser runs its cell, as it does on the page it is taken from.

The stage saves itself so, too, as its reader has it (app/stage/page_file.js).
"""

import json
import re
from functools import cache
from html import escape

from app.components.bundles import APP
from app.i18n import stage_words
from app.stage.scene_types import SentScene

PLACE = re.compile("%(language|look|title|link|scene)%")


def html(scene: SentScene, language: str, title: str, address: str = "") -> bytes:
    """A page with this stage alone, which plays and computes from a disk, without a network.

    Parameters
    ----------
    scene : SentScene
        What the stage was sent (`app.stage.scene.scene`). Its guide stays behind: a server answers what that asks.
        Its `covers` stay covered.
    language : str
        That of the scene's words.
    title : str
        The page's heading.
    address : str, optional
        Where the stage is in Gatewalk, with its state: the page links to it, if it is of the web.
    """
    own: SentScene = {**scene, "commits": None, "guide": None, "teach": False, "reports_unit": False}
    own.pop("page", None)
    filling = {
        "language": escape(language),
        "look": "",  # as its reader's other pages
        "title": escape(title),
        "link": link(address, stage_words(language)["page.link"]),
        "scene": inline(own),
    }
    return PLACE.sub(lambda place: filling[place[1]], template()).encode()


@cache
def template() -> str:
    """The page with the stage's script and styles, as `make bundles` made it."""
    return (APP / "bundles/alone.html").read_text(encoding="utf-8")


def link(address: str, text: str) -> str:
    """A link to an address of the web; nothing for any other, which could be a script."""
    if not address.startswith(("https://", "http://")):
        return ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def inline(scene: SentScene) -> str:
    """A scene as JSON that can stand within a page: nothing in it ends the element, or begins one."""
    text = json.dumps(scene, allow_nan=False, separators=(",", ":"))  # ASCII: U+2028 and its like are escaped
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")
