"""The course's terms in alphabetical order."""

from app.page import open_page
from app.page.glossary import entries

page = open_page("glossary")

with page.part("home"):
    page.say("title")
    for term, meaning, *_ in sorted(entries(page.language).values()):
        page.entry(term, meaning)
