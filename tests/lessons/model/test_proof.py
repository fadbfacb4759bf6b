"""What is said of how near an open model's numbers are: it is measured, against live programs or what a file keeps."""

import io
import time
import zipfile

import h5py
import numpy as np
import pytest
import torch
from safetensors.numpy import save

from app.formatting import scientific
from app.i18n import LANGUAGES, filled, labels
from app.lessons.model import torch_check
from app.lessons.model.offered import FOLDER
from app.lessons.model.proof import measured, view
from app.lessons.model.proof.program import program
from app.lessons.model.reference import reference_of
from app.models import opened as opened_model
from cells import run
from tests.page.test_every_page import opened, text


def written(tmp_path, content, name="mine"):
    (tmp_path / name).write_bytes(content)
    return opened_model(tmp_path / name, name)


def npz(arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


MODULES = [
    (torch.nn.LSTM, {}),
    (torch.nn.LSTM, {"num_layers": 2, "bidirectional": True, "proj_size": 2}),
    (torch.nn.GRU, {"bidirectional": True, "bias": False}),
    (torch.nn.RNN, {"num_layers": 3}),
    (torch.nn.LSTM, {"num_layers": 2, "dtype": torch.float64}),
    (torch.nn.GRU, {"num_layers": 2, "dtype": torch.float64}),
]


@pytest.mark.parametrize(("module", "options"), MODULES)
def test_torch_built_of_a_files_own_tensors_says_the_same(module, options, tmp_path):
    torch.manual_seed(0)
    file = io.BytesIO()
    torch.save(module(3, 5, **options).state_dict(), file)
    (found,) = written(tmp_path, file.getvalue()).layers
    x = np.random.default_rng(0).normal(size=(30, 3))
    theirs = torch_check.output(found.kind, found.state(), x, "tanh", {})
    said = measured.measured(run(found.made({}), x), theirs)
    assert said.steps == 30
    assert 0 < said.difference < (1e-12 if "dtype" in options else 1e-5)


def test_torch_starts_from_the_first_states_and_with_the_function_that_are_given():
    torch.manual_seed(0)
    module, first = torch.nn.RNN(2, 3, nonlinearity="relu", dtype=torch.float64), np.array([0.5, -0.4, 0.1])
    state = {name: each.numpy() for name, each in module.state_dict().items()}
    x = np.random.default_rng(0).normal(size=(6, 2))
    theirs = module(torch.tensor(x)[:, None], torch.tensor(first)[None, None])[0][:, 0].detach().numpy()
    ours = torch_check.output("rnn", state, x, "relu", {"0.forward": {"h": first}})
    np.testing.assert_allclose(ours, theirs, atol=1e-15)


def gru_file(tmp_path, before: bool):
    """A GRU under names that are nearly PyTorch's, and what it computes with its reset gate there."""
    rng = np.random.default_rng(3)
    arrays = {"w_ih": rng.normal(size=(12, 2)), "w_hh": rng.normal(size=(12, 4)), "b_ih": rng.normal(size=12),
              "b_hh": rng.normal(size=12)}  # fmt: skip
    x = rng.normal(size=(9, 2))
    (found,) = written(tmp_path, npz(arrays), "plain.npz").layers
    output = run(found.made({"reset": "before" if before else "after"}), x).output
    return written(tmp_path, npz(arrays | {"reference.input": x, "reference.output": output}), "kept.npz")


@pytest.mark.parametrize("before", [True, False])
def test_a_kept_output_tells_where_the_reset_gate_acts(before, tmp_path):
    file = gru_file(tmp_path, before)
    (found,) = file.layers
    kept = reference_of(file, found)
    right, wrong = ("before", "after") if before else ("after", "before")
    assert measured.beside(found, found.made({"reset": right}), {"reset": right}, kept).difference < 1e-12
    said = measured.beside(found, found.made({"reset": wrong}), {"reset": wrong}, kept)
    assert said.difference > 0.01
    assert said.better == {"gates": "rzn", "reset": right}
    assert said.then < 1e-12


def test_what_does_not_fit_a_layer_is_no_reference_of_it(tmp_path):
    file = opened_model(FOLDER / "forecast.pt", "forecast.pt")
    (found,) = file.layers
    x, output = reference_of(file, found)
    assert measured.beside(found, found.made({}), {}, (x, output[:, 1:])) is None
    weights = {f"lstm.{name}": array for name, array in found.state().items()}
    for bad in ({"reference.input": x[1:]}, {"reference.input": np.tile(x, 2)}, {"reference.output": output * np.nan}):
        arrays = {"reference.input": x, "reference.output": output} | bad
        changed = written(tmp_path, save({name: np.ascontiguousarray(a) for name, a in (weights | arrays).items()}))
        assert reference_of(changed, changed.layers[0]) is None


def shown_text(test, until, tries=100):
    """The page's text once it says something."""
    for _ in range(tries):
        if until in (said := text(test)):
            return said
        time.sleep(0.2)
        test.run()
    raise AssertionError(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_what_torch_said_of_its_input(language):
    test, words = opened("model", sample="forecast", lang=language), labels(language, "model")
    held = test.session_state["gatewalk"].model.held
    (found,) = held.file.layers
    for way in ("pulse", "noise"):
        test.button_group(key="model-way").set_value(way).run()
        (trace,) = list(held.runs.values())[-1:]
        shown = shown_text(test, filled(words["proof.program.equal"].partition("**")[0], {"program": "PyTorch"}))
        answers = [each.result() for key, each in held.answers.items() if key[0] == "PyTorch"]
        here = torch_check.output("lstm", found.state(), trace.x, "tanh", {})  # with more threads: rounded otherwise
        np.testing.assert_allclose(answers[-1], here, atol=1e-4)
        figure = scientific(float(np.abs(trace.output - answers[-1]).max()))
        assert (
            filled(words["proof.program.equal"], {"program": "PyTorch", "difference": figure, "steps": "200"}) in shown
        )
    said = measured.beside(found, held.stack(0, {}), {}, reference_of(held.file, found))
    kept = filled(words["proof.file.equal"], {"difference": scientific(said.difference), "steps": "24"})
    assert kept in text(test)
    test.button_group(key="model-source").set_value("kept").run()
    (*_, trace) = held.runs.values()
    np.testing.assert_array_equal(trace.x, reference_of(held.file, found)[0])


def test_onnx_runtime_runs_the_operator_on_the_readers_input_where_it_is_installed(monkeypatch):
    test = opened("model", sample="recall")
    assert "Equals ONNX Runtime to" in shown_text(test, "ONNX Runtime to")
    monkeypatch.setattr(view.measured.onnx_runtime, "installed", lambda: False)
    assert "ONNX Runtime to" not in text(opened("model", sample="recall"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_measured_is_not_said(language, tmp_path):
    """Keras is not asked; without a kept output there is only a program to copy."""
    with zipfile.ZipFile(FOLDER / "adding.keras") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    weights = io.BytesIO(parts["model.weights.h5"])
    with h5py.File(weights, "r+") as file:
        del file["reference"]
    parts["model.weights.h5"] = weights.getvalue()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    test, words = opened("model", lang=language), labels(language, "model")
    test.file_uploader(key="model-file-0").set_value(("mine.keras", packed.getvalue(), "")).run()
    shown_text(test, words["proof.none"])
    assert not any("10⁻" in each.value for each in test.markdown)
    held = test.session_state["gatewalk"].model.held
    (trace,) = held.runs.values()
    (code,) = [each.value for each in test.code if "get_layer('lstm')" in each.value]
    assert f"{trace.output[-1, 0]:.6f}" in code


@pytest.mark.parametrize("name", ["recall.onnx", "adding.keras"])
def test_the_program_to_copy_prints_the_pages_numbers(name, tmp_path, monkeypatch, capsys):
    file = opened_model(FOLDER / name, name)
    (found,) = file.layers
    x = np.random.default_rng(0).normal(size=(20, found.inputs))
    np.save(tmp_path / "x.npy", x)
    (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    output = run(found.made({}), x).output
    _, code = program(file.format, name, found, output)
    exec(code, {})
    *_, printed = capsys.readouterr().out.strip().split("[")
    printed = np.array(printed.strip("]").split(), float)
    np.testing.assert_allclose(printed, output[-1, :4], atol=1e-5)
    assert all(f"{value:.6f}" in code for value in output[-1, :4])
