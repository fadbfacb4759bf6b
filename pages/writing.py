"""Lesson: letter by letter. A trained network writes on from the reader's own beginning, one letter at a time."""

from app.lessons.writing import sections, view
from app.lessons.writing.own import view as own
from app.page import open_page

page = open_page("writing")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"):
        view.draw(page)
    with page.part("body"):
        view.tell_story(page)
page.first()

with page.part("after"):
    with page.part("questions"):
        with page.part("predict"):
            page.say("predict")
            sections.predict(page)
        with page.part("goal"):
            page.say("goal")
            sections.challenge(page)
    with page.part("own"), page.folded("own"):
        own.panel(page)
    with page.part("measured"), page.folded("measured"):
        sections.how_good(page)
    page.reading()
    page.ending()
