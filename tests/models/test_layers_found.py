"""Which layers are found among the tensors of a file, by which names, and what is asked of them."""

import numpy as np
import pytest
import torch
from torch import nn

from app.messages import RefusedError
from app.models import ModelFile, opened
from cells import GRU, LSTM, RNN, run
from tests.models.torch_exports import drawn


def saved(state: object, tmp_path, **options) -> ModelFile:
    torch.save(state, tmp_path / "upload", **options)
    return opened(tmp_path / "upload", "mine.pt")


def arrays(tmp_path, **named: np.ndarray) -> ModelFile:
    np.savez(tmp_path / "upload.npz", **named)
    return opened(tmp_path / "upload.npz", "mine.npz")


def refusal(content: object, tmp_path):
    with pytest.raises(RefusedError) as refused:
        saved(content, tmp_path)
    return refused.value.message


def weights(kind: type, before: str = "", **options: object) -> dict[str, torch.Tensor]:
    return {f"{before}{name}": value for name, value in drawn(kind, **options).state_dict().items()}


def test_layers_of_one_name_stay_apart_and_keep_their_order(tmp_path):
    layers = {"decoder.rnn.": nn.GRU, "encoder.rnn.": nn.LSTM, "cells.0.": nn.LSTMCell, "cells.1.": nn.LSTMCell}
    state = {name: value for before, kind in layers.items() for name, value in weights(kind, before).items()}
    found = saved(state, tmp_path).layers
    assert [layer.name for layer in found] == ["decoder.rnn", "encoder.rnn", "cells.0", "cells.1"]
    assert [layer.kind for layer in found] == ["gru", "lstm", "lstm", "lstm"]


def test_what_stands_around_is_listed_and_read_when_it_is_needed(tmp_path):
    table, counts = torch.randn(9, 5), torch.arange(4)
    state = {"emb.weight": table.to(torch.bfloat16), "seen": counts} | weights(nn.LSTM, "rnn.")
    model = saved(state, tmp_path)
    assert [(other.name, other.shape, other.dtype) for other in model.others] == [
        ("emb.weight", (9, 5), "bfloat16"), ("seen", (4,), "int64"),
    ]  # fmt: skip
    np.testing.assert_array_equal(model.others[0].read(), table.to(torch.bfloat16).float().numpy())
    np.testing.assert_array_equal(model.others[1].read(), counts.numpy())
    assert not model.others[1].read().flags.owndata  # a view of the file


def test_a_vocabulary_beside_a_model_does_not_count(tmp_path):
    words = {"words": {f"word {k}": (k, k + 1) for k in range(60_000)}, "pairs": [["a", "b"]] * 60_000}
    assert saved({"model": weights(nn.LSTM)} | words, tmp_path).layers[0].units == 4


def test_a_file_may_be_gone_once_it_is_open(tmp_path):
    path, state = tmp_path / "upload.npz", weights(nn.GRU)
    torch.save(state, path)
    mapped = opened(path, "mine")
    path.unlink()
    np.savez_compressed(path, **{name: value.numpy() for name, value in state.items()})
    unpacked = opened(path, "mine")
    path.unlink()
    assert mapped.layers[0].made({}) == unpacked.layers[0].made({})


def test_a_layer_that_is_not_whole_is_noted_beside_one_that_is(tmp_path):
    state = weights(nn.LSTM, "a.") | weights(nn.LSTM, "b.", num_layers=2) | weights(nn.GRU, "c.")
    del state["b.weight_hh_l1"]
    state["c.weight_hh_l0"] = torch.zeros(12, 5)
    model = saved(state, tmp_path)
    assert [layer.name for layer in model.layers] == ["a"]
    assert [(note.reason, note.values["layer"]) for note in model.notes] == [
        ("file.note.incomplete", "b"), ("file.note.shape", "c"),
    ]  # fmt: skip
    assert {other.name.partition(".")[0] for other in model.others} == {"b", "c"}


REFUSED = {
    "nothing": (lambda: {"a": 1}, "no_tensors", {}),
    "no recurrent layer": (lambda: nn.Linear(3, 2).state_dict(), "no_layer",
                           {"count": "2", "listed": "weight 2 × 3, bias 2"}),
    "only layer 1": (lambda: {k: v for k, v in weights(nn.LSTM, num_layers=2).items() if k.endswith("1")},
                     "incomplete", {}),
    "one bias": (lambda: {k: v for k, v in weights(nn.LSTM).items() if k != "bias_hh_l0"},
                 "incomplete", {"layer": "—"}),
    "two gates": (lambda: {"weight_ih": torch.zeros(8, 3), "weight_hh": torch.zeros(8, 4)}, "shape",
                  {"tensor": "weight_hh", "came": "8 × 4"}),
    "layers that do not follow": (lambda: weights(nn.GRU) | {f"{k[:-1]}1": v for k, v in weights(nn.GRU).items()},
                                  "shape", {"tensor": "weight_ih_l1", "came": "GRU 5 → 4", "expected": "GRU 4 → 4"}),
    "whole numbers": (lambda: {k: (v * 99).to(torch.int8) for k, v in weights(nn.GRU).items()}, "quantised",
                      {"tensor": "weight_ih_l0", "dtype": "int8"}),
    "a quantised tensor": (lambda: {k: torch.quantize_per_tensor(v, 0.1, 0, torch.qint8)
                                    for k, v in weights(nn.GRU).items()}, "quantised", {"dtype": "quantised"}),
    "complex numbers": (lambda: {k: v.to(torch.complex64) for k, v in weights(nn.GRU).items()}, "quantised", None),
    "a class without tensors": (lambda: np.random.default_rng(0), "pickle", None),
}  # fmt: skip


