"""What the lesson `gates` shows below its curves: routes, Jacobians, the map."""

import time
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import numpy as np
import streamlit as st

from app.charts.axes import VANISHED
from app.controls.kinds import KINDS
from app.formatting import number, scientific
from app.lessons.gates import jacobians, phase_map, routes
from app.lessons.gates.charts.jacobians import rule, singular_values
from app.lessons.gates.charts.phase_map import TARGETS
from app.lessons.gates.charts.phase_map import reachmap as map_figure
from app.lessons.gates.charts.routes import routes as routes_figure
from app.page.page import Page
from app.page.views import draw, take
from app.untrained.curves import ends
from app.untrained.initial import Settings
from app.untrained.model import gradients_of, loss, traces
from app.untrained.view import state_of

ROLES = {"rnn": "h", "lstm": "c", "gru": "h"}
PATIENCE = 0.3  # s without a word; what takes longer shows a bar


# ---- routes ----------------------------------------------------------------------------------------------------------


@st.cache_data(max_entries=32, show_spinner=False)
def splits(settings: Settings) -> dict[str, routes.Split]:
    gradients = gradients_of(settings)
    return {kind: routes.split(gradients[kind], loss(settings)) for kind in routes.KEEPS}


def routes_section(page: Page, settings: Settings) -> None:
    """The two ways a gradient takes back through an LSTM and a GRU."""
    page.say("routes")
    words, left = page.labels("routes"), scientific(ends(settings, ("rnn",))["rnn"])
    with page.part("figures-routes"):
        for kind, split in splits(settings).items():
            sizes, shares = split.sizes(), split.shares()
            with page.part(f"figure-routes-{kind}"):
                st.markdown(f"### {words[kind]}")
                draw(routes_figure(sizes, ROLES[kind], words, page.dark), f"routes-{kind}", words["alt"])
                page.text(
                    f"routes.notice.{state_of(float(sizes['whole'][0]), 'parts')}",
                    steps=f"{settings.steps - 1}",
                    rnn=left,
                    **{name: scientific(float(part[0])) for name, part in sizes.items()},
                )
                columns = {"steps_back": np.arange(settings.steps)[::-1]} | sizes
                take(page, f"routes-{kind}", columns | {f"share_{name}": part for name, part in shares.items()})


# ---- Jacobians -------------------------------------------------------------------------------------------------------


@st.cache_data(max_entries=32, show_spinner=False)
def stepped(settings: Settings, kind: str) -> tuple[jacobians.Steps, float, float]:
    """The Jacobians of one run, the size of its predicted factor, and for an RNN the slope in it."""
    trace = traces(settings)[kind]
    found = jacobians.steps_of(trace, loss(settings)[-1])
    slope = jacobians.mean(jacobians.slopes(trace)[1:]) if kind == "rnn" else 1.0
    return found, jacobians.mean(found.factors), slope


def jacobians_section(page: Page, settings: Settings) -> None:
    """What one step does to a gradient, and what the rule of thumb makes of it."""
    with page.folded("jacobians"):
        one_step(page, settings)


def one_step(page: Page, settings: Settings) -> None:
    """The rule of thumb beside the singular values, of one cell."""
    kind = page.choose("jacobian", KINDS, group="jacobians.cell")
    found, factor, slope = stepped(settings, kind)
    words = page.labels("jacobians")
    words |= {"predicted": words[f"predicted.{kind}"]}
    curves = {"measured": found.measured, "predicted": found.predicted}
    back = settings.steps - found.at
    with page.part("figures-jacobians"):
        with page.part("figure-steps"):
            st.markdown(f"### {words['steps']}")
            figure = singular_values(back.tolist(), found.singular, settings.steps, ROLES[kind], words, page.dark)
            draw(figure, "jacobians-steps", words["alt_steps"])
        with page.part("figure-together"):
            st.markdown(f"### {words['together']}")
            figure = rule((back + 1).tolist(), found.largest, curves, ROLES[kind], words, page.dark)
            draw(figure, "jacobians-together", words["alt_together"])
    page.text(
        f"jacobians.notice.{kind}",
        radius=number(settings.scale, 2),
        slope=number(slope),
        factor=number(factor),
        measured=number(found.rate),
    )
    state = state_of(float(found.measured[0]), "rest")
    page.text(
        f"jacobians.all.{state}",
        steps=f"{settings.steps - 1}",
        largest=scientific(float(found.largest[0])),
        typical=scientific(float(found.typical[0])),
    )
    each = {f"singular_{k + 1}": found.singular[:, k] for k in range(found.singular.shape[1])}
    products = {"product_largest": found.largest, "product_mean": found.typical}
    take(page, f"jacobians-{kind}", {"steps_back": back} | products | each)


