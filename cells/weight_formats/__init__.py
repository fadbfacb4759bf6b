"""Weights to and from PyTorch, Keras and ONNX, which keep the same numbers in another order.

No framework is imported: modules and tensors are read through the few methods that they have.
"""

from cells.weight_formats.gates import gate_order, name_of
from cells.weight_formats.keras import from_keras, to_keras
from cells.weight_formats.onnx import from_onnx, run_onnx, to_onnx, trace_onnx
from cells.weight_formats.pytorch import from_torch, to_torch

__all__ = ["from_keras", "from_onnx", "from_torch", "gate_order", "name_of", "run_onnx", "to_keras", "to_onnx",
           "to_torch", "trace_onnx"]  # fmt: skip
