"""Lesson: why memory is short. A sentence of any length, and how much of each word is left at its end."""

from app.lessons.memory.view import board, challenge, keep, training
from app.page import open_page

page = open_page("memory")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("board"):
        reading = board(page)
    with page.part("body"):
        page.say("story")

with page.part("after"):
    if reading:
        with page.part("predict"):
            page.say("predict")
            page.predict("strongest", ["rnn", "lstm", "gru"], reading.strongest)
        with page.part("goal"):
            page.say("goal")
            challenge(page, reading)
        with page.part("training"):
            page.say("training")
            training(page, reading)
    with page.part("keep"):
        page.say("keep")
        keep(page)
    page.ending()
