"""A program to copy, that has a model's own framework compute what the page shows."""

from __future__ import annotations

import numpy as np

from app.models import Found

SHOWN = 4  # numbers to compare

KERAS = """\
import keras
import numpy as np

x = np.load("x.npy").astype("float32")  # steps × inputs
layer = keras.saving.load_model({file!r}).get_layer({layer!r})
y = keras.ops.convert_to_numpy(layer(x[None]))[0]
print(y[-1, :{count}] if y.ndim == 2 else y[:{count}])
# Gatewalk, last step: {numbers}
"""
ONNX = """\
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

x = np.load("x.npy").astype("float32")  # steps × inputs
graph = onnx.load({file!r}).graph
node = next(node for node in graph.node if node.name == {layer!r})
ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in (node.input[0], node.output[0])]
alone = helper.make_graph([node], "alone", ends[:1], ends[1:], graph.initializer)
model = helper.make_model(alone, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
session = onnxruntime.InferenceSession(model.SerializeToString())
(y,) = session.run(None, {{node.input[0]: x[:, None]}})
print(y[-1].ravel()[:{count}])
# Gatewalk, last step: {numbers}
"""
PROGRAMS = {"keras": ("Keras", KERAS), "onnx": ("ONNX Runtime", ONNX)}
"""By the format of a file: whose it is, and how it is asked."""


def program(kind: str, file: str, found: Found, output: np.ndarray) -> tuple[str, str] | None:
    """Whose word is to be compared, and a program that asks for it; None of a file that no program opens whole.

    Parameters
    ----------
    kind : str
        The file's format.
    file : str
        Its name.
    found : Found
    output : array
        What the page has, (T, n).
    """
    if kind not in PROGRAMS or not found.name:
        return None
    theirs, text = PROGRAMS[kind]
    numbers = ", ".join(f"{value:.6f}" for value in output[-1, :SHOWN])
    return theirs, text.format(file=file, layer=found.name.split("/")[-1], count=SHOWN, numbers=numbers)
