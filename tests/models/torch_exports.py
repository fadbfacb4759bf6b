"""Models as people save them with PyTorch, made here by live torch: each with the layer that has to be found in it."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from torch import nn
from torch.nn.utils import parametrizations, prune

RECURRENT = (nn.RNN, nn.LSTM, nn.GRU)
CELLS = {nn.RNNCell: nn.RNN, nn.LSTMCell: nn.LSTM, nn.GRUCell: nn.GRU}


class Tagger(nn.Module):
    """An embedding, a recurrent layer and what reads it."""

    def __init__(self, rnn: nn.Module) -> None:
        super().__init__()
        self.emb, self.encoder = nn.Embedding(7, rnn.input_size), nn.ModuleDict({"rnn": rnn})
        self.out = nn.Linear(rnn.hidden_size, 3)


class Scripted(nn.Module):
    """The same, without a forward that a script cannot have."""

    def __init__(self, rnn: nn.Module) -> None:
        super().__init__()
        self.emb, self.rnn = nn.Embedding(7, rnn.input_size), rnn

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.rnn(self.emb(x))[0]


class Own(nn.LSTM):
    """A class of somebody's own."""


def drawn(kind: type, inputs: int = 5, units: int = 4, seed: int = 3, **options: object) -> nn.Module:
    torch.manual_seed(seed)
    return kind(inputs, units, **options).eval()


def saved(make: Callable[[nn.Module], object], **options: object) -> Callable[[nn.Module, Path], None]:
    """What saves something that is made of a module by torch.save."""
    return lambda module, path: torch.save(make(module), path, **options)


def scripted(module: nn.Module, path: Path) -> None:
    torch.jit.script(Scripted(module)).save(path)


def traced(module: nn.Module, path: Path) -> None:
    torch.jit.trace(Scripted(module), torch.zeros(6, 2, dtype=torch.long)).save(path)


def exported(module: nn.Module, path: Path) -> None:
    program = torch.export.export(Scripted(module), (torch.zeros(6, 2, dtype=torch.long),))
    torch.export.save(program, path.with_suffix(".pt2"))
    path.with_suffix(".pt2").rename(path)


def packed_again(module: nn.Module, path: Path) -> None:
    """A file of torch.save that a mail program or a person has unpacked and packed."""
    torch.save(Tagger(module).state_dict(), path)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def hooked(module: nn.Module) -> nn.Module:
    module.register_forward_hook(print)
    return Tagger(module)


def as_safetensors(module: nn.Module, path: Path) -> None:
    safetensors.torch.save_file({k: v.contiguous() for k, v in Tagger(module).state_dict().items()}, path)


def as_npz(names: Callable[[str], str], save: Callable[..., None] = np.savez) -> Callable[[nn.Module, Path], None]:
    def write(module: nn.Module, path: Path) -> None:
        with path.open("wb") as file:
            save(file, **{names(k): v.numpy() for k, v in module.state_dict().items()})

    return write


def with_optimizer(module: nn.Module) -> dict[str, object]:
    """A checkpoint as a training loop keeps it."""
    model = Tagger(module)
    optimizer = torch.optim.Adam(model.parameters())
    sum(p.square().sum() for p in model.parameters()).backward()
    optimizer.zero_grad(set_to_none=False)
    state = {k: v.clone() for k, v in model.state_dict().items()}
    optimizer.step()
    return {"epoch": 3, "model_state": state, "optimizer": optimizer.state_dict(), "loss": 0.25}


def lightning(module: nn.Module) -> dict[str, object]:
    """A checkpoint as Lightning writes it."""
    return {
        "epoch": 1, "global_step": 10, "pytorch-lightning_version": "2.2.0", "hyper_parameters": {"lr": 1e-3},
        "state_dict": {f"net.{k}": v for k, v in Tagger(module).state_dict().items()},
        "optimizer_states": [{"state": {}, "param_groups": [{"lr": 1e-3}]}], "callbacks": {"best": {"score": None}},
    }  # fmt: skip


def normed(module: nn.Module) -> dict[str, object]:
    """A state dict with weight norm, in its new form."""
    module = parametrizations.weight_norm(module, "weight_hh_l0")
    with torch.no_grad():
        module.parametrizations.weight_hh_l0.original0.mul_(1.5)
    return Tagger(module).state_dict()


