"""The course's terms in alphabetical order."""

from app.page import open_page
from app.page.glossary import entries

page = open_page("glossary")

with page.part("home"):
    page.say("title")
    for entry in sorted(entries(page.language).values(), key=lambda entry: entry.alphabetical):
        page.entry(entry)
