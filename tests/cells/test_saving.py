"""Traces as tables, JSON and files that nothing can be smuggled in with."""

import io
import json
import pickle
import zipfile

import numpy as np
import pytest

from cells import CELLS, GRU, LSTM, RNN, backprop, frame, from_npz, run, sweep, to_json, to_npz
from tests.support.torch_loops import case

KINDS = pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
OPTIONS = [
    (LSTM, {"peephole": True, "couple": "f=1-i", "clip": 0.5}),
    (LSTM, {"projection": 2, "output_activation": "linear"}),
    (GRU, {"reset": "before", "update": "write", "gate": "hard_sigmoid_fifth"}),
    (RNN, {"activation": "leaky_relu(0.3)"}),
]
WAYS = [{}, {"reverse": True}, {"lengths": [2, 4]}, {"lengths": [2, 4], "reverse": True}]


def same(a, b):
    """Both traces hold the same cell, run and numbers, to the bit."""
    assert (a.cell.kind, a.cell.options, a.reverse, a.batched) == (b.cell.kind, b.cell.options, b.reverse, b.batched)
    assert a.names == b.names
    for name in a.names:
        assert a[name].dtype == b[name].dtype
        np.testing.assert_array_equal(a[name], b[name])
    for name in a.final:
        np.testing.assert_array_equal(a.before(name), b.before(name))
    for name, parameter in a.cell.parameters.items():
        np.testing.assert_array_equal(parameter, b.cell.parameters[name])
    np.testing.assert_array_equal(a.output, b.output)
    loss = {"h": np.ones(a["h"].shape[1:])}
    np.testing.assert_array_equal(backprop(a, loss).x, backprop(b, loss).x)


def returned(trace):
    file = io.BytesIO()
    to_npz(trace, file)
    return from_npz(io.BytesIO(file.getvalue()))


@pytest.mark.parametrize(("kind", "options"), [*((kind, {}) for kind in CELLS.values()), *OPTIONS], ids=str)
@pytest.mark.parametrize("how", WAYS, ids=str)
def test_npz_returns_what_was_written(kind, options, how):
    cell, x, start, _ = case(kind, **options)
    trace = run(cell, x, start=start, **how)
    same(trace, returned(trace))


@KINDS
def test_npz_of_one_sequence_in_a_file(kind, tmp_path):
    cell, x, start, _ = case(kind)
    trace = run(cell, x[:, 0], start={name: s[0] for name, s in start.items()})
    for path in (tmp_path / "trace.npz", str(tmp_path / "again.npz")):
        to_npz(trace, path)
        same(trace, from_npz(path))


def test_npz_keeps_float32():
    cell = LSTM.random(2, 3, seed=0)
    cell = cell.replace(**{name: p.astype(np.float32) for name, p in cell.parameters.items()})
    x = np.random.default_rng(0).normal(size=(4, 2)).astype(np.float32)
    trace = run(cell, x)
    assert trace["c"].dtype == returned(trace)["c"].dtype == np.float32
    same(trace, returned(trace))
    same(run(cell, x.astype(float)), returned(run(cell, x.astype(float))))


TRACE = run(*case(LSTM, steps=3)[:2], lengths=[2, 3])


def written(**changes):
    """The file of a trace with some arrays changed, added, or removed (None)."""
    file, again = io.BytesIO(), io.BytesIO()
    to_npz(TRACE, file)
    with np.load(io.BytesIO(file.getvalue())) as stored:
        arrays = dict(stored) | changes
    if "told" in arrays:
        arrays["about"] = np.array(json.dumps(json.loads(str(arrays["about"])) | arrays.pop("told")))
    np.savez(again, **{name: array for name, array in arrays.items() if array is not None})
    return io.BytesIO(again.getvalue())


def nudged(name, by=1e-6):
    file = io.BytesIO()
    to_npz(TRACE, file)
    with np.load(io.BytesIO(file.getvalue())) as stored:
        array = stored[name].copy()
    array.flat[0] += by
    return {name: array}


