"""Recurrent layers inside models of PyTorch: found by name, reparametrised, and refused if they do more."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations, prune

from cells import Cell, run
from cells.weight_formats import from_torch

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
X = torch.tensor(np.random.default_rng(0).normal(size=(5, 2, 3)))


class Tagger(nn.Module):
    def __init__(self, **more):
        super().__init__()
        self.embedding = nn.Embedding(7, 3)
        self.encoder = nn.ModuleDict({"rnn": nn.LSTM(3, 4, 2, bidirectional=True), **more})
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.encoder["rnn"](x)[0])


def equal(made, module):
    np.testing.assert_allclose(run(made, X.numpy()).output, module(X)[0].detach(), atol=1e-12)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda model: model,
        lambda model: model.state_dict(),
        lambda model: nn.Sequential(model).state_dict(),
        lambda model: {"epoch": 3, "model_state": model.state_dict(), "optimizer": {"state": {0: {"exp_avg": 1}}}},
        torch.jit.script,
        torch.compile,
    ],
    ids=["module", "state dict", "prefixed", "checkpoint", "script", "compiled"],
)
def test_the_layer_of_a_model_is_found(wrap):
    torch.manual_seed(0)
    model = nn.ModuleDict({"rnn": nn.LSTM(3, 4, 2, bidirectional=True).double()})
    model = model if wrap is not torch.jit.script else Scripted(model["rnn"])
    equal(from_torch(wrap(model)), model["rnn"] if isinstance(model, nn.ModuleDict) else model.rnn)


def test_a_script_is_found_whatever_was_scripted_before():
    """Scripts of one class that differ have names of their own."""
    for layers in (1, 2):
        module = nn.LSTM(3, 4, layers).double()
        equal(from_torch(torch.jit.script(module)), module)


class Scripted(nn.Module):
    def __init__(self, rnn):
        super().__init__()
        self.rnn = rnn

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.rnn(x)[0]


@pytest.mark.parametrize("of", ["module", "state dict"])
def test_several_layers_are_listed_and_asked_for(of):
    torch.manual_seed(0)
    model = Tagger(top=nn.GRUCell(4, 5)).double()
    source = model if of == "module" else model.state_dict()
    listed = r"encoder.rnn \(LSTM 3 → 4, 2 layers, both ways\), encoder.top \(\w+ 4 → 5\)"
    with pytest.raises(ValueError, match=f"source: 2 recurrent layers, say which by prefix=: {listed}"):
        from_torch(source)
    with pytest.raises(ValueError, match=f"prefix: expected one of {listed}, got 'head'"):
        from_torch(source, prefix="head")
    with pytest.raises(ValueError, match="prefix: expected the name of a layer, got 3"):
        from_torch(source, prefix=3)
    equal(from_torch(source, prefix="encoder.rnn"), model.encoder["rnn"])
    cell = from_torch(source, prefix="encoder.top.")
    assert isinstance(cell, Cell)
    h = model.encoder["top"](X.new_ones(2, 4))
    np.testing.assert_allclose(run(cell, np.ones((1, 2, 4)))["h"][0], h.detach(), atol=1e-12)


def normed(module):
    for name in ("weight_hh_l0", "weight_ih_l0_reverse", "bias_ih_l0"):
        nn.utils.weight_norm(module, name, dim=None if name.startswith("bias") else 0)
    nn.utils.weight_norm(module, "weight_ih_l0", dim=1)
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.mul_(1.5 if name.endswith("_g") else 0.7)


def parametrised(module):
    parametrizations.weight_norm(module, "weight_hh_l0")
    parametrizations.weight_norm(module, "weight_ih_l0", dim=1)
    with torch.no_grad():
        module.parametrizations["weight_hh_l0"].original0.mul_(1.5)


REPARAMETRISED = {
    "old weight norm": normed,
    "weight norm": parametrised,
    "pruned": lambda module: prune.random_unstructured(module, "weight_hh_l0", 0.5),
}


@pytest.mark.parametrize("how", REPARAMETRISED)
def test_reparametrised_weights_are_made_whole(how):
    """Of a module and of its state dict, as the module computes with them."""
    torch.manual_seed(0)
    module = nn.LSTM(3, 4, bidirectional=True).double()
    REPARAMETRISED[how](module)
    equal(from_torch(module), module)
    equal(from_torch(module.state_dict()), module)


def test_any_parametrisation_of_a_module():
    torch.manual_seed(0)
    module = nn.GRU(3, 4).double()
    parametrizations.spectral_norm(module, "weight_hh_l0")
    equal(from_torch(module.eval()), module)


class Doubled(nn.LSTM):
    def forward(self, x):
        return super().forward(2 * x)


class Named(nn.LSTM):
    """A subclass that changes nothing."""


def hooked(register):
    module = nn.LSTM(3, 4)
    getattr(module, register)(lambda *_: None)
    return module


def spectral():
    module = nn.LSTM(3, 4)
    nn.utils.spectral_norm(module, "weight_hh_l0")
    return module


def overridden():
    module = nn.LSTM(3, 4)
    module.forward = lambda x: x
    return module


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (Doubled(3, 4), "source: Doubled has a forward of its own"),
        (overridden(), "source: LSTM has a forward of its own"),
        (nn.ModuleDict({"rnn": Doubled(3, 4)}), "source: Doubled has a forward of its own"),
        (hooked("register_forward_hook"), "source: LSTM has a hook, <function"),
        (hooked("register_forward_pre_hook"), "source: LSTM has a hook, <function"),
        (spectral(), "source: LSTM has a hook, <torch.nn.utils.spectral_norm"),
        (nn.ModuleDict({"rnn": nn.LSTM(3, 4, 2, dropout=0.5)}), "draws at random while training"),
    ],
)
def test_a_module_that_does_more_than_its_class_is_refused(module, message):
    with pytest.raises(ValueError, match=message):
        from_torch(module)


def test_a_subclass_that_changes_nothing_is_read():
    module = Named(3, 4).double()
    equal(from_torch(module), module)


def test_a_quantised_layer_is_called_so():
    model = nn.ModuleDict({"rnn": nn.LSTM(3, 4)})
    quantised = torch.ao.quantization.quantize_dynamic(model, {nn.LSTM}, dtype=torch.qint8)
    for source in (quantised, quantised.state_dict()):
        with pytest.raises(ValueError, match="before it was quantised"):
            from_torch(source)
