"""What the lesson `layers` asks and shows: a network unrolled, what it costs, and learning rates."""

import streamlit as st

from app.components.picture import picture
from app.controls.kinds import GATED_FIRST
from app.controls.settings import Setting, choice
from app.formatting import number, scientific, spread
from app.lessons.layers.descent import NEAR, RATES, Descent, descent
from app.lessons.layers.descent_picture import downhill
from app.lessons.layers.network_picture import unrolled
from app.lessons.layers.networks import (
    RUNS,
    TIMED,
    Network,
    changes,
    counts,
    formula,
    microseconds,
    network,
    total,
)
from app.page.page import Page
from app.page.settings import sliders_last
from app.page.story import story
from app.page.views import table
from app.timing import machine

FEW = 4  # steps of the challenge
LAYERS, UNITS, RATE = Setting("layers", 1, 4, 2), Setting("units", 1, 8, 3), Setting("rate", 0.02, 1.5, 0.1, 0.02)
WAYS = ("forward", "both")
FRAMEWORKS = ("here", "torch", "keras")


def board(page: Page) -> Network:
    """The network a reader chose, unrolled; and what of it can depend on what, once the reader has guessed."""
    with page.part("choices"):
        kind = page.choose("cell", GATED_FIRST)
        both = page.choose("ways", WAYS) == "both"

    @st.fragment(key="network")
    @sliders_last()
    def draw() -> Network:
        with page.part("sizes"):
            layers, units = (page.slider(setting, page.label(f"size.{setting.name}")) for setting in (LAYERS, UNITS))
        net = network(kind, layers, both, units)
        lit = page.guessed("reached")
        picture(unrolled(net.trace, page.labels("picture"), lit), key="network")
        page.text("reach.shown" if lit else "reach.covered")
        return net

    return draw()


def tell_story(page: Page) -> None:
    story(page, "reached", (LAYERS, choice("ways", WAYS)))


def parameters(page: Page, net: Network) -> None:
    """How many parameters a layer of each cell has, as a formula, and how many each layer of this network has."""
    names = [page.label(f"column.{name}") for name in FRAMEWORKS]
    head = ["", page.label("column.matrices"), page.label("column.biases", where=names[0]), *names[1:]]
    table(
        head,
        [[page.label(f"cell.{kind}"), *(f"${{{part}}}$" for part in formula(kind).values())] for kind in GATED_FIRST],
    )
    page.say("network")
    rows = []
    for depth in range(net.layers):
        found = counts(net, depth)
        rows.append([f"{depth + 1}", f"{net.inputs(depth)}", *(number(found[name], 0) for name in FRAMEWORKS)])
    whole = total(net)
    rows.append([page.label("column.total"), "", *(f"**{number(whole[name], 0)}**" for name in FRAMEWORKS)])
    table([page.label("column.layer"), page.label("column.inputs"), *names], rows)


def costs(page: Page, net: Network) -> None:
    """The network as it is and with one thing changed: its parameters, and its time per step."""
    page.say("costs", runs=f"{RUNS}", steps=f"{TIMED}", machine=machine())
    now, times = total(net)["here"], microseconds(changes(net))
    rows = []
    for name, other in changes(net).items():
        count = total(other)["here"]
        size = [number(count, 0), f"× {number(count / now, 1)}"]
        rows.append([page.label(f"change.{name}"), *size, spread(times[name], 0)])
    table([page.label(f"column.{name}") for name in ("change", "parameters", "times", "microseconds")], rows)


def way(page: Page, shown: Descent, key: str) -> None:
    """One learning rate's way downhill, and what became of it."""
    with page.part(f"work-{key}"):
        st.markdown(page.label("rate.title", rate=f"{shown.rate:g}"))
        picture(downhill(shown, page.labels("hill")), key=f"descent-{key}")
        loss, weight = scientific(shown.losses[-1]), number(shown.weights[-1], 2)
        page.text(f"verdict.{shown.verdict}", steps=f"{shown.steps}", loss=loss, weight=weight)


def rates(page: Page) -> None:
    """Three learning rates: too small, right, too large."""
    with page.part("works"):
        for order, rate in enumerate(RATES):
            way(page, descent(rate), f"{order}")


@st.fragment(key="rate")
@sliders_last()
def challenge(page: Page) -> None:
    """A learning rate that needs few steps."""
    shown = descent(page.slider(RATE, page.label("rate.own"), ("rate",)))
    way(page, shown, "own")
    quick = shown.verdict == "right" and shown.steps <= FEW
    state = "solved" if quick else "slow" if shown.verdict == "right" else "open"
    page.challenge(state, steps=f"{shown.steps}", few=f"{FEW}", near=f"{NEAR:g}")