def normed_of_old(module: nn.Module) -> dict[str, object]:
    """A state dict with weight norm, in its old form."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Tagger(nn.utils.weight_norm(module, "weight_ih_l0")).state_dict()


def pruned(module: nn.Module) -> dict[str, object]:
    """A state dict with a half of a matrix masked."""
    prune.random_unstructured(module, "weight_hh_l0", 0.5)
    return Tagger(module).state_dict()


def parallel(module: nn.Module) -> dict[str, object]:
    """A state dict as DataParallel has it."""
    return {f"module.{k}": v for k, v in Tagger(module).state_dict().items()}


def shared(module: nn.Module) -> dict[str, object]:
    """All weights as views of one storage, as flattened ones are; the second matrix is a transposed view."""
    state = module.state_dict()
    flat = torch.cat([v.mT.reshape(-1) if v.ndim == 2 else v for v in state.values()])
    views, at = {}, 0
    for name, value in state.items():
        turned = tuple(reversed(value.shape))
        views[name] = flat[at : at + value.numel()].view(turned).permute(*reversed(range(value.ndim)))
        at += value.numel()
    return views


@dataclass(frozen=True)
class Export:
    """One way of saving one layer."""

    save: Callable[[nn.Module, Path], None]
    module: Callable[[], nn.Module]
    name: str = "encoder.rnn"
    """By what name it has to be found."""
    answers: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    format: str = "torch"
    notes: tuple[str, ...] = ()


def export(save, kind=nn.LSTM, name="encoder.rnn", *, answers=None, has=None, form="torch", notes=(),
           dtype=torch.float32, **options) -> Export:  # fmt: skip
    """A row of the table: how a module of this kind and these options is saved, and what is found."""
    return Export(save, lambda: drawn(kind, **options).to(dtype), name, answers or {}, has or {}, form, notes)


STATE = saved(lambda module: Tagger(module).state_dict())
WHOLE = saved(Tagger)
LEGACY = {"_use_new_zipfile_serialization": False}
FIRST = {"batch_first": "yes"}
EXPORTS = {
    "state dict": export(STATE),
    "module": export(WHOLE, has={"batch_first": "no"}),
    "module alone": export(saved(lambda module: module), name=""),
    "state dict alone": export(saved(lambda module: module.state_dict()), name=""),
    "legacy state dict": export(saved(lambda module: Tagger(module).state_dict(), **LEGACY)),
    "legacy module": export(saved(Tagger, **LEGACY)),
    "legacy views": export(saved(shared, **LEGACY), name=""),
    "views": export(saved(shared), name=""),
    "pickle protocol 4": export(saved(lambda module: Tagger(module).state_dict(), pickle_protocol=4)),
    "pickle protocol 5, module": export(saved(Tagger, pickle_protocol=5)),
    "parameters": export(saved(lambda module: dict(Tagger(module).named_parameters()))),
    "script": export(scripted, name="rnn", has=FIRST, form="torchscript", batch_first=True),
    "script of a relu": export(scripted, nn.RNN, "rnn", has={"activation": "relu"}, form="torchscript",
                               nonlinearity="relu"),
    "trace": export(traced, name="rnn", form="torchscript", num_layers=2),
    "trace of a relu": export(traced, nn.RNN, "rnn", has={"activation": "relu"}, form="torchscript",
                              nonlinearity="relu", bidirectional=True),
    "torch.export": export(exported, name="rnn", num_layers=2),
    "packed again": export(packed_again),
    "a hook": export(saved(hooked), notes=("file.note.hooks",)),
    "checkpoint with an optimizer": export(saved(with_optimizer), notes=("file.note.prefix",)),
    "DataParallel": export(saved(parallel), notes=("file.note.prefix",)),
    "compiled": export(saved(lambda module: {f"_orig_mod.{k}": v for k, v in Tagger(module).state_dict().items()}),
                       notes=("file.note.prefix",)),
    "DataParallel in a checkpoint": export(saved(lambda module: {"state_dict": parallel(module)}),
                                           notes=("file.note.prefix",)),
    "Lightning": export(saved(lightning), name="net.encoder.rnn", notes=("file.note.prefix",)),
    "module in a dict": export(saved(lambda module: {"model": Tagger(module), "step": 3}), name="model.encoder.rnn"),
    "batch first": export(WHOLE, has=FIRST, batch_first=True),
    "both ways": export(STATE, bidirectional=True),
    "three layers both ways": export(WHOLE, num_layers=3, bidirectional=True, dropout=0.25, has={"dropout": "0.25"}),
    "projection": export(STATE, proj_size=2, has={"projection": "2"}),
    "projections both ways": export(STATE, proj_size=3, num_layers=2, bidirectional=True),
    "no bias": export(STATE, bias=False, has={"bias": "no"}),
    "float16": export(STATE, dtype=torch.float16),
    "bfloat16": export(WHOLE, dtype=torch.bfloat16),
    "float64": export(STATE, dtype=torch.float64, num_layers=2),
    "float64 GRU": export(WHOLE, nn.GRU, dtype=torch.float64, bidirectional=True),
    "GRU": export(STATE, nn.GRU, num_layers=2),
    "GRU without bias": export(STATE, nn.GRU, bias=False, bidirectional=True),
    "RNN": export(STATE, nn.RNN),
    "relu": export(WHOLE, nn.RNN, has={"activation": "relu"}, nonlinearity="relu"),
    "relu, asked": export(STATE, nn.RNN, answers={"activation": "relu"}, nonlinearity="relu"),
    "LSTMCell": export(STATE, nn.LSTMCell),
    "GRUCell": export(STATE, nn.GRUCell),
    "RNNCell of relu": export(WHOLE, nn.RNNCell, has={"activation": "relu"}, nonlinearity="relu"),
    "own class": export(WHOLE, Own, notes=("file.note.own_class",)),
    "weight norm": export(saved(normed), notes=("file.note.norm",)),
    "weight norm of old": export(saved(normed_of_old), notes=("file.note.norm",)),
    "pruned": export(saved(pruned), notes=("file.note.pruned",)),
    "safetensors": export(as_safetensors, form="safetensors", num_layers=2),
    "safetensors, bfloat16": export(as_safetensors, form="safetensors", dtype=torch.bfloat16),
    "safetensors, float64": export(as_safetensors, form="safetensors", dtype=torch.float64),
    "npz": export(as_npz(lambda key: f"lstm.{key}"), name="lstm", form="npz", num_layers=2),
    "npz, compressed": export(as_npz(lambda key: key, np.savez_compressed), nn.GRU, "", form="npz"),
    "npz, enc_w_ih": export(as_npz(lambda key: f"enc_{key[0]}_{key.split('_')[1]}"), nn.GRU, "enc", form="npz"),
    "npz without names": export(as_npz({f"{w}_{s}_l0": f"arr_{k}{w[0]}" for k, s in enumerate(("ih", "hh"))
                                        for w in ("weight", "bias")}.get), name="W: arr_0w, U: arr_1w", form="npz",
                                notes=("file.note.shapes",)),
}  # fmt: skip
