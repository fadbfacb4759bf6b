"""Take it with you: what is on a stage as a link, a picture, a page, and as files that are made once asked for."""

from __future__ import annotations

from collections.abc import Mapping

from app.components.bundles import bundle
from app.components.take import take
from app.components.take.data import Card
from app.controls.address import Address, Runs
from app.i18n import LANGUAGES, Timestep, labels
from app.page.page import Page
from app.page.session import visit
from app.page.taking import Taking

ORDER = ("link", "picture", "page", "spreadsheet", "worksheet", "numbers", "program", "notebook")
"""The cards, by how often they are used."""
IN_BROWSER = ("link", "picture", "page")
UI = "ui."
"""What the panel's own words begin with."""


def take_button(
    page: Page, address: Address, taken: tuple[Runs, Timestep], names: Mapping[str, str] | None, own: bool
) -> None:
    """The button that opens the panel, of the stage as it is then.

    `taken` is what the stage runs, and what its timesteps are called; `names` are its series', where they are not the
    lesson's own; `own` says that the cell is a reader's.
    """
    visit().answers["take"] = taking = Taking(page, address, *taken, names or {})
    words = labels(page.language, "export")
    step = words[f"take.step.{taking.timestep}"]
    take(
        {
            "token": taking.token,
            "words": {n.removeprefix(UI): w.replace("{step}", step) for n, w in words.items() if n.startswith(UI)},
            "cards": cards(words),
            "language": page.language,
            "languages": dict(LANGUAGES),
            "title": taking.page_title(page.language),
            "stem": f"gatewalk-{page.key}",
            "own": own,
            "panel": bundle("take.js"),
            "film": bundle("film.js"),
        }
    )


def cards(words: Mapping[str, str]) -> list[Card]:
    """What there is to take along, in the order in which it is offered."""
    from app.export.files import CARDS

    return [
        {
            "key": key,
            "title": words[f"take.{key}"],
            "about": words[f"take.{key}.about"],
            "kinds": [{"key": file.key, "text": words[f"take.file.{file.key}"]} for file in CARDS.get(key, ())],
        }
        for key in ORDER
        if key in CARDS or key in IN_BROWSER
    ]
