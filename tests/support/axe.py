"""What assistive technology would stumble over on a page, by axe-core."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults(page: Page, every: bool = False, **options: object) -> list[tuple[str, list[str]]]:
    """The broken rules that are serious, or every one, each with the elements that break it."""
    # What is in order is not looked up again and sent for each element: that takes four times as long.
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    # A link to the main part is recognised by axe only where no link is in a shadow tree, as those of the bar are.
    skip = [one for one in found if one["id"] == "region" and all("stSkipTo" in node["html"] for node in one["nodes"])]
    found = [one for one in found if one not in skip]
    serious = [one for one in found if every or one["impact"] in ("serious", "critical")]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious]
