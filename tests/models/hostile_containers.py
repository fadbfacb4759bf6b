"""Files made to break what reads them: of Keras, in HDF5 and in ONNX. Each is written to a path by its function."""

import base64
import json
import marshal
import zipfile

import h5py
import numpy as np
import onnx
from onnx import TensorProto, helper

from tests.models.onnx_models import constants, drawn, node_of, saved, value

CELL = {"kernel:0": (3, 16), "recurrent_kernel:0": (4, 16), "bias:0": (16,)}


def lstm(file, name="lstm", change=lambda role, shape: np.zeros(shape, np.float32)):
    """A layer's weights as Keras 2 keeps them."""
    group = file.require_group(f"model_weights/{name}/{name}")
    for role, shape in CELL.items():
        if (array := change(role, shape)) is not None:
            group.create_dataset(role, data=array)
    return group


def config(*layers, deep=0):
    """A config as text; `deep` models in models."""
    layers = list(layers)
    for k in range(deep):
        layers = [{"class_name": "Sequential", "config": {"name": f"m{k}", "layers": layers}}]
    return json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": layers}})


def layer(class_name="LSTM", name="lstm", **entries):
    plain = {"units": 4, "activation": "tanh", "recurrent_activation": "sigmoid"} if class_name == "LSTM" else {}
    return {"module": "keras.layers", "class_name": class_name, "config": {"name": name, **plain, **entries}}


def keras(path, text, weights=True, **more):
    """A .keras archive."""
    with h5py.File(path.with_suffix(".inner"), "w") as file:
        if weights:
            group = file.create_group("layers/lstm/cell/vars")
            for k, shape in enumerate(CELL.values()):
                group.create_dataset(str(k), data=np.full(shape, 0.25, np.float32))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", text)
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.15.1"}))
        archive.writestr("model.weights.h5", path.with_suffix(".inner").read_bytes())
        for name, content in more.items():
            archive.writestr(name, content)
    path.with_suffix(".inner").unlink()


def code(canary):
    """What a Lambda layer holds: marshalled code, which would write a file."""
    program = compile(f"open({str(canary)!r}, 'w').write('ran')", "<lambda>", "exec")
    packed = base64.b64encode(marshal.dumps(program)).decode()
    return {"class_name": "__lambda__", "config": {"code": packed, "defaults": None, "closure": None}}


# HDF5


def external_link(path):
    with h5py.File(path, "w") as file:
        file["model_weights/lstm/lstm/kernel:0"] = h5py.ExternalLink("/etc/passwd", "/")
        file["model_weights/lstm/lstm/recurrent_kernel:0"] = h5py.SoftLink("/etc/passwd")


def links_beside_weights(path):
    with h5py.File(path, "w") as file:
        lstm(file)
        file["etc"], file["soft"] = h5py.ExternalLink("/etc/passwd", "/"), h5py.SoftLink("/model_weights")


def external_storage(path):
    with h5py.File(path, "w") as file:
        group = lstm(file, change=lambda role, shape: None if role == "kernel:0" else np.zeros(shape, np.float32))
        group.create_dataset("kernel:0", (3, 16), "f4", external=[("/etc/passwd", 0, 192)])


def virtual_dataset(path):
    with h5py.File(path, "w", libver="latest") as file:
        group = lstm(file, change=lambda role, shape: None if role == "kernel:0" else np.zeros(shape, np.float32))
        layout = h5py.VirtualLayout((3, 16), "f4")
        layout[:] = h5py.VirtualSource("/etc/passwd", "x", (3, 16))
        group.create_virtual_dataset("kernel:0", layout)


def declared_far_too_large(path):
    """Ten terabytes of zeros in one kilobyte."""
    with h5py.File(path, "w") as file:
        group = file.create_group("model_weights/lstm/lstm")
        units, inputs = 250_000, 2_500_000
        for role, shape in (("kernel:0", (inputs, 4 * units)), ("recurrent_kernel:0", (units, 4 * units))):
            group.create_dataset(role, shape, "f4", chunks=(1000, 1000), compression="gzip")
        group.create_dataset("bias:0", (4 * units,), "f4")


def groups_in_groups(path):
    with h5py.File(path, "w") as file:
        file.create_group("/".join("a" * 200))


def too_many_groups(path):
    with h5py.File(path, "w", libver="latest") as file:
        for k in range(25_000):
            h5py.h5g.create(file.id, f"g{k}".encode())


def a_group_in_itself(path):
    """A circle of hard links: what is in it is found once."""
    with h5py.File(path, "w") as file:
        group = lstm(file)
        group["again"] = file["model_weights"]
        group["root"] = file["/"]


def not_numbers(path):
    with h5py.File(path, "w") as file:
        lstm(file, change=lambda role, shape: np.full(shape, np.nan if role == "bias:0" else 0.5, np.float32))


def no_units(path):
    with h5py.File(path, "w") as file:
        lstm(file, change=lambda role, shape: np.zeros([0 for _ in shape], np.float32))


def texts_and_objects(path):
    with h5py.File(path, "w") as file:
        group = file.create_group("model_weights/lstm/lstm")
        group.create_dataset("kernel:0", data=np.array([b"a"] * 3))
        group.create_dataset("recurrent_kernel:0", (4, 16), dtype=h5py.ref_dtype)
        file.attrs["layer_names"] = np.zeros(3)
        file.attrs["keras_version"] = 7


def a_config_that_does_not_fit(path):
    with h5py.File(path, "w") as file:
        lstm(file)
        file.attrs["model_config"] = config(layer(units=5))


