"""Operators of ONNX that exporters put between weights and the operator that reads them, computed on constants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

FLOATS = {1: np.float32, 10: np.float32, 11: np.float64, 16: np.float32, 6: np.int32, 7: np.int64}
"""By ONNX's number of a type, what Cast makes: half precision becomes single."""


@dataclass(frozen=True)
class Node:
    """An operator with what it reads."""

    inputs: Sequence[np.ndarray | None]
    attributes: dict[str, Any]
    output: int
    """Which of its outputs is asked for."""
    spend: Callable[[int], None]
    """Called with how many numbers it will make."""

    def __getitem__(self, k: int) -> np.ndarray:
        array = self.inputs[k] if k < len(self.inputs) else None
        if array is None:
            raise ValueError("an operator without an input")
        return array

    def given(self, k: int, name: str) -> list[int] | None:
        """Whole numbers that newer operators have as an input, and older ones as an attribute."""
        if k < len(self.inputs) and self.inputs[k] is not None:
            return [int(v) for v in self[k].ravel()]
        return [int(v) for v in self.attributes[name]] if name in self.attributes else None

    @property
    def axis(self) -> int:
        return int(self.attributes.get("axis", 0))


def _slice(node: Node) -> np.ndarray:
    starts, ends = node.given(1, "starts") or [], node.given(2, "ends") or []
    axes = node.given(3, "axes") or list(range(len(starts)))
    steps = node.given(4, "steps") or [1] * len(starts)
    index = [slice(None)] * node[0].ndim
    for axis, start, end, step in zip(axes, starts, ends, steps, strict=True):
        size = node[0].shape[axis]
        # Past the first element, going back, is None and not −1, which would be the last.
        stop = None if step < 0 and end < -size else end
        index[axis] = slice(start, stop, step)
    return node[0][tuple(index)]


def _split(node: Node) -> np.ndarray:
    axis, sizes = node.axis, node.given(1, "split")
    if sizes is None:
        count = int(node.attributes.get("num_outputs", 0))
        if not 0 < count <= 1000:
            raise ValueError("a Split without sizes")
        each = -(-node[0].shape[axis] // count)
        sizes = [each] * count
    start = sum(sizes[: node.output])
    return np.take(node[0], range(start, min(start + sizes[node.output], node[0].shape[axis])), axis)


def _concat(node: Node) -> np.ndarray:
    node.spend(sum(node[k].size for k in range(len(node.inputs))))
    return np.concatenate([node[k] for k in range(len(node.inputs))], node.axis)


def _unsqueeze(node: Node) -> np.ndarray:
    axes = node.given(1, "axes") or []
    return np.expand_dims(node[0], tuple(axes)) if len(axes) < 16 else node[0]


def _squeeze(node: Node) -> np.ndarray:
    axes = node.given(1, "axes")
    return np.squeeze(node[0], None if axes is None else tuple(axes))


def _reshape(node: Node) -> np.ndarray:
    zero = node.attributes.get("allowzero", 0)
    sizes = [int(v) for v in node[1].ravel()]
    return node[0].reshape([node[0].shape[k] if v == 0 and not zero else v for k, v in enumerate(sizes)])


def _cast(node: Node) -> np.ndarray:
    node.spend(node[0].size)
    return node[0].astype(FLOATS[int(node.attributes["to"])])


def _gather(node: Node) -> np.ndarray:
    node.spend(node[0].size * max(1, node[1].size) // max(1, node[0].shape[node.axis]))
    return np.take(node[0], node[1].astype(np.int64), node.axis)


def _expand(node: Node) -> np.ndarray:
    shape = np.broadcast_shapes(node[0].shape, tuple(int(v) for v in node[1].ravel()))
    node.spend(prod(shape))
    return np.broadcast_to(node[0], shape)


def _dequantise(node: Node) -> np.ndarray:
    if node.attributes.get("block_size"):
        raise ValueError("weights quantised in blocks")
    node.spend(node[0].size)
    axis = int(node.attributes.get("axis", 1))

    def along(values: np.ndarray) -> np.ndarray:
        if values.size == 1:
            return values.reshape(())
        shape = [1] * node[0].ndim
        shape[axis] = values.size
        return values.reshape(shape)

    zero = along(node[2].astype(np.float32)) if len(node.inputs) > 2 else np.float32(0)
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is said of the layer
        return (node[0].astype(np.float32) - zero) * along(node[1].astype(np.float32))


FOLDED: dict[str, Callable[[Node], np.ndarray]] = {
    "Identity": lambda node: node[0],
    "Constant": lambda node: node[0],
    "Transpose": lambda node: np.transpose(node[0], node.attributes.get("perm")),
    "Slice": _slice,
    "Split": _split,
    "Concat": _concat,
    "Unsqueeze": _unsqueeze,
    "Squeeze": _squeeze,
    "Reshape": _reshape,
    "Cast": _cast,
    "Gather": _gather,
    "Expand": _expand,
    "DequantizeLinear": _dequantise,
}
