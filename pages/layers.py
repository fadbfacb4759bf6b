"""Lesson: deeper, and both ways. What layers, directions, units and the learning rate change."""

from app.lessons.layers.descent import NEAR
from app.lessons.layers.network_picture import top_state
from app.lessons.layers.networks import reached
from app.lessons.layers.sections import bought
from app.lessons.layers.view import FEW, board, challenge, costs, parameters, rates, tell_story
from app.page import open_page

page = open_page("layers")

with page.part("lesson"):
    with page.part("head"):
        page.say("question")
    with page.part("stage"), page.part("board"):
        net = board(page)
    with page.part("body"):
        tell_story(page)

page.first()
with page.part("after"):
    with page.part("questions"):
        with page.part("predict"):
            page.say("predict")
            page.predict("reached", ["none", "half", "all"], reached(net))
        with page.part("costs"):
            costs(page, net)
    with page.part("card-bought"):
        bought(page)
    with page.part("parameters"), page.folded("parameters"):
        parameters(page, net)
    with page.part("rates"):
        page.say("rates")
        rates(page)
    with page.part("goal"):
        page.say("goal", few=f"{FEW}", near=f"{NEAR:g}")
        challenge(page)
    page.reading(top=top_state(net.trace))
    page.ending()
