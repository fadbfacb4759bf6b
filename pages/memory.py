"""Lesson: why memory is short. A sentence of any length, and how much of each word is left at its end."""

from app.lessons.memory.view import board, keep, tell_story, training
from app.page import open_page

page = open_page("memory")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("board"):
        board(page)
    with page.part("body"):
        tell_story(page)

with page.part("after"):
    with page.part("training"):
        training(page)
    with page.part("keep"):
        page.say("keep")
        keep(page)
    page.reading()
    page.ending()