def a_config_nested_deeply(path):
    with h5py.File(path, "w") as file:
        lstm(file)
        file.attrs["model_config"] = "[" * 50_000


# .keras


def models_in_models(path):
    keras(path, config(layer(), deep=200))


def a_hundred_thousand_layers(path):
    keras(path, config(*[layer("Dense", f"d{k}") for k in range(100_000)], layer()))


def a_bomb(path):
    keras(path, config(layer()), bomb=bytes(600_000_000))


def a_bomb_of_weights(path):
    keras(path, config(layer()))
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            archive.writestr(name, content + bytes(500_000_000) * (name == "model.weights.h5"))


def no_weights(path):
    keras(path, config(layer()), weights=False)


def a_config_of_another_kind(path):
    keras(
        path,
        json.dumps(
            {
                "class_name": "Sequential",
                "config": {"layers": [1, None, {"class_name": []}, "x", {"class_name": "LSTM"}]},
            }
        ),
    )


# ONNX


def external_data(path):
    attributes, arrays, _ = drawn("LSTM")
    model = onnx.load_model_from_string(saved([node_of("LSTM", arrays, attributes)], constants(arrays), 20))
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../../../etc/passwd")
    path.write_bytes(model.SerializeToString())


def changed(path, change, op_type="LSTM"):
    attributes, arrays, _ = drawn(op_type)
    model = onnx.load_model_from_string(saved([node_of(op_type, arrays, attributes)], constants(arrays), 20))
    change(model)
    path.write_bytes(model.SerializeToString())


def shape_of_a_terabyte(path):
    changed(path, lambda model: model.graph.initializer[0].dims.__setitem__(1, 2**40))


def shape_below_zero(path):
    changed(path, lambda model: model.graph.initializer[0].dims.__setitem__(1, -12))


def shape_without_numbers(path):
    changed(path, lambda model: model.graph.initializer[0].dims.__setitem__(0, 0))


def weights_that_do_not_fit(path):
    changed(path, lambda model: model.graph.initializer[0].dims.extend([1]))


def onnx_not_numbers(path):
    def change(model):
        tensor = model.graph.initializer[1]
        tensor.raw_data = np.full(tensor.dims, np.inf, np.float32).tobytes()

    changed(path, change)


def doubled(path):
    """Thirty times itself twice: four billion numbers of three."""
    nodes = [helper.make_node("Concat", [f"w{k}", f"w{k}"], [f"w{k + 1}"], axis=0) for k in range(40)]
    nodes.append(helper.make_node("LSTM", ["X", "w40", "w40"], ["Y"], hidden_size=3))
    path.write_bytes(saved(nodes, constants({"w0": np.ones((1, 12, 3), np.float32)}), 20))


def expanded(path):
    nodes = [helper.make_node("Expand", ["w", "s"], ["W"]), helper.make_node("LSTM", ["X", "W", "W"], ["Y"])]
    held = constants({"w": np.ones(1, np.float32), "s": np.array([1, 2**20, 2**20])})
    path.write_bytes(saved(nodes, held, 20))


def a_chain(path):
    nodes = [helper.make_node("Identity", [f"w{k}"], [f"w{k + 1}"]) for k in range(5_000)]
    nodes.append(helper.make_node("LSTM", ["X", "w5000", "w5000"], ["Y"]))
    path.write_bytes(saved(nodes, constants({"w0": np.ones((1, 12, 3), np.float32)}), 20))


def a_circle(path):
    nodes = [helper.make_node("Identity", ["a"], ["b"]), helper.make_node("Identity", ["b"], ["a"])]
    path.write_bytes(saved([*nodes, helper.make_node("LSTM", ["X", "a", "b"], ["Y"])], [], 20))


def functions_of_functions(path):
    """Each calls the one before it twice: a million million calls; and the last calls itself."""
    opsets = [helper.make_opsetid("mine", 1)]
    functions = [
        helper.make_function("mine", f"F{k}", ["X"], ["Y"], [
            helper.make_node(f"F{k - 1 if k else 0}", ["X"], ["Z"], domain="mine"),
            helper.make_node(f"F{k - 1 if k else 0}", ["Z"], ["Y"], domain="mine"),
        ], opsets)
        for k in range(40)
    ]  # fmt: skip
    path.write_bytes(saved([helper.make_node("F12", ["X"], ["Y"], domain="mine")], [], 20, functions))


def branches_in_branches(path):
    graph = helper.make_graph([helper.make_node("LSTM", ["X", "w", "w"], ["Y"])], "g", [], [value("Y")])
    for _ in range(30):
        node = helper.make_node("If", ["yes"], ["Y"], then_branch=graph)
        graph = helper.make_graph([node], "g", [], [value("Y")])
    path.write_bytes(helper.make_model(graph).SerializeToString())


def a_hundred_thousand_operators(path):
    nodes = [helper.make_node("LSTM", ["X", "w", "w"], ["Y"])] * 100_000
    path.write_bytes(saved(nodes, constants({"w": np.ones((1, 12, 3), np.float32)}), 20))


def many_empty_parts(path):
    """Thirty million nodes of two bytes each, which would be objects of a hundred."""
    nodes = b"\x0a\x00" * 30_000_000
    length = len(nodes)
    varint = bytes((length >> 7 * k & 127) | (128 if length >> 7 * (k + 1) else 0) for k in range(4))
    path.write_bytes(b"\x08\x0a\x3a" + varint + nodes)
