"""ONNX models of one recurrent operator whose weights come to it in the ways of exporters."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tests.support.onnx_operators import problem

FLOAT = TensorProto.FLOAT
RUNTIME = "com.microsoft"
ORDER = ("X", "W", "R", "B", "", "initial_h", "initial_c", "P")


def constants(arrays):
    return [numpy_helper.from_array(array, name) for name, array in arrays.items()]


def plain(arrays):
    return [], constants(arrays)


def constant(arrays):
    nodes = [helper.make_node("Constant", [], [n], value=numpy_helper.from_array(a)) for n, a in arrays.items()]
    return nodes, []


def turned(arrays):
    nodes, held = [], {}
    for name, array in arrays.items():
        axes = list(reversed(range(array.ndim)))
        held[f"{name}_T"] = np.ascontiguousarray(array.transpose(axes))
        nodes.append(helper.make_node("Transpose", [f"{name}_T"], [f"{name}_id"], perm=axes))
        nodes.append(helper.make_node("Identity", [f"{name}_id"], [name]))
    return nodes, constants(held)


def cut(arrays):
    """As PyTorch's exporter turns the order of gates: pieces of one constant, put together again."""
    nodes, held = [], {"zero": np.array([0]), "axis": np.array([1]), "end": np.array([2**62])}
    for name, array in arrays.items():
        half = array.shape[1] // 2
        held[f"{name}_whole"] = np.concatenate([array[:, half:], array[:, :half]], axis=1)[0]
        held[f"{name}_at"] = np.array([array.shape[1] - half])
        axis = {"axis": 0}
        for part, start, end in (("a", f"{name}_at", "end"), ("b", "zero", f"{name}_at")):
            nodes.append(helper.make_node("Slice", [f"{name}_whole", start, end, "zero"], [f"{name}_{part}"]))
        nodes.append(helper.make_node("Concat", [f"{name}_a", f"{name}_b"], [f"{name}_c"], **axis))
        nodes.append(helper.make_node("Unsqueeze", [f"{name}_c", "zero"], [name]))
    return nodes, constants(held)


def reshaped(arrays):
    nodes, held = [], {}
    for name, array in arrays.items():
        held |= {f"{name}_row": array.astype(np.float64).reshape(1, 1, -1), f"{name}_shape": np.array(array.shape)}
        nodes.append(helper.make_node("Squeeze", [f"{name}_row"], [f"{name}_flat"]))
        nodes.append(helper.make_node("Reshape", [f"{name}_flat", f"{name}_shape"], [f"{name}_double"]))
        nodes.append(helper.make_node("Cast", [f"{name}_double"], [name], to=FLOAT))
    return nodes, constants(held)


def split(arrays):
    nodes, held = [], {"order": np.array([1, 0])}
    for name, array in arrays.items():
        half = array.shape[1] // 2
        held |= {f"{name}_w": np.roll(array, half, 1), f"{name}_s": np.array([half, array.shape[1] - half])}
        nodes.append(helper.make_node("Split", [f"{name}_w", f"{name}_s"], [f"{name}_0", f"{name}_1"], axis=1))
        nodes.append(helper.make_node("Concat", [f"{name}_1", f"{name}_0"], [name], axis=1))
    return nodes, constants(held)


def half(dtype):
    def made(arrays):
        nodes, held = [], []
        for name, array in arrays.items():
            float16 = numpy_helper.from_array(array.astype(np.float16), f"{name}_half")
            bits = (array.view(np.uint32) >> 16).astype(np.uint16)
            bfloat16 = TensorProto(
                name=f"{name}_half", data_type=TensorProto.BFLOAT16, dims=array.shape, raw_data=bits.tobytes()
            )
            held.append(float16 if dtype == "float16" else bfloat16)
            nodes.append(helper.make_node("Cast", [f"{name}_half"], [name], to=FLOAT))
        return nodes, held

    return made


def quantised(arrays):
    nodes, held = [], {}
    for name, array in arrays.items():
        scales = np.abs(array).max(axis=(0, *range(2, array.ndim))) / 127
        wide = scales.reshape(1, -1, *[1] * (array.ndim - 2))
        held[f"{name}_q"] = np.round(array / wide).astype(np.int8)
        held[f"{name}_s"], held[f"{name}_z"] = scales.astype(np.float32), np.zeros(len(scales), np.int8)
        nodes.append(helper.make_node("DequantizeLinear", [f"{name}_{p}" for p in "qsz"], [name], axis=1))
    return nodes, constants(held)


