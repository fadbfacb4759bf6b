"""Lesson: vanishing and exploding. The product of many factors, in a plain RNN; and clipping."""

from app.lessons.gradients.view import above, board, moved, tell_story
from app.page import open_page

page = open_page("gradients")
curves = board(page)

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
        moved(page)
    with page.part("stage"), page.part("curves"):
        above(page, curves)
    with page.part("body"):
        tell_story(page, curves)

with page.part("after"):
    for section in ("power", "clipping", "verify"):
        with page.part(section):
            curves.section(section)
    page.reading()
    page.ending()
