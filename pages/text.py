"""Lesson: reading text. Three trained networks read a review, and their verdict after every word."""

from app.judging import ask, challenge, inside, measured, numbers, on_stage, pair, predict, room, show, trained_on
from app.lessons import open_page
from app.verdict import read

page = open_page("text")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("board"):
        board = room("read")
    with page.part("body"):
        page.say("story")

with page.part("after"):
    questions, looks = room("questions"), room("looks")
    with page.part("training"):
        page.say("training")
        trained = trained_on(page)
        page.say("measured")
        measured(page, trained)

    with board:
        words, own = ask(page)
        reading = read(trained, words) if words else None
        if reading:
            show(page, reading)
    page.first()

    with questions:
        with page.part("predict"):
            page.say("predict")
            predict(page, trained)
        with page.part("goal"):
            page.say("goal")
            challenge(page, reading, own)

    with looks:
        with page.part("pair"):
            page.say("pair")
            pair(page, trained)
        if reading:
            with page.part("table"):
                page.say("table")
                numbers(page, trained, reading)
            with page.part("gates"):
                page.say("gates")
                inside(page, reading)

    with page.part("opening-stage"):
        page.say("opened")
        on_stage(page, trained)

    with page.part("ending"):
        with page.part("remember"):
            page.say("remember")
        page.say("credit")
