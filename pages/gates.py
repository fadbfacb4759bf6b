"""Lesson: why gates keep a gradient alive. Three cells, the routes of a gradient, Jacobians, a map."""

from app.lessons.gates.view import above, board, kept, tell_story
from app.page import open_page

page = open_page("gates")
curves = board(page)

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("curves"):
        above(page, curves)
    with page.part("body"):
        tell_story(page, curves)

with page.part("after"):
    for section in ("routes", "jacobians", "map", "verify"):
        with page.part(section):
            curves.section(section)
    page.reading(**kept())
    page.ending()
