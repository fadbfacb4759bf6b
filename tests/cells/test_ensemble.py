"""Many cells in one pass are their separate runs: values, gradients, and what is refused."""

import numpy as np
import pytest

from cells import CELLS, GRU, LSTM, RNN, backprop, ensemble, run
from tests.cells.test_sweep import same
from tests.support.torch_loops import case, close

VARIANTS = [
    *((kind, {}) for kind in CELLS.values()),
    (LSTM, {"peephole": True, "clip": 0.7}),
    (LSTM, {"projection": 2}),
    (GRU, {"reset": "before", "update": "write"}),
]


def drawn(cell, lead, random, names=None):
    return {name: random.normal(size=lead + cell.parameters[name].shape) for name in names or cell.parameters}


@pytest.mark.parametrize("lengths", [None, [3, 5]], ids=["whole", "lengths"])
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_setting_is_its_own_run(variant, lengths):
    kind, options = variant
    cell, x, start, random = case(kind, steps=5, **options)
    sets = drawn(cell, (3,), random)
    together = ensemble(cell, x, sets, start=start, lengths=lengths)
    loss = {"output": random.normal(size=together.output.shape[1:])}
    for k in range(3):
        alone = run(cell.replace(**{name: p[k] for name, p in sets.items()}), x, start=start, lengths=lengths)
        same(together, k, alone, loss, f"setting {k}")


def test_a_grid_of_settings_and_parameters_that_stay():
    cell, x, _, random = case(LSTM)
    sets = drawn(cell, (2, 3), random, ["U_f", "b_f"])
    together = ensemble(cell, x[:, 0], sets)
    assert together["h"].shape == (2, 3, 4, 3)
    grads = backprop(together, {"h": np.ones(3)})
    alone = run(cell.replace(U_f=sets["U_f"][1, 2], b_f=sets["b_f"][1, 2]), x[:, 0])
    close(together["c"][1, 2], alone["c"])
    close(grads.params["U_g"][1, 2], backprop(alone, {"h": np.ones(3)}).params["U_g"])


def test_float32_stays_so():
    cell = RNN.random(2, 3, 0)
    single = cell.replace(**{name: p.astype(np.float32) for name, p in cell.parameters.items()})
    sets = {"U_h": np.ones((4, 3, 3), np.float32)}
    assert ensemble(single, np.ones((5, 2), np.float32), sets)["h"].dtype == np.float32


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        ({}, "parameters: expected at least one"),
        ({"U_x": np.ones((2, 3, 3))}, "unknown RNN parameter 'U_x'"),
        ({"U_h": np.ones((3, 3))}, "U_h: expected settings before its own shape"),
        ({"U_h": np.ones((2, 3, 2))}, "U_h: expected settings before its own shape"),
        ({"U_h": np.ones((0, 3, 3))}, "U_h: expected settings before its own shape"),
        ({"U_h": np.full((2, 3, 3), np.nan)}, "U_h: expected finite numbers"),
        ({"U_h": np.ones((2, 3, 3)), "b_h": np.ones((4, 3))}, "expected the same settings for all"),
    ],
)
def test_what_does_not_fit_is_named(sets, told):
    with pytest.raises(ValueError, match=told):
        ensemble(RNN.random(2, 3, 0), np.ones((4, 2)), sets)
