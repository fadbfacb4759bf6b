"""Lesson: in Keras and PyTorch. The cell on screen as a program; what every argument of Keras's LSTM changes."""

from app.lessons.frameworks.view import (
    GOAL,
    QUESTION,
    arguments,
    batches,
    board,
    challenge,
    counts,
    names,
    prove,
    tell_story,
)
from app.page import open_page

page = open_page("frameworks")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("board"):
        shown = board(page)
    with page.part("body"):
        tell_story(page)

with page.part("after"):
    with page.part("questions"):
        with page.part("predict"):
            page.say("predict")
            page.predict(QUESTION, ["torch", "keras", "same"], shown.more, **counts(shown))
        with page.part("goal"):
            page.say("goal", goal=f"{GOAL}")
            challenge(page, shown)
    with page.part("prove"):
        page.say("prove")
        prove(page, shown)
    with page.part("card-batches"):
        page.say("batches")
        batches(page, shown)
    with page.part("arguments"), page.folded("arguments"):
        arguments(page, shown)
    with page.part("names"):
        names(page)
    page.reading()
    page.ending()
