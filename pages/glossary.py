"""The course's terms in alphabetical order."""

from app.page.glossary import entries
from app.page.page import open_page

page = open_page("glossary")

with page.part("home"):
    page.say("title")
    for term, meaning, *_ in sorted(entries(page.language).values()):
        page.entry(term, meaning)
