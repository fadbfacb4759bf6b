"""Other frameworks' weights as methods of kinds, cells and stacks; :mod:`cells.weight_formats` does the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from cells.cell import Cell
    from cells.layers import Stack


class Readable:
    """What a kind of cell reads."""

    def from_torch(self, source: Any, nonlinearity: str | None = None) -> Cell | Stack:
        """Return the cell or stack of a PyTorch module or state dict: see :func:`cells.weight_formats.from_torch`."""
        from cells import weight_formats

        return weight_formats.from_torch(source, self, nonlinearity)

    def from_keras(self, config: Mapping[str, Any], weights: Sequence, keras_version: int = 3) -> Cell | Stack:
        """Return the cell of a Keras layer of this kind: see :func:`cells.weight_formats.from_keras`."""
        from cells import weight_formats

        return weight_formats.from_keras(weight_formats.name_of(self, "keras"), config, weights, keras_version)

    def from_onnx(self, attributes: Mapping[str, Any], inputs: Mapping[str, object]) -> Cell | Stack:
        """Return the cell, or both, of an ONNX operator of this kind: see :func:`cells.weight_formats.from_onnx`."""
        from cells import weight_formats

        return weight_formats.from_onnx(weight_formats.name_of(self, "onnx"), attributes, inputs)


class Writable:
    """What a cell and a stack of cells write."""

    def to_torch(self, module: Any = None) -> Any:
        """Return the PyTorch state dict, or the module with it: see :func:`cells.weight_formats.to_torch`."""
        from cells import weight_formats

        return weight_formats.to_torch(self, module)

    def to_keras(self, keras_version: int = 3) -> tuple[str, dict[str, Any], list[np.ndarray]]:
        """Return the Keras layer's class name, config and weights: see :func:`cells.weight_formats.to_keras`."""
        from cells import weight_formats

        return weight_formats.to_keras(self, keras_version)

    def to_onnx(self) -> tuple[str, dict[str, Any], dict[str, np.ndarray]]:
        """Return the ONNX operator's type, attributes and inputs: see :func:`cells.weight_formats.to_onnx`."""
        from cells import weight_formats

        return weight_formats.to_onnx(self)
