"""A stage as one HTML file that needs no server: the browser runs its cell, as it does on the page it is taken from."""

import base64
import hashlib
import json
from functools import cache
from html import escape

from app.components.bundles import APP
from app.i18n import labels
from app.stage.scene_types import SentScene

COLOURS = {"light": {"page": "#F7F8FA", "ink": "#17202B"}, "dark": {"page": "#0E1117", "ink": "#F2F5F9"}}
"""What Streamlit's themes give a stage (`.streamlit/config.toml`)."""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Gatewalk">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title}</h1>{link}</header>
<main id="host"></main>
<script type="application/json" id="scene">{scene}</script>
<script type="module">{script}</script>
</body>
</html>
"""

THEME = ":root {{ --st-background-color: {page}; --st-text-color: {ink} }}"
STYLE = f"""
{THEME.format(**COLOURS["light"])}
@media (prefers-color-scheme: dark) {{ {THEME.format(**COLOURS["dark"])} }}
body {{
  margin: 0; padding: 0 16px 8px; background: var(--st-background-color); color: var(--st-text-color);
  font-family: "Source Sans 3", Inter, "Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif;
}}
header {{ display: flex; align-items: center; justify-content: space-between; gap: 4px 16px; min-height: 48px; }}
h1 {{ margin: 0; font-size: 18px; line-height: 22px; }}
a {{ padding: 4px 0; color: inherit; font-size: 14px; line-height: 18px; }}
"""


def html(scene: SentScene, language: str, title: str, address: str = "") -> bytes:
    """A page with this stage alone, which plays and computes from a disk, without a network.

    Parameters
    ----------
    scene : SentScene
        What the stage was sent (`app.stage.scene.scene`). Its guide stays behind: a server answers what that asks.
    language : str
        That of the scene's words.
    title : str
        The page's heading.
    address : str, optional
        Where the stage is in Gatewalk, with its state: the page links to it, if it is of the web.
    """
    script = script_of_stage()
    page = PAGE.format(
        language=escape(language),
        policy=policy(script),
        title=escape(title),
        style=STYLE,
        link=link(address, labels(language)["standalone.link"]),
        scene=inline({**scene, "commits": None, "guide": None, "teach": False, "reports_unit": False}),
        script=script,
    )
    return page.encode()


@cache
def script_of_stage() -> str:
    """The stage with its styles, as `make bundles` made it."""
    return (APP / "bundles/alone.js").read_text(encoding="utf-8")


def policy(script: str) -> str:
    """Run this script and no other, and ask nobody for anything."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = ("default-src 'none'", f"script-src 'sha256-{digest}'", "style-src 'unsafe-inline'", "img-src data: blob:")
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def link(address: str, text: str) -> str:
    """A link to an address of the web; nothing for any other, which could be a script."""
    if not address.startswith(("https://", "http://")):
        return ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def inline(scene: SentScene) -> str:
    """A scene as JSON that can stand within a page: nothing in it ends the element, or begins one."""
    text = json.dumps(scene, allow_nan=False, separators=(",", ":"))  # ASCII: U+2028 and its like are escaped
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")
