"""Live ONNX Runtime on a model of one recurrent operator: the other side of every comparison."""

import numpy as np
import onnx
import onnxruntime
from onnx import helper

GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}
ORDER = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")


def onnx_runtime(op_type, attributes, inputs):
    """What live ONNX Runtime returns for a model of one node."""
    last = max(ORDER.index(name) for name in inputs)
    names = [name if name in inputs else "" for name in ORDER[: last + 1]]
    results = ["Y", "Y_h", "Y_c"][: 3 if op_type == "LSTM" else 2]
    arrays = {k: np.asarray(v, np.int32 if k == "sequence_lens" else np.float32) for k, v in inputs.items()}
    graph = helper.make_graph(
        [helper.make_node(op_type, names, results, **attributes)],
        "one",
        [
            helper.make_tensor_value_info(k, helper.np_dtype_to_tensor_dtype(a.dtype), a.shape)
            for k, a in arrays.items()
        ],
        [helper.make_tensor_value_info(k, onnx.TensorProto.FLOAT, None) for k in results],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    how = onnxruntime.SessionOptions()
    how.intra_op_num_threads, how.log_severity_level = 1, 4
    session = onnxruntime.InferenceSession(model.SerializeToString(), how, providers=["CPUExecutionProvider"])
    return dict(zip(results, session.run(None, arrays), strict=True))


def problem(op_type, seed=0, steps=5, batch=3, inputs=2, units=3, directions=1, scale=1.0, peephole=True):
    """Attributes and inputs with every input there is, as float32 keeps them."""
    random = np.random.default_rng(seed)

    def draw(*shape):
        return random.normal(size=shape, scale=scale).astype(np.float32)

    rows = GATES[op_type] * units
    arrays = {
        "X": draw(steps, batch, inputs),
        "W": draw(directions, rows, inputs),
        "R": draw(directions, rows, units),
        "B": draw(directions, 2 * rows),
        "sequence_lens": random.integers(0, steps + 1, size=batch),
        "initial_h": draw(directions, batch, units),
    }
    if op_type == "LSTM":
        arrays["initial_c"] = draw(directions, batch, units)
        if peephole:
            arrays["P"] = draw(directions, 3 * units)
    return {"hidden_size": units, "direction": "bidirectional" if directions == 2 else "forward"}, arrays
