"""The lesson `variants`: each variant beside the cell it departs from."""

import numpy as np
import pytest

from app.i18n import LANGUAGES, labels
from app.lessons.variants.benchmarks import BENCHMARKS
from app.lessons.variants.model import BESIDE, TRAINED, VARIANTS, Pair, address_of, ends, parameters
from app.lessons.variants.view import ORDER, base_of
from app.training.figures import shipped_figures
from cells import run
from tests.page.test_every_page import opened, text


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_and_the_usual_cell_share_their_weights(name):
    variant = VARIANTS[name]
    controls = address_of(variant).defaults
    usual, own = Pair(variant, True).traces(controls).values()
    for parameter in set(usual.cell.parameters) & set(own.cell.parameters):
        assert usual.cell.parameters[parameter] == own.cell.parameters[parameter]
    assert ends(variant, controls) == (usual["h"][-1].item(), own["h"][-1].item())
    assert ends(variant, controls)[0] != ends(variant, controls)[1]


def test_parameters_a_variant_gains_and_loses():
    assert parameters(VARIANTS["peephole"]) == ("p_f", "p_i", "p_o")
    assert parameters(VARIANTS["coupled"]) == ("−U_i", "−W_i", "−b_i")
    assert parameters(VARIANTS["hard"]) == ()


def beyond(seeds, base):
    """Whether all seeds, in order, are later than all of another cell's, earlier than all, or neither."""
    return "slower" if seeds[0] > base[-1] else "faster" if seeds[-1] < base[0] else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_which_variants_are_slower_or_faster(language):
    """By the page's own rule, computed here from the curves: all seeds beyond those of the cell departed from."""
    figures, words = shipped_figures("variants"), labels(language, "variants")
    shown = text(opened("variants", lang=language))
    for task in BENCHMARKS:
        seeds = {
            name: sorted(
                next((25 * k for k, share in enumerate(t.curve, 1) if share >= 0.95), np.inf)
                for t in figures.trials if (t.task, t.network) == (task, name)
            ) for name in TRAINED
        }  # fmt: skip
        found = {name: beyond(seeds[name], seeds[base_of(name)]) for name in ORDER if name not in ("lstm", "gru")}
        listed = {
            verdict: ", ".join(words[f"cell.{name}"] for name in found if found[name] == verdict)
            or words["trained.none"]
            for verdict in ("slower", "faster")
        }
        assert words["trained.verdict"].format(**listed) in shown


def test_a_forget_gate_held_at_1_is_left_alone_by_its_weights():
    pytest.importorskip("torch")
    from app.lessons.variants.train import network

    held = network("always_keeps", 2, 1).cell
    trace = run(held.like, np.random.default_rng(0).normal(size=(9, 2)))
    assert (trace["f"] == 1).all()
    assert {name for name, weight in held.weights.items() if not weight.requires_grad} == {"W_f", "U_f", "b_f"}


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("beside", BESIDE)
def test_every_variant_opens(name, beside):
    assert labels("en", "variants")[f"about.{name}"] in text(opened("variants", cell=name, beside=beside))
