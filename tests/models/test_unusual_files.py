"""What people save beside the usual ways: each against the program that it comes from."""

import io
import os
import pickle

import numpy as np
import pytest
import torch

from app.messages import RefusedError
from app.models import opened
from cells import run
from tests.models.hostile import nothing_done

os.environ.setdefault("KERAS_BACKEND", "torch")


def read(tmp_path, content, name="mine.pt"):
    (tmp_path / "file").write_bytes(content)
    return opened(tmp_path / "file", name)


def saved(value, **how):
    file = io.BytesIO()
    torch.save(value, file, **how)
    return file.getvalue()


class Learned(torch.nn.Module):
    """A layer whose first states are parameters."""

    def __init__(self, kind, layers, both, names, dtype):
        super().__init__()
        self.rnn = kind(3, 4, layers, bidirectional=both, dtype=dtype)
        rows = layers * (1 + both)
        self.begin = [torch.nn.Parameter(torch.randn(rows, 1, 4, dtype=dtype)) for _ in names]
        for name, state in zip(names, self.begin, strict=True):
            self.register_parameter(name, state)

    def forward(self, x):
        return self.rnn(x, tuple(self.begin) if len(self.begin) > 1 else self.begin[0])[0]


@pytest.mark.parametrize(
    ("kind", "layers", "both", "names"),
    [
        (torch.nn.LSTM, 2, True, ("h0", "c0")),
        (torch.nn.GRU, 1, False, ("initial_hidden_state",)),
        (torch.nn.RNN, 2, False, ("hidden_init",)),
    ],
)
def test_learned_first_states_are_found_and_begin_the_run(kind, layers, both, names, tmp_path):
    torch.manual_seed(0)
    module = Learned(kind, layers, both, names, torch.float64)
    file = read(tmp_path, saved(module.state_dict()))
    (found,) = file.layers
    x = np.random.default_rng(0).normal(size=(6, 3))
    theirs = module(torch.tensor(x)[:, None])[:, 0].detach().numpy()
    np.testing.assert_allclose(run(found.made({}), x, start=found.start).output, theirs, atol=1e-12)
    assert [note.reason for note in file.notes] == ["file.note.start"]
    assert file.others == ()


def test_a_state_that_may_be_of_two_layers_is_of_none(tmp_path):
    state = {f"{name}.{key}": array for name in ("a", "b") for key, array in torch.nn.GRU(2, 3).state_dict().items()}
    file = read(tmp_path, saved(state | {"h0": torch.zeros(1, 1, 3), "b.c0": torch.ones(3)}))
    assert [dict(found.start) for found in file.layers] == [{}, {}]
    assert {each.name for each in file.others} == {"h0", "b.c0"}


@pytest.mark.parametrize("dtype", ["<f4", ">f8", "<f2"])
@pytest.mark.parametrize("old", [False, True])
def test_arrays_of_numpy_that_torch_saved(dtype, old, tmp_path):
    torch.manual_seed(0)
    module = torch.nn.LSTM(3, 4, dtype=torch.float64)
    arrays = {name: each.numpy().astype(dtype) for name, each in module.state_dict().items()}
    arrays["weight_ih_l0"] = np.asfortranarray(arrays["weight_ih_l0"])
    content = saved({"model": arrays, "epoch": np.int64(3)}, _use_new_zipfile_serialization=not old)
    (tmp_path / "file").write_bytes(content)
    with nothing_done():
        (found,) = opened(tmp_path / "file", "mine.pt").layers
        state = found.state()
    for name, array in arrays.items():
        np.testing.assert_array_equal(state[name], array)
    twin = torch.nn.LSTM(3, 4, dtype=torch.float64)
    twin.load_state_dict({name: torch.tensor(array.astype(np.float64)) for name, array in arrays.items()})
    x = np.random.default_rng(0).normal(size=(6, 3))
    theirs = twin(torch.tensor(x)[:, None])[0][:, 0].detach().numpy()
    ours = run(found.made({}), x).output
    np.testing.assert_allclose(ours, theirs, atol=1e-12 if dtype == ">f8" else 1e-5)


def reduced(function, arguments, state):
    """What pickles as a call, with a state of any kind."""

    class Reduced:
        def __reduce__(self):
            return function, arguments, state

    return Reduced()


def lying(state):
    """An array of NumPy whose pickled state is another."""
    function, arguments, _ = np.zeros(1).__reduce__()
    return saved({"lstm.weight_ih_l0": reduced(function, arguments, state), "lstm.weight_hh_l0": np.zeros((4, 1))},
                 pickle_module=pickle)  # fmt: skip


@pytest.mark.parametrize(
    "state",
    [
        (1, (2**40, 2**40), np.dtype("f4"), False, b"1234"),
        (1, (3,), np.dtype("f8"), False, b"12345678"),
        (1, (-1,), np.dtype("f8"), False, b""),
        (1, (1,), np.dtype("O"), False, [print]),
        (1, (1,), np.dtype("f8"), False, None),
        (1, "no shape", np.dtype("f8"), False, b"12345678"),
    ],
)
def test_arrays_that_lie_are_refused(state, tmp_path):
    (tmp_path / "file").write_bytes(lying(state))
    with nothing_done(), pytest.raises(RefusedError):
        opened(tmp_path / "file", "mine.pt")


@pytest.mark.parametrize("sizes", [(3, 4), (2, 4), (5, 2)])
def test_a_gru_of_keras_as_bare_arrays(sizes, tmp_path):
    """As `np.savez(file, *layer.get_weights())` has it: both biases in one array."""
    import keras

    inputs, units = sizes
    layer = keras.layers.GRU(units, return_sequences=True, dtype="float64", bias_initializer="glorot_uniform")
    layer.build((None, None, inputs))
    file = io.BytesIO()
    np.savez(file, *layer.get_weights())
    found = read(tmp_path, file.getvalue(), "mine.npz").layers[0]
    assert (found.kind, found.inputs, found.units) == ("gru", inputs, units)
    x = np.random.default_rng(0).normal(size=(7, inputs))
    theirs = keras.ops.convert_to_numpy(layer(x[None]))[0]
    np.testing.assert_allclose(run(found.made({}), x).output, theirs, atol=1e-12)
