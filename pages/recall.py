"""Lesson: how far back can it remember? Three cells trained on two published tests of memory."""

from app.lessons.recall.sections import inside, samples
from app.lessons.recall.view import (
    ask,
    challenge,
    curves,
    later,
    outcome,
    predict,
    remember,
    table,
    task_of,
    tell_story,
    trained_on,
)
from app.page import open_page

page = open_page("recall")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("curves"):
        task = task_of(page)
        curves(page, task)
    with page.part("body"):
        tell_story(page)
page.first()

with page.part("after"):
    with page.part("predict"):
        page.say("predict")
        predict(page)
    with page.part("figures-trials"):
        with page.part("costs"):
            table(page, task)
        with page.part("training"):
            settings = ask(page, task)
            later(page)
    trained = trained_on(page, settings)
    with page.part("goal"):
        page.say("goal")
        challenge(page, trained, settings)
    shown = samples(page, trained)
    with page.part("board"):
        outcome(page, trained, shown)
    page.say("inside")
    inside(page, trained, shown)
    page.reading()
    with page.part("remember"):
        remember(page)
    page.say("credit")
