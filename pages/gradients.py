"""Lesson: vanishing and exploding, side by side."""

from app.beneath import clipping_section, jacobians_section, map_section, routes_section
from app.curves import GOAL_STEPS, SURVIVES, ends, goal, longest
from app.fading import ask, choose, presets, product, show, verify
from app.lessons import open_page
from app.text import scientific

page = open_page("gradients")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("curves"):
        presets(page)
        settings = ask(page)
        show(page, settings)
    with page.part("body"):
        page.say("story")

with page.part("after"):
    with page.part("predict"):
        page.say("predict")
        told = {kind: scientific(value) for kind, value in ends(settings).items()}
        page.predict("longest", ["rnn", "lstm", "gru"], longest(settings), **told)
    with page.part("goal"):
        page.say("goal", steps=f"{GOAL_STEPS}", alive=scientific(SURVIVES))
        page.challenge(goal(settings), **told)
    with page.part("power"):
        page.say("power")
        product(page)
    with page.part("routes"):
        routes_section(page, settings)
    with page.part("jacobians"):
        jacobians_section(page, settings)
    with page.part("map"):
        map_section(page, settings, choose)
    with page.part("clipping"):
        clipping_section(page, settings)
    with page.part("verify"):
        page.say("verify")
        verify(page, settings)
    with page.part("remember"):
        page.say("remember")
    page.say("credit")
