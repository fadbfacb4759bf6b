"""Lesson: reading text. Three trained networks read a review, and their verdict after every word."""

from app.lessons.text import sections, view
from app.page import open_page

page = open_page("text")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("board"):
        board = view.placeholder("read")
    with page.part("body"):
        view.tell_story(page)

with page.part("after"):
    questions, looks = view.placeholder("questions"), view.placeholder("looks")
    with page.part("training"):
        page.say("training")
        trained = sections.trained_on(page)
        with page.folded("measured"):
            sections.measured(page, trained)
        with page.folded("confusion"):
            sections.confusion(page, trained)
        if trained.facts.measured.typed_count:
            with page.folded("typed"):
                sections.as_typed(page, trained)

    with board:
        reading, own = view.ask(page, trained)
        if reading:
            view.show(page, reading)
    page.first()

    with questions:
        with page.part("predict"):
            page.say("predict")
            view.predict(page, trained)
        with page.part("goal"):
            page.say("goal")
            view.challenge(page, reading, own)

    with looks:
        with page.part("pair"), page.folded("pair"):
            view.pair(page, trained)
        if reading:
            with page.part("table"), page.folded("table"):
                view.numbers(page, trained, reading)
            with page.part("gates"), page.folded("gates"):
                view.inside(page, reading)

    with page.part("opening-stage"):
        page.say("opened")
        view.on_stage(page, trained)

    with page.part("ending"):
        page.reading()
        page.ending()
