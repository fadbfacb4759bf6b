"""The lesson `variants`: each variant beside the cell it departs from."""

import pytest

from app.i18n import labels
from app.lessons.variants.model import BESIDE, VARIANTS, Pair, address_of, ends, parameters
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


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("beside", BESIDE)
def test_every_variant_opens(name, beside):
    assert labels("en", "variants")[f"about.{name}"] in text(opened("variants", cell=name, beside=beside))