def archive(name, data):
    """A zip of one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as stored:
        stored.writestr(name, data)
    return io.BytesIO(file.getvalue())


def cut(file):
    return io.BytesIO(file.getvalue()[:-400])


def array_file(array, **how):
    file = io.BytesIO()
    np.save(file, array, **how)
    return io.BytesIO(file.getvalue())


class Bomb:
    def __reduce__(self):
        return (pytest.fail, ("a pickle was opened",))


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (written(**nudged("value.c")), ["'c'", "computes"]),
        (written(**nudged("value.x")), ["computes"]),
        (written(**nudged("parameter.U_f", 1e-3)), ["computes"]),
        (written(**nudged("start.h", 1e-3)), ["computes"]),
        (written(lengths=np.array([3, 3])), ["computes"]),
        (written(lengths=np.array([3, 4])), ["lengths"]),
        (written(told={"reverse": True}), ["computes"]),
        (written(told={"options": {"activation": "relu"}}), ["computes"]),
        (written(told={"options": {"speed": 1}}), ["speed"]),
        (written(told={"options": {"gate": ["tanh"]}}), ["to_npz"]),
        (written(told={"options": 3}), ["to_npz"]),
        (written(told={"cell": "gru"}), ["to_npz"]),
        (written(told={"cell": "transformer"}), ["transformer", "known cell"]),
        (written(told={"cell": []}), ["to_npz"]),
        (written(told={"format": 2}), ["format 1"]),
        (written(about=np.array("[1]")), ["to_npz"]),
        (written(about=np.array("{")), ["to_npz"]),
        (written(about=np.array("{}")), ["format"]),
        (written(**{"value.f": None}), ["values", "f"]),
        (written(**{"value.q": np.zeros((3, 2, 3))}), ["values", "q"]),
        (written(**{"value.x": None}), ["x"]),
        (written(**{"parameter.U_f": None}), ["missing", "U_f"]),
        (written(**{"parameter.U_f": np.zeros((2, 2))}), ["expected shape", "(2, 2)"]),
        (written(**{"value.c": np.full((3, 2, 3), np.nan)}), ["'c'"]),
        (written(**{"value.c": np.array([Bomb()])}), ["to_npz"]),
        (io.BytesIO(b""), ["to_npz"]),
        (io.BytesIO(b"step,value\n0,1\n"), ["to_npz"]),
        (io.BytesIO(pickle.dumps(Bomb())), ["to_npz"]),
        (array_file(np.ones(3)), ["to_npz"]),
        (array_file(np.array([Bomb()]), allow_pickle=True), ["to_npz"]),
        (archive("page.html", b"<p>"), ["to_npz"]),
        (archive("about.npy", b"not an array"), ["to_npz"]),
        (cut(written()), ["to_npz"]),
        ("/nowhere/trace.npz", ["to_npz"]),
    ],
)
def test_tampered_and_foreign_files_are_refused(file, words):
    with pytest.raises(ValueError, match="file: expected a trace written by to_npz") as error:
        from_npz(file)
    for word in words:
        assert word in str(error.value)


def test_damaged_bytes_are_refused_or_harmless():
    """A file with any one stretch overwritten either fails as a ValueError or holds the same numbers."""
    file = io.BytesIO()
    to_npz(TRACE, file)
    whole = file.getvalue()
    for place in range(0, len(whole), 97):
        damaged = whole[:place] + b"\xff" * 8 + whole[place + 8 :]
        try:
            trace = from_npz(io.BytesIO(damaged))
        except ValueError:
            continue
        np.testing.assert_allclose(trace["h"], TRACE["h"], atol=1e-9)


def test_the_untouched_file_is_accepted():
    same(TRACE, from_npz(written()))


def test_no_pickle_is_written():
    file = io.BytesIO()
    to_npz(TRACE, file)
    with np.load(io.BytesIO(file.getvalue()), allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind in "fiU" for name in stored.files)


@KINDS
def test_json_holds_every_value(kind):
    cell, x, start, _ = case(kind)
    trace = run(cell, x, start=start)
    told = json.loads(to_json(trace))
    assert told["cell"] == kind.key
    assert told["options"] == cell.options
    assert list(told["values"]) == list(trace.names)
    for name in trace.names:
        np.testing.assert_array_equal(np.array(told["values"][name]), trace[name])
    for name, parameter in cell.parameters.items():
        np.testing.assert_array_equal(np.array(told["parameters"][name]), parameter)


def test_json_of_options_and_float32():
    cell, x, _, _ = case(LSTM, clip=np.float64(0.5), projection=np.int64(2))
    cell = cell.replace(**{name: p.astype(np.float32) for name, p in cell.parameters.items()})
    trace = run(cell, x.astype(np.float32))
    told = json.loads(to_json(trace))
    assert (told["options"]["clip"], told["options"]["projection"]) == (0.5, 2)
    np.testing.assert_array_equal(np.array(told["values"]["h"], np.float32), trace["h"])
    same(trace, returned(trace))


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_frame_is_tidy(how):
    cell, x, start, _ = case(GRU)
    trace = run(cell, x, start=start, **how)
    table = frame(trace)
    assert list(table.columns) == ["step", "batch", "unit", "name", "value"]
    assert len(table) == sum(trace[name].size for name in trace.names)
    assert not table.duplicated(["step", "batch", "unit", "name"]).any()
    for name, rows in table.groupby("name"):
        array = np.full(trace[name].shape, np.nan)
        array[rows["step"], rows["batch"], rows["unit"]] = rows["value"]
        np.testing.assert_array_equal(array, trace[name])


def test_frame_of_one_sequence():
    table = frame(run(RNN.random(1, 2, seed=0), [[0.5], [1.0]]))
    assert set(table["batch"]) == {0}
    assert len(table[table["name"] == "h"]) == 4


@pytest.mark.parametrize("write", [frame, to_json, lambda t: to_npz(t, io.BytesIO())])
def test_a_sweep_is_not_saved(write):
    with pytest.raises(ValueError, match="expected a run, got a sweep"):
        write(sweep(RNN.random(1, 2, seed=0), [[1.0]], "b_h", 0, [0, 1]))