# ---- the map ---------------------------------------------------------------------------------------------------------


@st.cache_data(max_entries=128, show_spinner=False)
def piece(view: str, kind: str, seed: int) -> np.ndarray:
    return phase_map.ratios(phase_map.VIEWS[view], kind, seed)


def surveyed(page: Page, view: str) -> dict[str, np.ndarray]:
    """The map of every kind of cell; a bar moves while it is made for the first time."""
    pairs = list(product(KINDS, phase_map.SEEDS))
    made: dict[str, list[np.ndarray]] = {kind: [] for kind in KINDS}
    place, start = st.empty(), time.perf_counter()
    for done, (kind, seed) in enumerate(pairs):
        if time.perf_counter() - start > PATIENCE:
            place.progress(done / len(pairs), page.label("map.making"))
        made[kind].append(piece(view, kind, seed))
    place.empty()
    return {kind: phase_map.decades(pieces) for kind, pieces in made.items()}


def map_section(page: Page, settings: Settings, choose: Callable[[Mapping[str, Any]], None]) -> None:
    """Where gradients vanish and explode. A click on a place hands its settings to `choose`."""
    page.say("map", units=f"{phase_map.RECIPE.units}", seeds=f"{len(phase_map.SEEDS)}")
    name = page.choose("map", list(phase_map.VIEWS), group="map.view")
    if name == "bias" and not page.guessed("plain"):  # its squares tell what a bias of 0 leaves
        page.cover("map")
        return
    view, words = phase_map.VIEWS[name], page.labels("map")
    here = view.nearest(settings.scale, getattr(settings, view.other))

    def clicked(key: str) -> None:
        points = st.session_state[key].selection.points
        if points and points[0]["curve_number"] == TARGETS:
            asked = view.at(*view.nearest(points[0]["x"], points[0]["y"]))
            choose({field: getattr(asked, field) for field in ("scale", view.other, "units", "steps")})

    found = surveyed(page, name)
    with page.part("figures-map"):
        for kind, decades in found.items():
            with page.part(f"figure-map-{kind}"):
                st.markdown(f"### {words[kind]}")
                key = f"map-{name}-{kind}"
                named = words | {"other": words[f"other.{name}"]}
                figure = map_figure(decades, view.scales, view.others, here, named, page.dark)
                draw(figure, key, words["alt"], on_select=lambda key=key: clicked(key), selection_mode="points")
    places = len(view.scales) * len(view.others)
    gone = {kind: f"{100 * (decades < VANISHED).mean():.0f}" for kind, decades in found.items()}
    page.text("map.notice", places=f"{places}", **gone)
    page.text(f"map.recipe.{name}", units=f"{phase_map.RECIPE.units}", steps=f"{phase_map.RECIPE.steps}",
              bias=number(phase_map.RECIPE.forget_bias, 1), seeds=f"{len(phase_map.SEEDS)}")  # fmt: skip
    grid = {"scale": np.tile(view.scales, len(view.others)), view.other: np.repeat(view.others, len(view.scales))}
    take(page, f"map-{name}", grid | {f"log10_{kind}": decades.ravel() for kind, decades in found.items()})