HIDDEN = {
    "initialisers": plain, "constants": constant, "transposed": turned, "cut": cut, "reshaped": reshaped,
    "split": split, "float16": half("float16"), "bfloat16": half("bfloat16"), "quantised": quantised,
}  # fmt: skip


def node_of(op_type, arrays, attributes, **more):
    names = [name if name in arrays or name == "X" else "" for name in ORDER]
    while not names[-1]:
        names.pop()
    return helper.make_node(op_type, names, ["Y"], name="the_layer", **attributes, **more)


def value(name, shape=None, kind=FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def saved(nodes, held, opset, functions=(), inputs=("X",), outputs=("Y",)):
    """The bytes of a model."""
    graph = helper.make_graph(nodes, "g", [value(i, None) for i in inputs], [value(o) for o in outputs], held)
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid(RUNTIME, 1), helper.make_opsetid("mine", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, functions=list(functions)).SerializeToString()


def in_if(node, nodes, held, opset):
    """In a branch of a branch; the weights stand outside."""
    both = []
    for depth in (1, 0):
        inner = [node] if depth else [helper.make_node("If", ["yes"], ["Y"], then_branch=both[0], else_branch=both[0])]
        both.insert(0, helper.make_graph(inner, f"branch{depth}", [], [value("Y")]))
    outer = helper.make_node("If", ["yes"], ["out"], then_branch=both[0], else_branch=both[0])
    return saved([*nodes, outer], [*held, *constants({"yes": np.array(True)})], opset, outputs=["out"])


def in_loop(node, nodes, held, opset):
    body = helper.make_graph(
        [*nodes, node, helper.make_node("Identity", ["go"], ["on"])], "body",
        [value("k", [], TensorProto.INT64), value("go", [], TensorProto.BOOL)],
        [value("on", [], TensorProto.BOOL), value("Y")], held,
    )  # fmt: skip
    loop = helper.make_node("Loop", ["once", "yes"], ["out"], body=body)
    return saved([loop], constants({"once": np.array(1), "yes": np.array(True)}), opset, outputs=["out"])


def in_scan(node, nodes, held, opset):
    body = helper.make_graph([*nodes, node], "body", [value("X")], [value("Y")], held)
    scan = helper.make_node("Scan", ["many"], ["out"], body=body, num_scan_inputs=1)
    wide = helper.make_node("Unsqueeze", ["X_outside", "zero_outside"], ["many"])
    return saved([wide, scan], constants({"zero_outside": np.array([0])}), opset, inputs=["X_outside"], outputs=["out"])


def in_function(node, nodes, held, opset):
    """In a function called by a function, to which weights and the number of units are given."""
    names = [name for name in node.input if name]
    inner = onnx.NodeProto()
    inner.CopyFrom(node)
    for attribute in inner.attribute:
        if attribute.name == "hidden_size":
            attribute.CopyFrom(
                onnx.AttributeProto(name="hidden_size", ref_attr_name="size", type=onnx.AttributeProto.INT)
            )
            attribute.ClearField("i")
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("mine", 1)]
    layer = helper.make_function("mine", "Layer", names, ["Y"], [inner], opsets, attributes=["size"])
    call = helper.make_node("Layer", names, ["Y"], domain="mine", name="inner")
    call.attribute.append(onnx.AttributeProto(name="size", ref_attr_name="size", type=onnx.AttributeProto.INT))
    outer = helper.make_function("mine", "Outer", names, ["Y"], [call], opsets, attributes=["size"])
    size = next(a.i for a in node.attribute if a.name == "hidden_size")
    top = helper.make_node("Outer", names, ["Y"], domain="mine", name="outer", size=size)
    return saved([*nodes, top], held, opset, [layer, outer])


PLACES = {
    "graph": lambda node, nodes, held, opset: saved([*nodes, node], held, opset),
    "if": in_if, "loop": in_loop, "scan": in_scan, "function": in_function,
}  # fmt: skip


def drawn(op_type, directions=1, start=False, peephole=False, **how):
    """Attributes, weights as float32, and an input."""
    attributes, arrays = problem(op_type, directions=directions, inputs=3, scale=0.5, peephole=peephole, **how)
    x = arrays.pop("X")
    for name in ("sequence_lens", *(() if start else ("initial_h", "initial_c"))):
        arrays.pop(name, None)
    return attributes, arrays, x
