"""Files made to break what reads them: each answer is a sentence, in bounded time and memory, and nothing is run."""

import io
import json
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections import Counter
from string import Formatter

import h5py
import pytest

from app.i18n import LANGUAGES, labels
from app.messages import RefusedError
from app.models import hdf5 as reading
from app.models import opened
from tests.models import hostile_containers as hostile
from tests.models.onnx_models import HIDDEN, PLACES, drawn, node_of

SECONDS, MEGABYTES = 12, 1_000


def sentence(message):
    """The message has a text in each language, and all values that the text names."""
    for language in LANGUAGES:
        text = labels(language, "model")[message.reason]
        assert {name for _, name, *_ in Formatter().parse(text) if name} <= message.values.keys()
        assert len(text.format_map(message.values)) > 20


def outcome(path, name=None):
    """Why a file is refused, or what is found in it; every message has its text."""
    try:
        file = opened(path, name or path.name)
    except RefusedError as refused:
        sentence(refused.message)
        return refused.message.reason
    for note in file.notes:
        sentence(note)
    for found in file.layers:
        for question in found.questions:
            sentence(question.reason)
        try:
            found.made({})
        except RefusedError as refused:
            sentence(refused.message)
    for tensor in file.others:
        try:
            tensor.read()
        except RefusedError as refused:
            sentence(refused.message)
    return [found.name for found in file.layers], [note.reason for note in file.notes]


LSTM = ["lstm"]
ALONE = "file.keras.no_config"
CRAFTED = {
    "external_link.h5": "file.hdf5.none",
    "links_beside_weights.h5": (LSTM, [ALONE, "file.hdf5.links"]),
    "external_storage.h5": "file.hdf5.elsewhere",
    "virtual_dataset.h5": "file.hdf5.elsewhere",
    "declared_far_too_large.h5": "file.hdf5.large",
    "groups_in_groups.h5": "file.hdf5.deep",
    "too_many_groups.h5": "file.hdf5.many",
    "a_group_in_itself.h5": (LSTM, [ALONE]),
    "not_numbers.h5": (LSTM, ["file.keras.no_config", "file.note.not_finite"]),
    "no_units.h5": "file.hdf5.none",
    "texts_and_objects.h5": "file.hdf5.none",
    "a_config_that_does_not_fit.h5": "file.keras.unusual",
    "a_config_nested_deeply.h5": "file.keras.config",
    "models_in_models.keras": "file.keras.many",
    "a_hundred_thousand_layers.keras": "file.keras.many",
    "a_bomb.keras": "file.bomb",
    "a_bomb_of_weights.keras": "file.bomb",
    "no_weights.keras": "file.keras.lost",
    "a_config_of_another_kind.keras": (LSTM, [ALONE]),
    "external_data.onnx": "file.onnx.external",
    "shape_of_a_terabyte.onnx": "file.onnx.shape",
    "shape_below_zero.onnx": "file.onnx.shape",
    "shape_without_numbers.onnx": "file.onnx.shape",
    "weights_that_do_not_fit.onnx": "file.onnx.unusual",
    "onnx_not_numbers.onnx": (["the_layer"], ["file.note.not_finite"]),
    "doubled.onnx": "file.onnx.large",
    "expanded.onnx": "file.onnx.large",
    "a_chain.onnx": "file.onnx.many",
    "a_circle.onnx": "file.onnx.unusual",
    "functions_of_functions.onnx": "file.onnx.many",
    "branches_in_branches.onnx": "file.onnx.many",
    "a_hundred_thousand_operators.onnx": "file.onnx.many",
    "many_empty_parts.onnx": "file.onnx.many",
}


@pytest.mark.parametrize("name", CRAFTED)
def test_crafted(name, tmp_path):
    path = tmp_path / name
    getattr(hostile, path.stem)(path)
    memory, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert outcome(path) == CRAFTED[name]
    assert time.process_time() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MEGABYTES * 1024
    assert [left.name for left in tmp_path.iterdir()] == [name]


