"""Lesson: vanishing and exploding, side by side."""

from app.lessons.gradients.view import above, deferred_section
from app.page import open_page

page = open_page("gradients")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("curves"):
        above(page)
    with page.part("body"):
        page.say("story")

with page.part("after"):
    deferred_section(page, "questions")
    for section in ("power", "routes", "jacobians", "map", "clipping", "verify"):
        with page.part(section):
            deferred_section(page, section)
    page.ending()
