"""What is found in the file of a trained model: its recurrent layers, what stands around them, what has to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from app.messages import Message
from cells import Stack

Answers = Mapping[str, str]
"""By the name of a question, one of its options."""


Starts = Mapping[str, Mapping[str, np.ndarray]]
"""First states by the cell, ``"0.forward"``, as ``run(start=...)`` takes them."""


@dataclass(frozen=True)
class Question:
    """What a file does not say of a layer, and the numbers do not tell: a reader chooses."""

    name: str
    """``"reset"``, ``"activation"``, ``"recurrent_activation"``, ``"gates"``, ``"version"``: a label."""
    options: tuple[str, ...]
    """The guess comes first."""
    reason: Message
    """Why it is guessed so."""
    sure: bool = False
    """Whether the guess can be drawn before it is answered; if not, two readings fit equally well."""


@dataclass(frozen=True)
class Around:
    """The model around a layer, which makes what the layer reads of its own inputs."""

    inputs: Mapping[str, tuple[tuple[int | str, ...], str]]
    """The whole model's, by name: sizes, those that are open by their names, and NumPy's name of a type."""
    output: str
    """What the layer reads, as the model calls it."""
    model: Callable[[], bytes]
    """In ONNX, with that among its outputs."""
    batch_first: bool
    """Whether that is (B, T, D), and not (T, B, D)."""


@dataclass(frozen=True)
class Found:
    """A recurrent layer, or several that read each other and belong together, as one module of the file."""

    name: str
    """Where it stands, as the file names it: ``"encoder.lstm"``."""
    kind: str
    """``"rnn"``, ``"lstm"`` or ``"gru"``."""
    inputs: int
    units: int
    layers: int
    directions: int
    made: Callable[[Answers], Stack]
    """The cells with what was answered; the guess for what was not."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What the file says of it beyond its sizes: ``{"projection": "64", "batch_first": "yes"}``."""
    questions: tuple[Question, ...] = ()
    start: Starts = field(default_factory=dict)
    """Learned first states; mostly none."""
    state: Callable[[], Mapping[str, np.ndarray]] | None = None
    """What PyTorch's own module would load, where the file has exactly its names: ``weight_ih_l0`` and so on."""
    operator: Callable[[Starts], bytes] | None = None
    """A model in ONNX of this operator alone, from ``X`` (T, 1, D) to ``Y``, where the file is one of ONNX."""
    around: Around | None = None
    """What ONNX Runtime can compute the layer's true input with; None where the layer reads the model's own."""


@dataclass(frozen=True)
class Tensor:
    """What is no part of a recurrent layer."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    read: Callable[[], np.ndarray]
    """Its numbers, read when they are needed (an embedding)."""


@dataclass(frozen=True)
class ModelFile:
    """The content of one file."""

    name: str
    size: int
    """Bytes."""
    format: str
    """``"torch"``, ``"torchscript"``, ``"safetensors"``, ``"keras"``, ``"hdf5"``, ``"onnx"`` or ``"npz"``."""
    layers: tuple[Found, ...]
    """In the order of the file; never empty."""
    others: tuple[Tensor, ...] = ()
    notes: tuple[Message, ...] = ()
    """What was made of it: dequantised, a prefix left out, weight norm multiplied out, ..."""
