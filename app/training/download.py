"""One trained network as a file that opens anywhere: safetensors under torch's names, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from safetensors.numpy import save

from app.training.records import Facts
from app.training.saved import Run, Weights, kind_of

CLASSES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


@dataclass(frozen=True)
class InputColumn:
    """One of the numbers that a network reads at a timestep: (value − mean) / deviation.

    Attributes
    ----------
    known
        Whether it is read as many steps ahead as the network forecasts at once.
    """

    name: str
    mean: float
    deviation: float
    known: bool = False


def file_name(task: str, run: str) -> str:
    return f"gatewalk-{task}-{run}.safetensors"


def packed(task: str, name: str, run: Run, facts: Facts, inputs: Sequence[InputColumn] = ()) -> bytes:
    """The weights a run ended with, as a safetensors file.

    Its metadata has the ``task``, the ``run`` and its ``kind``, the ``epoch`` of the weights, and as JSON the
    ``settings``, the ``facts`` that were measured, a vocabulary among them, and the ``inputs`` in the order in which
    they are read, where they are columns of a table.
    """
    measured = msgspec.to_builtins(facts)
    del measured["settings"]
    metadata = {
        "task": task,
        "run": name,
        "kind": kind_of(name),
        "epoch": f"{max(run.checkpoints)}",
        "settings": facts.settings.json.decode(),
        "facts": msgspec.json.encode(measured).decode(),
    }
    if inputs:
        metadata["inputs"] = msgspec.json.encode(inputs).decode()
    return save(dict(run.weights), metadata)


def program(file: str, name: str, weights: Weights) -> str:
    """Three lines of Python that open such a file in PyTorch, as `net`."""
    layers = {name: f"torch.nn.{layer}({', '.join(map(str, sizes))})" for name, layer, sizes in parts(name, weights)}
    listed = ", ".join(f'"{name}": {layer}' for name, layer in layers.items())
    return "\n".join(
        (
            "import torch, safetensors.torch",
            f"net = torch.nn.ModuleDict({{{listed}}})",
            f'net.load_state_dict(safetensors.torch.load_file("{file}"))',
        )
    )


def parts(name: str, weights: Weights) -> list[tuple[str, str, tuple[int, ...]]]:
    """The layers of a network in the order in which they are run: name, class and sizes."""
    outputs, units = weights["readout.weight"].shape
    found: list[tuple[str, str, tuple[int, ...]]] = [
        ("cell", CLASSES[kind_of(name)], (weights["cell.weight_ih_l0"].shape[1], units)),
        ("readout", "Linear", (units, outputs)),
    ]
    embedding = weights.get("embedding.weight")
    return found if embedding is None else [("embedding", "Embedding", embedding.shape), *found]


def call(weights: Weights) -> str:
    """How the network of `program` is run on `x`, which has one sequence or several."""
    read = 'net["embedding"](x)' if "embedding.weight" in weights else "x"
    return f'net["readout"](net["cell"]({read})[0])'