def test_code_in_a_layer_is_not_run(tmp_path):
    """Nor is a class looked for that the file names, or a function."""
    canary = tmp_path / "canary"
    lambda_layer = hostile.layer("Lambda", "sneaky", function=hostile.code(canary))
    own = {
        "module": "os",
        "class_name": "system",
        "config": {"command": f"touch {canary}"},
        "registered_name": "p>system",
    }
    named = hostile.layer("LSTM", "odd", activation={"module": "os", "class_name": "function", "config": "system"})
    path = tmp_path / "model.keras"
    hostile.keras(path, hostile.config(lambda_layer, own, hostile.layer(), named))
    file = opened(path, "model.keras")
    assert [found.name for found in file.layers] == ["lstm"]
    code = next(note for note in file.notes if note.reason == "file.keras.code")
    assert code.values["layers"] == "sneaky, system"
    assert not canary.exists()


def mutated(content, chance):
    """Bytes changed here and there, or cut off, or a piece of them twice."""
    content = bytearray(content)
    for _ in range(chance.choice([1, 4, 16, 64])):
        content[chance.randrange(len(content))] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
    if chance.random() < 0.1:
        del content[chance.randrange(len(content)) :]
    if chance.random() < 0.1:
        at = chance.randrange(len(content))
        content[at:at] = content[at : at + chance.randrange(1, 200)]
    return bytes(content)


def hdf5_sources(tmp_path):
    for name, with_config in (("model.h5", True), ("weights.h5", False)):
        with h5py.File(tmp_path / name, "w") as file:
            hostile.lstm(file)
            if with_config:
                file.attrs["model_config"] = hostile.config(hostile.layer())
        yield (tmp_path / name).read_bytes()


def onnx_sources():
    for hidden, place in (("cut", "if"), ("quantised", "function"), ("split", "loop"), ("float16", "graph")):
        attributes, arrays, _ = drawn("LSTM")
        yield PLACES[place](node_of("LSTM", arrays, attributes), *HIDDEN[hidden](arrays), 20)


def test_fuzzed(tmp_path, monkeypatch):
    """Two hundred changed files: each is read or refused; the HDF5 library, which may never end, is made to."""
    monkeypatch.setattr(reading, "SECONDS", 1)
    chance = random.Random(0)
    files = [(mutated(source, chance), "fuzzed.h5") for source in hdf5_sources(tmp_path) for _ in range(16)]
    files += [(mutated(source, chance), "fuzzed.onnx") for source in onnx_sources() for _ in range(37)]
    hostile.keras(tmp_path / "whole.keras", hostile.config(hostile.layer()))
    files += [(mutated((tmp_path / "whole.keras").read_bytes(), chance), "fuzzed.keras") for _ in range(10)]
    with zipfile.ZipFile(tmp_path / "whole.keras") as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    for k in range(10):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as archive:
            for name, content in kept.items():
                inner = ("model.weights.h5", "config.json")[k % 2]
                archive.writestr(name, mutated(content, chance) if name == inner else content)
        files.append((whole.getvalue(), "fuzzed.keras"))
    assert len(files) == 200
    answers = Counter()
    for content, name in files:
        path = tmp_path / name
        path.write_bytes(content)
        began = time.monotonic()
        answer = outcome(path)
        answers[answer if isinstance(answer, str) else "read"] += 1
        assert time.monotonic() - began < SECONDS
    assert answers["read"] > 10
    assert answers.total() - answers["read"] > 100


def test_a_child_that_does_not_end_is_ended(tmp_path, monkeypatch):
    """One that takes all the time it is given is a damaged file, not an error of ours."""
    hostile.a_group_in_itself(tmp_path / "file.h5")
    for program in ("while True: pass", "import os; os.abort()"):
        (tmp_path / "child.py").write_text(
            f"import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n{program}"
        )
        monkeypatch.setattr(reading, "CHILD", tmp_path / "child.py")
        assert outcome(tmp_path / "file.h5") == "file.hdf5.crashed"


def test_no_other_file_is_in_reach_of_the_child(tmp_path):
    """Even if the library wanted to follow what the file says."""
    secret = tmp_path / "secret.h5"
    with h5py.File(secret, "w") as file:
        hostile.lstm(file)
    child = reading.CHILD.read_text().replace("head = listing(file)", f"open({str(secret)!r})")
    assert "open('" in child
    (tmp_path / "child.py").write_text(child)
    request = {"path": str(secret), "member": None, "names": None, "bytes": 1000, "seconds": 5}
    done = subprocess.run(
        [sys.executable, "-I", tmp_path / "child.py"], input=json.dumps(request), capture_output=True, text=True
    )
    assert "Too many open files" in done.stdout
