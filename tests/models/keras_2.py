"""Files laid out as Keras 2 writes them (https://github.com/keras-team/tf-keras, saving/legacy/hdf5_format.py)."""

import json

import h5py
import numpy as np


def written(path, layers, config=None, version=None, chunked=False, **how):
    """A model, or weights alone where there is no config.

    Parameters
    ----------
    layers : dict of str to dict
        By the layer's name, its weights by their names; Keras 2 says kernel:0.
    """
    with h5py.File(path, "w", libver=("earliest", "v108")) as file:
        if config is not None:
            file.attrs["model_config"] = np.bytes_(json.dumps(config))
        root = file if config is None else file.create_group("model_weights")
        names = np.array([name.encode() for name in layers])
        if chunked:  # where the list is too long for one attribute
            root.attrs["layer_names0"], root.attrs["layer_names1"] = names[:1], names[1:]
        else:
            root.attrs["layer_names"] = names
        root.attrs["backend"] = b"tensorflow"
        for place in {root, file}:
            if version:
                place.attrs["keras_version"] = version.encode()
        for layer, weights in layers.items():
            group = root.create_group(layer)
            group.attrs["weight_names"] = np.array([name.encode() for name in weights] or [], dtype="S")
            for name, array in weights.items():
                group.create_dataset(name, data=array, **how)
        if config is not None:
            training = file.create_group("optimizer_weights")
            for name, array in {k: v for weights in layers.values() for k, v in weights.items()}.items():
                training.create_dataset(f"Adam/m/{name}", data=array)
    return path


def weights_of(layer, *prefixes):
    """A live layer's weights by the names that Keras 2 gives them."""
    names = [f"{prefix}/{role}:0" for prefix in prefixes for role in ("kernel", "recurrent_kernel", "bias")]
    arrays = layer.get_weights()
    if len(arrays) % 3:
        names = [name for name in names if not name.endswith("bias:0")]
    return dict(zip(names, arrays, strict=True))


def cudnn(weights, gates):
    """The weights of a plain layer as the layer for a GPU holds them."""
    kernel, recurrent, bias = weights.values()
    blocks = [block.reshape(block.shape[::-1], order="F").T for block in np.hsplit(kernel, gates)]
    bias = np.concatenate([bias / 4, bias * 3 / 4]) if bias.ndim == 1 else bias.ravel()
    arrays = np.hstack(blocks), np.hstack([block.T for block in np.hsplit(recurrent, gates)]), bias
    return dict(zip(weights, arrays, strict=True))


def config_of(layer, **changed):
    """A live layer's config as Keras 2 writes it."""
    of_2 = {"implementation": 1}
    left_out = ("seed", "dtype", "zero_output_for_mask", "batch_input_shape")
    config = {k: v for k, v in layer.get_config().items() if k not in left_out and not k.endswith("_initializer")}
    return {"class_name": type(layer).__name__, "config": config | of_2 | changed}


def model(*layers, functional=False):
    """The config of a model of layers."""
    if functional:
        return {
            "class_name": "Model",
            "config": {"name": "model_1", "layers": [{"name": c["config"]["name"], **c} for c in layers]},
        }
    return {"class_name": "Sequential", "config": {"name": "sequential_1", "layers": list(layers)}}
