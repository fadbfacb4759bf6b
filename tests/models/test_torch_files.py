"""Files that live torch wrote: what `opened` makes of them computes what torch computes."""

import numpy as np
import pytest
import torch
from torch import nn

from app.models import opened
from cells import run
from tests.models.torch_exports import CELLS, EXPORTS, Export


def reference(module: nn.Module) -> nn.Module:
    """The module to compare with: of one layer for a cell of torch's, in float32 at least."""
    if type(module) in CELLS:
        said = {"nonlinearity": module.nonlinearity} if hasattr(module, "nonlinearity") else {}
        layer = CELLS[type(module)](module.input_size, module.hidden_size, **said)
        layer.load_state_dict({f"{name}_l0": value for name, value in module.state_dict().items()})
        module = layer
    module = module if module.weight_ih_l0.dtype == torch.float64 else module.float()
    module.batch_first = False
    return module.eval()


@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning", "ignore::torch.jit.TracerWarning")
@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_states_are_those_of_torch(export: Export, tmp_path):
    path, module = tmp_path / "upload", export.module()
    export.save(module, path)
    model = opened(path, "mine.bin")
    (found,) = model.layers
    module = reference(module)
    x = np.random.default_rng(0).normal(size=(6, 2, module.input_size))
    x = x.astype(np.float64 if module.weight_ih_l0.dtype == torch.float64 else np.float32)
    with torch.no_grad():
        output, final = module(torch.tensor(x))
    stack = found.made(export.answers)
    trace = run(stack, x)
    assert stack.dtype == x.dtype
    limit = 1e-12 if x.dtype == np.float64 else 1e-5
    np.testing.assert_allclose(trace.output, output.numpy(), rtol=0, atol=limit)
    for letter, states in zip("hc", final if isinstance(final, tuple) else (final,), strict=False):
        for state, where in zip(states.numpy(), stack.cells, strict=True):
            np.testing.assert_allclose(trace.final[where][letter], state, rtol=0, atol=limit)
    assert model.format == export.format
    assert (found.name, found.layers * found.directions) == (export.name, len(stack.cells))
    assert (found.inputs, found.units, found.kind) == (stack.inputs, stack.units, module.mode[:4].rstrip("_").lower())
    assert export.options.items() <= dict(found.options).items()
    assert tuple(note.reason for note in model.notes) == export.notes
