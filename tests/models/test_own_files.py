"""Cells that Gatewalk wrote: an RNN, LSTM or GRU as PyTorch has it opens, any other is called by what it is."""

import io
import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from app.export.numbers import safetensors
from app.export.sequence import Sequence
from app.i18n import LANGUAGES, filled, words_of
from app.look.__main__ import main
from app.messages import RefusedError
from app.models import opened
from cells import GRU, LRU, LSTM, RNN, RWKV, SLSTM, CheatSheetLSTM, Mamba, MinGRU, MinLSTM, Stack, run, to_npz

X = np.random.default_rng(0).normal(size=(4, 2))
TORCH_HAS = {
    "lstm": LSTM.random(2, 3, seed=0),
    "gru": GRU.random(2, 3, seed=1),
    "relu": RNN.random(2, 3, seed=2, activation="relu"),
    "projection": LSTM.random(2, 3, seed=3, projection=2),
    "stack": Stack([[GRU.random(2, 3, seed=4), GRU.random(2, 3, seed=5)], [GRU.random(6, 3, seed=s) for s in (6, 7)]]),
}
OTHERS = {
    "MinGRU": MinGRU.random(2, 3, seed=0),
    "MinLSTM": MinLSTM.random(2, 3, seed=0),
    "SLSTM, forget=exp": SLSTM.random(2, 3, seed=0, forget="exp"),
    "LRU": LRU.random(2, 3, seed=0),
    "RWKV": RWKV.random(2, 3, seed=0),
    "Mamba": Mamba.random(2, 3, seed=0),
    "CheatSheetLSTM": CheatSheetLSTM.random(2, 3, seed=0),
    "LSTM, peephole=True": LSTM.random(2, 3, seed=0, peephole=True),
}


@pytest.mark.parametrize("of_run", [False, True], ids=["cell", "run"])
@pytest.mark.parametrize("name", TORCH_HAS)
def test_what_pytorch_has_opens_and_computes_the_same(name, of_run, tmp_path):
    model, path = TORCH_HAS[name], tmp_path / "own.npz"
    to_npz(run(model, X) if of_run else model, path)
    (found,) = opened(path, path.name).layers
    assert found.kind == (model.first if isinstance(model, Stack) else model).kind.key
    ours, theirs = run(model, X), run(found.made({}), X)
    np.testing.assert_allclose(theirs.output, ours.output, atol=1e-12)


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_cell_is_called_by_what_it_is(name, tmp_path):
    cell = OTHERS[name]
    to_npz(cell, tmp_path / "cell.npz")
    to_npz(run(cell, X), tmp_path / "run.npz")
    (tmp_path / "weights.safetensors").write_bytes(safetensors(Sequence(run(cell, X), None)))
    for path in tmp_path.iterdir():
        with pytest.raises(RefusedError) as refused:
            opened(path, path.name)
        assert (refused.value.message.reason, refused.value.message.values) == ("file.own", {"cell": name})
        for language in LANGUAGES:
            assert name in filled(words_of(language, "model")["file.own"], refused.value.message.values)


def test_the_command_says_it_in_a_sentence(tmp_path, capsys):
    to_npz(OTHERS["Mamba"], tmp_path / "cell.npz")
    assert main([str(tmp_path / "cell.npz"), "--no-browser"]) == 2
    assert capsys.readouterr().err == f"look: {tmp_path / 'cell.npz'}: This page does not open such a cell: 'Mamba'.\n"


def about(**changes):
    file = io.BytesIO()
    to_npz(TORCH_HAS["lstm"], file)
    file.seek(0)
    with np.load(file) as stored:
        arrays = dict(stored)
    return arrays | {"about": np.array(json.dumps(json.loads(str(arrays["about"])) | changes))}


LIES = {
    "another cell": {"cell": "none"},
    "no name of a cell": {"cell": ["lstm"]},
    "options of another": {"options": {"reset": "after"}},
    "a format to come": {"format": 2},
    "layers that are not there": {"layers": [[{"cell": "lstm", "options": {}}]]},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_file_that_lies_about_itself_is_damaged(lie, tmp_path):
    np.savez(tmp_path / "own.npz", **about(**LIES[lie]))
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path / "own.npz", "own.npz")
    assert refused.value.message.reason == "file.damaged"


@pytest.mark.parametrize("text", ["a note", "[1, 2]", "{}"])
def test_an_array_called_about_is_another_programs(text, tmp_path):
    layer = {"weight_ih_l0": np.ones((3, 2)), "weight_hh_l0": np.ones((3, 3))}
    np.savez(tmp_path / "own.npz", about=np.array(text), **layer)
    assert opened(tmp_path / "own.npz", "own.npz").layers


@pytest.mark.parametrize("metadata", [{}, {"cell": "lstm"}, {"cell": "lstm", "options": "no JSON"}])
def test_metadata_of_nobody_is_damaged(metadata, tmp_path):
    save_file({"W_f": np.ones((2, 2))}, tmp_path / "own.safetensors", {"names": "gatewalk", **metadata})
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path / "own.safetensors", "own.safetensors")
    assert refused.value.message.reason == "file.damaged"
