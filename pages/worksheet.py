"""Worksheets: a cell of one unit, to be worked by hand; printed, with keys."""

from app.lessons.worksheet import view
from app.page import open_page

page = open_page("worksheet")
page.say("question")
with page.part("worksheet"):
    with page.part("worksheet-settings"):
        wish = view.settings(page)
    with page.part("worksheet-preview"):
        view.preview(page, wish)
page.say("story")