class Quantised(nn.Module):
    """A recurrent layer in a model, as quantisation wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = nn.LSTM(4, 3)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("whole", [False, True])
def test_a_quantised_model_is_called_so(tmp_path, whole):
    model = torch.ao.quantization.quantize_dynamic(Quantised(), {nn.LSTM})
    assert refusal(model if whole else model.state_dict(), tmp_path).reason == "file.quantised"


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_whole_layer_is_refused_by_its_fault(name, tmp_path):
    make, reason, values = REFUSED[name]
    message = refusal(make(), tmp_path)
    assert message.reason == f"file.{reason}"
    assert values is None or values.items() <= message.values.items()


def test_a_name_of_a_file_cannot_break_a_text(tmp_path):
    message = refusal({"`</code><b>\n" + "x" * 400: torch.zeros(2)}, tmp_path)
    assert len(message.values["listed"]) < 70
    assert not set("`\n") & set(message.values["listed"])


# ---- names that are not PyTorch's ------------------------------------------------------------------------------------


def gates_of(cell, letter: str, order: str) -> np.ndarray:
    return np.concatenate([cell.parameters[f"{letter}_{gate}"] for gate in order])


def test_the_order_of_gates_is_asked_where_nobody_says_it(tmp_path):
    cell = LSTM.random(3, 4, seed=1)
    model = arrays(tmp_path, enc_w_ih=gates_of(cell, "W", "iofg"), enc_w_hh=gates_of(cell, "U", "iofg"),
                   enc_b_ih=gates_of(cell, "b", "iofg"))  # fmt: skip
    (question,) = model.layers[0].questions
    assert (question.name, question.sure, model.layers[0].name) == ("gates", True, "enc")
    assert question.options[0] == "ifgo"
    assert model.layers[0].made({"gates": "iofg"}).cells["0.forward"] == cell
    assert model.layers[0].made({}).cells["0.forward"] != cell
    with pytest.raises(ValueError, match="gates: expected one of ifgo"):
        model.layers[0].made({"gates": "abcd"})


def test_what_stands_inside_of_a_layer_and_is_not_computed_is_noted(tmp_path):
    state = weights(nn.LSTMCell, "cell.") | {"cell.layernorm_i.weight": torch.ones(4)}
    (note,) = saved(state, tmp_path).notes
    assert (note.reason, note.values) == ("file.note.beside", {"layer": "cell", "listed": "cell.layernorm_i.weight"})


@pytest.mark.parametrize("turned", [False, True])
def test_a_reset_gate_before_the_product_is_asked_with_one_bias(tmp_path, turned):
    cell = GRU.random(3, 4, seed=1, reset="before")
    W, U, b = (gates_of(cell, letter, "zrn") for letter in "WUb")
    model = arrays(tmp_path, W_ih=W.T if turned else W, W_hh=U.T if turned else U, b_ih=b)
    answers = {question.name: question.options[0] for question in model.layers[0].questions}
    assert answers == {"gates": "zrn" if turned else "rzn", "reset": "before"}
    x = np.random.default_rng(0).normal(size=(5, 3))
    made = run(model.layers[0].made({"gates": "zrn"}), x)
    np.testing.assert_allclose(made.output, run(cell, x).output, rtol=0, atol=1e-12)


def test_arrays_of_a_vanilla_network_that_lie_as_in_keras(tmp_path):
    cell = RNN.random(3, 4, seed=1)
    W, U, b = (cell.parameters[name] for name in ("W_h", "U_h", "b_h"))
    (found,) = arrays(tmp_path, kernel=W.T, recurrent_kernel=U.T, bias=b).layers
    assert found.made({}).cells["0.forward"] == cell


def test_arrays_without_names_are_asked_where_two_readings_fit(tmp_path):
    cell = LSTM.random(4, 4, seed=1)
    W, U, b = (gates_of(cell, letter, "ifgo") for letter in "WUb")
    (found,) = arrays(tmp_path, arr_0=U, arr_1=b, arr_2=W).layers
    question = found.questions[0]
    assert (question.name, question.sure) == ("arrays", False)
    assert question.options == ("W: arr_0, U: arr_2", "W: arr_2, U: arr_0")
    assert found.made({"arrays": question.options[1]}).cells["0.forward"] == cell


def test_arrays_without_names_that_fit_two_kinds_are_two_layers(tmp_path):
    a, b = np.ones((12, 3)), np.ones((12, 4))
    found = arrays(tmp_path, a=a, b=b).layers
    assert [(layer.name, layer.kind, layer.units) for layer in found] == [
        ("W: a, U: b", "gru", 4), ("W: b, U: a", "lstm", 3),
    ]  # fmt: skip


def test_arrays_that_fit_nothing_are_shown(tmp_path):
    with pytest.raises(RefusedError) as refused:
        arrays(tmp_path, a=np.ones((12, 5)), b=np.ones((12, 7)))
    assert refused.value.message.values["listed"] == "a 12 × 5, b 12 × 7"
