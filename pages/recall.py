"""Lesson: how far back can it remember? Three cells trained on two published tests of memory."""

from app.lessons import open_page
from app.opened import open_in_stage
from app.recall import answers, ask, challenge, curves, outcome, predict, remember, samples, table, task_of
from app.trainer import trainer

page = open_page("recall")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("curves"):
        task = task_of(page)
        curves(page, task)
    with page.part("body"):
        page.say("story")

with page.part("after"):
    with page.part("predict"):
        page.say("predict")
        predict(page)
    with page.part("costs"):
        page.say("table")
        table(page, task)
    with page.part("training"):
        page.say("training")
        settings = ask(page, task)
    trained = trainer(page, "recall", settings)
    with page.part("goal"):
        page.say("goal")
        challenge(page, trained, settings)
    with page.part("board"):
        outcome(page, trained)
        page.say("answers")
        shown = samples(page, trained)
        answers(page, trained, shown)
    page.say("inside")
    open_in_stage(page, trained, {name: x for name, (x, _) in shown.items()})
    with page.part("remember"):
        remember(page)
    page.say("credit")
