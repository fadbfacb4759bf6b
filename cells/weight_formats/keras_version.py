"""Which Keras wrote a layer, and what that decides: what a hard sigmoid is, and what an absent entry means.

Nothing is guessed: where the version decides and neither it nor the config says it, the caller is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

FUNCTIONS: dict[int, dict[str, str]] = {
    2: {name: name for name in ("tanh", "sigmoid", "linear", "relu", "elu", "softplus", "softsign")}
    | {"hard_sigmoid": "hard_sigmoid_fifth"}
}
FUNCTIONS[3] = FUNCTIONS[2] | {
    "hard_sigmoid": "hard_sigmoid",
    "leaky_relu": "leaky_relu(0.2)",
    "hard_tanh": "clip(1.0)",
}
"""The functions of a cell by the names that Keras 2 and Keras 3 give them."""

ONLY_2 = ("time_major", "ragged", "implementation", "batch_input_shape", "input_dim", "input_length")
"""Entries of a layer's config that Keras 3 does not write."""

ASK = "give keras_version=, which a file has as its attribute or entry keras_version"


@dataclass(frozen=True)
class Version:
    """A version of Keras; the minor one may be unknown, the major one too (0)."""

    major: int = 0
    minor: int | None = None
    tensorflow: bool = False  # the Keras of TensorFlow says "2.4.0" or "2.2.4-tf"


def version_of(given: Any, config: Mapping[str, Any]) -> Version:
    """Return the version that the caller gives, else the one that the config's own entries tell."""
    if given is not None:
        match = re.fullmatch(r"([23])(?:\.(\d+)(?:\.[\w.]+)?(-tf)?)?", str(given)) if _plain(given) else None
        if not match:
            raise ValueError(f"keras_version: expected 2, 3 or a version of them such as '2.2.4', got {given!r:.80}")
        minor = None if match[2] is None else int(match[2])
        return Version(int(match[1]), minor, bool(match[3]) or (match[1] == "2" and (minor or 0) > 3))
    of_2 = any(name in config for name in ONLY_2)
    of_3 = "seed" in config or isinstance(config.get("dtype"), Mapping)
    return Version(2 if of_2 and not of_3 else 3 if of_3 and not of_2 else 0)


def function_of(entry: str, name: Any, version: Version) -> str:
    """Return the name that a Keras function has here; Keras's None is linear."""
    names = FUNCTIONS[version.major or 3]
    if name is not None and (not isinstance(name, str) or name not in names):
        raise ValueError(f"{entry}: expected one of {', '.join(names)}, got {name!r:.80}")
    if name == "hard_sigmoid" and not version.major:
        raise ValueError(f"{entry}: a hard_sigmoid is 0.2·a + 0.5 in Keras 2 and a/6 + 0.5 in Keras 3; {ASK}")
    return names[name or "linear"]


def recurrent_activation(version: Version) -> str:
    """Return what an absent ``recurrent_activation`` is: a hard sigmoid up to Keras 2.2, then a sigmoid."""
    if version.major == 3 or (version.minor or 0) > 2:
        return "sigmoid"
    if version.minor is None or version.tensorflow:  # TensorFlow 1.15 and 2.0 both say 2.2.4-tf
        raise ValueError(
            "recurrent_activation: absent from the config; hard_sigmoid up to Keras 2.2, sigmoid from 2.3 on: give it, "
            "or keras_version= as '2.2.4'"
        )
    return "hard_sigmoid"


def reset_after(weights: Sequence[Any], version: Version) -> bool:
    """Return what an absent ``reset_after`` is: the bias tells; without one, the version."""
    if len(weights) > 2:
        return np.ndim(weights[2]) != 1
    if version.major == 3 or (version.tensorflow and (version.minor or 0) > 2):
        return True
    if version.minor is None or version.tensorflow:
        raise ValueError("reset_after: absent from the config; its default differs between versions: give it")
    return False


def _plain(value: Any) -> bool:
    return isinstance(value, (int, str)) and not isinstance(value, bool)
