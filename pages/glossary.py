"""The course's terms in alphabetical order, each with the lessons that use it."""

from app.page import open_page
from app.page.glossary_list import listed

page = open_page("glossary")

with page.part("terms"):
    page.say("title")
    page.html(listed(page.language))
