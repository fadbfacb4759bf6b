"""What the lesson `gradients` shows below its curves: routes, Jacobians, the map, clipping."""

import time
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import numpy as np
import streamlit as st

from app.charts.axes import VANISHED
from app.controls.kinds import KINDS
from app.controls.settings import choice
from app.formatting import number, scientific
from app.lessons.gradients import clipping, jacobians, phase_map, routes
from app.lessons.gradients.charts.clipping import losses, updates
from app.lessons.gradients.charts.jacobians import rule, singular_values
from app.lessons.gradients.charts.phase_map import TARGETS
from app.lessons.gradients.charts.phase_map import reachmap as map_figure
from app.lessons.gradients.charts.routes import routes as routes_figure
from app.lessons.gradients.model import Settings, gradients_of, loss, traces
from app.page.page import Page
from app.page.views import draw, table, take

ROLES = {"rnn": "h", "lstm": "c", "gru": "h"}
PATIENCE = 0.3  # s without a word; what takes longer shows a bar
MOST = {
    "norm": choice("clip", (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0), 1.0),
    "value": choice("cut", (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0), 0.1),
}


def state_of(value: float, otherwise: str) -> str:
    """The key of a sentence: that a size is 0, is no number any more, or `otherwise`."""
    if value == 0:
        return "zero"
    return otherwise if np.isfinite(value) else "infinite"


# ---- routes ----------------------------------------------------------------------------------------------------------


@st.cache_data(max_entries=32, show_spinner=False)
def splits(settings: Settings) -> dict[str, routes.Split]:
    gradients = gradients_of(settings)
    return {kind: routes.split(gradients[kind], loss(settings)) for kind in routes.KEEPS}


def routes_section(page: Page, settings: Settings) -> None:
    """The two ways a gradient takes back through an LSTM and a GRU."""
    page.say("routes")
    words = page.labels("routes")
    with page.part("figures-routes"):
        for kind, split in splits(settings).items():
            sizes, shares = split.sizes(), split.shares()
            with page.part(f"figure-routes-{kind}"):
                st.markdown(f"### {words[kind]}")
                draw(routes_figure(sizes, shares, ROLES[kind], words, page.dark), f"routes-{kind}", words["alt"])
                share = float(shares["along"][0])
                state = state_of(float(sizes["whole"][0]), "along" if share >= 0.5 else "rest")
                page.tell(
                    f"routes.told.{state}",
                    steps=f"{settings.steps - 1}",
                    share=number(100 * share, 1),
                    along=scientific(float(sizes["along"][0])),
                    whole=scientific(float(sizes["whole"][0])),
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
    page.say("jacobians")
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
    page.tell(
        f"jacobians.told.{kind}",
        radius=number(settings.scale, 2),
        slope=number(slope),
        factor=number(factor),
        measured=number(found.rate),
    )
    state = state_of(float(found.measured[0]), "rest")
    page.tell(
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
    page.tell("map.told", places=f"{places}", **gone)
    page.tell(f"map.recipe.{name}", units=f"{phase_map.RECIPE.units}", steps=f"{phase_map.RECIPE.steps}",
              bias=number(phase_map.RECIPE.forget_bias, 1), seeds=f"{len(phase_map.SEEDS)}")  # fmt: skip
    grid = {"scale": np.tile(view.scales, len(view.others)), view.other: np.repeat(view.others, len(view.scales))}
    take(page, f"map-{name}", grid | {f"log10_{kind}": decades.ravel() for kind, decades in found.items()})


# ---- clipping --------------------------------------------------------------------------------------------------------


@st.cache_data(max_entries=32, show_spinner=False)
def updates_of(settings: Settings) -> dict[str, tuple[dict[str, np.ndarray], np.ndarray]]:
    """By kind of cell: the gradient of every parameter, and how long a part of it each timestep gives."""
    return {kind: (dict(g.params), clipping.by_step(g)) for kind, g in gradients_of(settings).items()}


@st.cache_data(max_entries=64, show_spinner=False)
def trained(way: str, most: float, seed: int, activation: str) -> clipping.Training:
    return clipping.training(way, most, seed, activation)


def clipping_section(page: Page, settings: Settings) -> None:
    """What clipping leaves of a gradient, what each timestep would change, and training with and without."""
    page.say("clipping")
    words = page.labels("clipping")
    with page.part("figures-limits"):
        most = {name: page.slider(limit, words[f"{name}_most"], ("clipping",)) for name, limit in MOST.items()}
    found = updates_of(settings)
    clipped(page, found, most)
    before = {kind: clipping.RATE * parts for kind, (_, parts) in found.items()}
    factors = {kind: most["norm"] / clipping.norm(slopes) for kind, (slopes, _) in found.items()}
    after = {kind: factors[kind] * parts for kind, parts in before.items() if factors[kind] < 1}
    draw(updates(before, after, words, page.dark), "clipping-steps", words["alt_steps"])
    page.tell("clipping.told", rate=number(clipping.RATE, 1), steps=f"{settings.steps}",
              **{f"{kind}_{end}": scientific(float(parts[at]))
                 for kind, parts in before.items() for end, at in (("first", 0), ("last", -1))})  # fmt: skip
    take(page, "updates", {"timestep": np.arange(1, settings.steps + 1)} | before)
    training_section(page, settings, most)


def clipped(
    page: Page, found: Mapping[str, tuple[Mapping[str, np.ndarray], np.ndarray]], most: Mapping[str, float]
) -> None:
    """Each cell's gradient before and after either way of clipping: how long it is, how far it turned."""
    rows = []
    for kind, (slopes, _) in found.items():
        cut = clipping.by_value(slopes, most["value"])
        lengths = [clipping.norm(p) for p in (slopes, clipping.by_norm(slopes, most["norm"]), cut)]
        angle = number(clipping.turned(slopes, cut), 0)
        rows.append([page.label(f"clipping.{kind}"), *map(scientific, lengths), f"{angle}°"])
    columns = ("cell", "length", "after_norm", "after_value", "turned")
    table([page.label(f"clipping.{name}") for name in columns], rows)


def training_section(page: Page, settings: Settings, most: Mapping[str, float]) -> None:
    """A short training run of an RNN whose gradient explodes, without clipping and with either kind."""
    page.say("clipping_run", steps=f"{clipping.LENGTH}", updates=f"{clipping.UPDATES}", rate=number(clipping.RATE, 1),
             radius=number(clipping.SCALE, 1), units=f"{clipping.UNITS}", batch=f"{clipping.BATCH}")  # fmt: skip
    activation = page.choose("activation", clipping.ACTIVATIONS, group="clipping.activation")
    runs = {way: trained(way, most.get(way, 0.0), settings.seed, activation) for way in clipping.METHODS}
    words = page.labels("clipping")
    draw(losses({way: run.losses for way, run in runs.items()}, words, page.dark), "clipping-run", words["alt_run"])
    for way, run in runs.items():
        if run.broken:
            page.tell("clipping.run.broken", way=words[way], update=f"{run.broken}")
        else:
            last = scientific(float(np.median(run.losses[-10:])))
            page.tell("clipping.run.ended", way=words[way], last=last, longest=scientific(float(run.norms.max())))
