"""The lesson `layers`: counts equal to torch's and Keras's, what a network can know, and rates that arrive or not."""

import os
import re

import numpy as np
import pytest

from app.components.picture.shapes import colour
from app.controls.kinds import KINDS
from app.formatting import number
from app.i18n import LANGUAGES, labels
from app.lessons.layers.benchmarks import BENCHMARKS, NETWORKS
from app.lessons.layers.descent import EDGE, LONGEST, NEAR, RATES, cell_of, curve, descent, loss_and_slope
from app.lessons.layers.descent_picture import HIGH, WIDTH, cut, downhill, place
from app.lessons.layers.network_picture import top_state, unrolled
from app.lessons.layers.networks import INPUTS, STEPS, changes, counts, formula, microseconds, network, reached, total
from app.lessons.layers.reach import INPUT, JOINED, Part, Unrolled, reach
from app.lessons.layers.view import FEW
from app.training.figures import shipped_figures
from cells import backprop
from tests.page.test_every_page import opened, text

os.environ.setdefault("KERAS_BACKEND", "torch")
WORDS = labels("en", "layers")
WORDS = {key.removeprefix("picture."): words for key, words in WORDS.items() if key.startswith("picture.")}
SHAPES = [(layers, both) for layers in (1, 2, 4) for both in (False, True)]

# ---- parameters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("layers", "both"), SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_counts_are_the_frameworks_own(kind, layers, both):
    torch, keras = pytest.importorskip("torch"), pytest.importorskip("keras")
    net = network(kind, layers, both, 5)
    theirs = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[kind]
    module = theirs(INPUTS, 5, num_layers=layers, bidirectional=both)
    assert total(net)["torch"] == sum(p.numel() for p in module.parameters())
    made = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU, "rnn": keras.layers.SimpleRNN}[kind]
    for depth in range(layers):
        layer = made(5, return_sequences=True)
        layer = keras.layers.Bidirectional(layer) if both else layer
        layer.build((1, STEPS, net.inputs(depth)))
        assert counts(net, depth)["keras"] == layer.count_params()
        mine = sum(p.numel() for name, p in module.named_parameters() if f"_l{depth}" in name)
        assert counts(net, depth)["torch"] == mine


@pytest.mark.parametrize("kind", KINDS)
def test_the_formula_gives_the_counts(kind):
    def value(written, units, inputs):
        plain = written.replace(r"\,", "*").replace("HD", "H*D").replace("H^2", "H**2")
        return eval(plain, {"H": units, "D": inputs})

    written = formula(kind)
    for units in (1, 4, 7):
        net = network(kind, 3, True, units)
        for depth in range(3):
            for name, count in counts(net, depth).items():
                parts = [value(written[part], units, net.inputs(depth)) for part in ("matrices", name)]
                assert 2 * sum(parts) == count


def test_what_is_changed_is_one_thing():
    net = network("gru", 2, False, 4)
    made = changes(net)
    assert (made["deeper"].layers, made["both"].both, made["wider"].units) == (3, True, 8)
    assert "both" not in changes(made["both"])
    times = microseconds(made)
    assert list(times) == list(made)
    assert all(min(runs) > 0 for runs in times.values())


# ---- what a network can know -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_second_layer_both_ways_knows_everything_at_once(kind):
    found = {shape: reached(network(kind, *shape, 3)) for shape in SHAPES}
    assert {found[layers, False] for layers in (1, 2, 4)} == {"none"}
    assert [found[layers, True] for layers in (1, 2, 4)] == ["half", "all", "all"]
    net = network(kind, 1, True, 3)
    slope = backprop(net.trace, {"output": np.concatenate([np.ones((1, 6)), np.zeros((STEPS - 1, 6))])}).x
    assert np.all(slope[-1] != 0)


@pytest.mark.parametrize(("layers", "both"), SHAPES)
def test_the_picture_shows_every_state_of_the_run(layers, both):
    net, ways = network("lstm", layers, both, 3), 1 + both
    drawn = unrolled(net.trace, WORDS, lit=False)
    frames = [e for e in drawn.iter("rect") if e.get("class", "").startswith("frame")]
    assert len(frames) == STEPS * (1 + layers * (ways + both))
    fills = [e.get("style") for e in drawn.iter("rect") if e.get("class") == "slice"]
    shown = {e.text.split(": ")[1] for e in drawn.iter("title")}
    for name in net.stack.cells:
        for value in net.trace[f"{name}.h"].ravel().tolist():
            assert f"fill:{colour(value / top_state(net.trace))}" in fills
            assert number(value) in shown
    sideways = [e for e in drawn.iter("path") if e.get("class") == "wire h back"]
    assert len(sideways) == (layers * (STEPS - 1) if both else 0)
    for e in drawn.iter("path"):
        assert "nan" not in e.get("d")


