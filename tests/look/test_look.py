"""`python -m app.look` and `look(module, x)`: the real server, the one file that it opens, and what it refuses."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from functools import partial

import numpy as np
import pytest
import torch

from app.i18n import labels
from app.lessons.model import given
from app.lessons.model.offered import FOLDER
from app.look import modules
from app.look.__main__ import main
from app.models import opened as opened_model
from tests.page.test_every_page import opened, text
from tests.support.server import ROOT


def begun(*arguments):
    command = [sys.executable, "-m", "app.look", *map(str, arguments), "--no-browser"]
    # A shell has what it starts in the background ignore Ctrl-C, these tests too.
    listen = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listen
    )


def test_it_serves_on_loopback_until_ctrl_c(tmp_path):
    np.save(tmp_path / "x.npy", np.ones((5, 1)))
    process = begun(FOLDER / "forecast.pt", "--input", tmp_path / "x.npy")
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        assert str(FOLDER) not in address
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert answer.status == 200
        port = int(address.split(":")[2].split("/")[0])
        with socket.socket(socket.AF_INET6) as other, pytest.raises(OSError):  # noqa: PT011 - of any kind
            other.connect(("::1", port))
        listening = [line.split() for line in open("/proc/net/tcp") if line.split()[3] == "0A"]  # noqa: SIM115
        assert {each[1] for each in listening if each[1].endswith(f":{port:04X}")} == {f"0100007F:{port:04X}"}
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(address, timeout=5)
    finally:
        process.kill()
    assert process.stderr.read() == ""


def test_bad_paths_and_files_are_answered_in_a_sentence(tmp_path, capsys):
    (tmp_path / "text.pt").write_text("hello, this is a note\n")
    (tmp_path / "x.npy").write_bytes(b"no array")
    model = str(FOLDER / "forecast.pt")
    for arguments, said in (
        ([str(tmp_path / "none.pt")], f"there is no file {tmp_path / 'none.pt'}"),
        ([str(tmp_path)], f"{tmp_path} is no file"),
        ([str(tmp_path / "text.pt")], "This is a text, not a model."),
        ([model, "--input", str(tmp_path / "none.npy")], f"there is no file {tmp_path / 'none.npy'}"),
        ([model, "--input", str(tmp_path / "x.npy")], labels("en", "model")["input.npy_bad"]),
    ):
        assert main([*arguments, "--no-browser"]) == 2
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1


@pytest.fixture
def looked(monkeypatch, tmp_path):
    """A server that was begun for a model of a reader's, which reads 7 steps."""
    (tmp_path / "own.pt").write_bytes((FOLDER / "forecast.pt").read_bytes())
    np.save(tmp_path / "x.npy", np.linspace(0, 1, 7)[:, None])
    found = given.Given("the-key", tmp_path / "own.pt", "own.pt", tmp_path / "x.npy")
    monkeypatch.setattr(given, "GIVEN", found)
    return found


def test_the_page_opens_the_given_model_with_its_input(looked):
    test = opened("model", sample="the-key")
    held = test.session_state["gatewalk"].model.held
    assert held.file.name == "own.pt"
    (trace,) = held.runs.values()
    np.testing.assert_array_equal(trace.x[:, 0], np.linspace(0, 1, 7))


def test_the_server_opens_no_other_file(looked, tmp_path):
    """Neither by a path nor by a key that is nearly right; and nothing at all without a key."""
    for name in ("the-kez", str(looked.model), "../samples/forecast.pt", "", "own.pt"):
        test = opened("model", sample=name)
        assert test.session_state["gatewalk"].model.held is None
        assert "Look inside your own model" in text(test)
    assert given.given({}) is None


def test_a_module_of_torch_and_one_of_keras_are_saved_whole(tmp_path):
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    torch.manual_seed(0)
    path = modules.saved(torch.nn.GRU(2, 3, batch_first=True), tmp_path)
    (found,) = opened_model(path, "m").layers
    assert (found.kind, found.inputs, found.units, found.options["batch_first"]) == ("gru", 2, 3, "yes")

    class Own(torch.nn.LSTM):  # of a function: it cannot be pickled
        pass

    (found,) = opened_model(modules.saved(Own(2, 4), tmp_path), "m").layers
    assert (found.kind, found.units) == ("lstm", 4)
    layer = keras.layers.LSTM(5)
    layer.build((None, None, 2))
    (found,) = opened_model(modules.saved(layer, tmp_path), "m").layers
    assert (found.kind, found.inputs, found.units) == ("lstm", 2, 5)
    with pytest.raises(TypeError, match=r"expected a torch\.nn\.Module, .* got dict"):
        modules.saved({}, tmp_path)


def test_look_ends_with_its_handle_and_leaves_nothing():
    program = """if True:
        import torch
        from app.look import look
        server = look(torch.nn.LSTM(1, 2), torch.zeros(6, 1), browser=False)
        print(server.address, server.process.pid)
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    address, process = done.stdout.split()
    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)