@pytest.mark.parametrize(("layers", "both"), [(1, False), (2, False), (1, True), (3, True)])
def test_what_lights_is_what_a_gradient_reaches(layers, both):
    """A part depends on another if the gradient of its numbers over the other's is not zero, and else it does not."""
    net, ways = network("lstm", layers, both, 3), 1 + both
    shape = Unrolled(layers, ways, STEPS)
    boxes = [part for part in shape.parts() if part.layer != INPUT and part.way != JOINED]
    assert len(boxes) == layers * ways * STEPS
    for target in boxes:
        names = [f"{layer}.{way}.h" for layer in range(layers) for way in ("forward", "backward")[:ways]]
        loss = {name: np.zeros((STEPS, 3)) for name in names}
        loss[names[ways * target.layer + target.way]][target.step] = [1.0, 0.7, 0.4]
        found = backprop(net.trace, loss)
        for t in range(STEPS):
            assert (target in reach(shape, Part(INPUT, 0, t))) == bool(np.any(found.x[t])), (target, t)
        for source in boxes:
            slope = found[names[ways * source.layer + source.way]][source.step]
            assert (target in reach(shape, source)) == bool(np.any(slope)), (target, source)


@pytest.mark.parametrize(("layers", "both"), SHAPES)
def test_what_a_part_lights_is_in_the_picture_and_told(layers, both):
    drawn = unrolled(network("gru", layers, both, 2).trace, WORDS, lit=True)
    parts = {e.get("data-part"): e for e in drawn.iter("g")}
    assert len(parts) == STEPS * (1 + layers * (1 + 2 * both))
    assert [e.get("tabindex") for e in parts.values()].count("0") == 1
    for name, part in parts.items():
        lit = part.get("data-lights").split()
        assert name in lit
        assert set(lit) <= parts.keys()
        boxes = [each for each in lit if not each.startswith("-1.") and ".2." not in each and each != name]
        assert f": {len(boxes)} of {layers * (1 + both) * STEPS} boxes" in part.get("aria-label")
    plain = unrolled(network("gru", layers, both, 2).trace, WORDS, lit=False)
    assert not [e for e in plain.iter() if e.get("data-part")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_lights_before_the_guess(language):
    test, words = opened("layers", lang=language), labels(language, "layers")
    assert words["reach.covered"] in text(test)
    test.button_group(key="layers-reached").set_value("all").run()
    assert words["reach.shown"] in text(test)
    assert words["reach.covered"] not in text(test)


# ---- what the changes buy --------------------------------------------------------------------------------------------


def test_what_the_page_says_of_the_trained_networks():
    figures = shipped_figures("layers")
    solved = {(task, name): figures.solved(task, name) for task in BENCHMARKS for name in NETWORKS}
    assert [solved["window", f"forward-{n}"] for n in (1, 2, 3)] == ["some"] * 3
    assert solved["window", "wide"] == "all"
    only = {name for name in NETWORKS if solved["ahead", name] != "none"}
    assert only <= {"both-2", "both-3"}
    assert solved["ahead", "both-2"] == "all"
    guess = [trial.accuracy for name in NETWORKS.keys() - only for trial in figures.of("ahead", name)]
    assert max(guess) < 0.53


@pytest.mark.parametrize("name", NETWORKS)
def test_a_shapes_parameters_are_torchs(name):
    torch = pytest.importorskip("torch")
    from app.lessons.layers.train import network as made

    layers = made(name, 1, 1).cell
    assert isinstance(layers, torch.nn.LSTM)
    assert NETWORKS[name].parameters == sum(p.numel() for p in layers.parameters())
    assert {t.parameters for t in shipped_figures("layers").of("ahead", name)} == {NETWORKS[name].parameters}
    assert abs(NETWORKS["wide"].parameters / NETWORKS["forward-3"].parameters - 1) < 0.1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_task_and_what_each_network_reached(language):
    test, words, figures = opened("layers", lang=language), labels(language, "layers"), shipped_figures("layers")
    shown = text(test)
    for task in BENCHMARKS:
        sure = [words[f"shape.{name}"] for name in NETWORKS if figures.solved(task, name) == "all"]
        assert words["bought.verdict"].format(sure=", ".join(sure)) in shown
    assert len(test.get("plotly_chart")) == len(BENCHMARKS)


# ---- learning rates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", [-1.5, -0.3, 0.2, 1.0, 1.7])
def test_the_slope_is_the_curves(weight):
    (above, _), (below, _) = loss_and_slope(weight + 1e-6), loss_and_slope(weight - 1e-6)
    assert loss_and_slope(weight)[1] == pytest.approx((above - below) / 2e-6, abs=1e-7)
    weights, losses = curve()
    assert np.interp(weight, weights, losses) == pytest.approx(loss_and_slope(weight)[0], abs=2e-3)
    assert cell_of(weight).parameters["U_h"].item() == weight


def test_the_three_rates_are_what_the_lesson_says():
    assert [descent(rate).verdict for rate in RATES] == ["small", "right", "diverges"]
    assert descent(0.9).verdict == "swings"
    assert all(
        step < before for before, step in zip(descent(RATES[0]).losses, descent(RATES[0]).losses[1:], strict=False)
    )


def test_a_descent_ends_for_one_of_three_reasons():
    for rate in np.round(np.arange(0.02, 1.51, 0.02), 2).tolist():
        way = descent(rate)
        assert len(way.weights) == len(way.losses), rate
        near, out, spent = way.losses[-1] < NEAR, abs(way.weights[-1]) > EDGE, way.steps == LONGEST
        assert near or out or spent, rate
        assert all(loss >= NEAR for loss in way.losses[:-1]), rate
        for weight, after in zip(way.weights, way.weights[1:], strict=False):
            assert after == weight - rate * loss_and_slope(weight)[1], rate


def test_the_challenge_can_be_solved_and_not_by_the_first_rate():
    quick = [r for r in np.arange(0.02, 1.51, 0.02) if descent(round(r, 2)).steps <= FEW]
    assert any(descent(round(r, 2)).verdict == "right" for r in quick)
    assert descent(0.1).verdict == "small"


@pytest.mark.parametrize("rate", [*RATES, 0.9, 1.06])
def test_the_picture_has_a_dot_for_every_step_that_is_in_it(rate):
    way = descent(rate)
    drawn = downhill(way, {"title": "", "axes": ""})
    dots = [(float(e.get("cx")), float(e.get("cy"))) for e in drawn.iter("circle")]
    inside = [point for point in zip(way.weights, way.losses, strict=True) if point[1] <= HIGH]
    np.testing.assert_allclose(dots, [place(point) for point in inside], atol=0.051)
    ends = [float(n) for e in drawn.iter("path") for n in re.findall(r"-?[\d.]+", e.get("d"))]
    assert min(ends) >= 0
    assert max(ends) <= WIDTH


def test_a_way_out_of_the_picture_is_cut_at_its_edge():
    assert cut((2.0, 2 * HIGH), (1.0, 0.0)) == (1.5, HIGH)
    assert cut((1.0, 0.5), (2.0, 9.0)) == (1.0, 0.5)


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "answer"), [({}, "none"), ({"ways": "both", "layers": "1"}, "half"), ({"ways": "both"}, "all")]
)
def test_the_question_is_answered_by_the_run(query, answer, language):
    test = opened("layers", lang=language, **query)
    test.button_group(key="layers-reached").set_value(answer).run()
    assert not test.exception
    assert labels(language)["predict.right"] in text(test)
    assert labels(language, "layers")[f"reached.reveal.{answer}"] in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_the_counts(language):
    test = opened("layers", lang=language, cell="gru", layers="3", units="8", ways="both")
    for count in total(network("gru", 3, True, 8)).values():
        assert number(count, 0) in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_challenge_is_solved_by_the_address(language):
    assert not opened("layers", lang=language).success
    assert opened("layers", lang=language, rate="0.34").success


@pytest.mark.parametrize(
    "query", [{"cell": "x"}, {"ways": "<b>"}, {"layers": "9"}, {"units": "x"}, {"rate": "nan"}, {"rate": "9"}]
)
def test_a_bad_address_is_told_or_ignored(query):
    assert not opened("layers", **query).exception
