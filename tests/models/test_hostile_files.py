"""Hostile files: nothing in them runs, they are answered within bounds, and the answer names the fault."""

import pickle
import random
import resource
import time
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch

from app.i18n import LANGUAGES, filled, labels
from app.messages import RefusedError
from app.models import ModelFile, opened
from tests.models.crafted import CRAFTED, legacy_count
from tests.models.hostile import FLOATS, nothing_done, pickles, rnn, torch_legacy, torch_zip, zipped
from tests.models.torch_exports import EXPORTS

SECONDS, MEGABYTES = 20, 400
"""What one file may take, on a busy machine; mostly it is some milliseconds."""


def answer(content: bytes, tmp_path, name: str = "mine.pt") -> ModelFile | RefusedError:
    """What a file is answered: within bounds, and without anything done."""
    path = tmp_path / "upload"
    path.write_bytes(content)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with nothing_done():
        try:
            model = opened(path, name)
            for layer in model.layers:
                layer.made({})
            for other in model.others[:3]:
                other.read()
            found = model
        except RefusedError as refused:
            found = refused
    assert time.process_time() - start < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024
    if isinstance(found, RefusedError):
        for language in LANGUAGES:
            sentence = filled(labels(language, "model")[found.message.reason], found.message.values)
            assert sentence.startswith("**")
    return found


@pytest.fixture(autouse=True, scope="module")
def loaded(tmp_path_factory):
    """What Python imports when it is first needed has been imported."""
    path = tmp_path_factory.mktemp("valid") / "upload"
    for name in ("state dict", "safetensors", "npz, compressed"):
        EXPORTS[name].save(EXPORTS[name].module(), path)
        opened(path, "mine.bin").layers[0].made({})


CANARY = "canary"
WAYS = list(pickles(Path(CANARY)))


@pytest.mark.parametrize("wrap", [bytes, torch_zip, torch_legacy], ids=["pickle", "zip", "legacy"])
@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_executed(way, wrap, tmp_path):
    refused = answer(wrap(pickles(tmp_path / CANARY)[way]), tmp_path)
    assert isinstance(refused, RefusedError)
    assert not (tmp_path / CANARY).exists()
    assert refused.message.reason == "file.program"
    assert any(word in refused.message.values["asked"] for word in ("system", "Popen", "eval", "exec"))


def test_the_canary_would_be_written(tmp_path):
    pickle.loads(pickles(tmp_path / CANARY)["reduce"])
    assert (tmp_path / CANARY).exists()


@pytest.mark.parametrize("name", CRAFTED)
def test_crafted_files_are_refused_for_what_they_are(name, tmp_path):
    make, reason = CRAFTED[name]
    refused = answer(make(), tmp_path)
    assert isinstance(refused, RefusedError)
    assert refused.message.reason == f"file.{reason}"


def test_the_plain_file_of_the_crafted_ones_is_read(tmp_path):
    for content in (torch_zip(rnn(), s0=FLOATS), legacy_count(64)):
        model = answer(content, tmp_path)
        (cell,) = model.layers[0].made({}).cells.values()
        np.testing.assert_array_equal(cell.parameters["U_h"].ravel(), np.frombuffer(FLOATS, np.float32)[16:32])


def test_weights_that_are_not_finite_are_noted_and_not_computed_with(tmp_path):
    weights = np.frombuffer(FLOATS, np.float32).copy()
    weights[[3, 20, 21]] = np.nan, np.inf, -np.inf
    (tmp_path / "upload").write_bytes(torch_zip(rnn(), s0=weights.tobytes()))
    model = opened(tmp_path / "upload", "mine.pt")
    assert [(note.reason, note.values["count"]) for note in model.notes] == [("file.note.not_finite", "3")]
    with pytest.raises(RefusedError) as refused:
        model.layers[0].made({})
    assert (refused.value.message.reason, refused.value.message.values["count"]) == ("file.not_finite", "3")


# ---- mutations -------------------------------------------------------------------------------------------------------


def mutated(content: bytes, draw: random.Random) -> bytes:
    """The content with some of its bytes changed, moved, or cut off."""
    changed = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        at = draw.randrange(len(changed) or 1)
        match draw.randrange(6):
            case 0 | 1 if not changed:
                return b""
            case 0:
                changed[at] = draw.randrange(256)
            case 1:
                changed[at] ^= 1 << draw.randrange(8)
            case 2:
                changed[at : at + 4] = draw.choice((b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f", b"\1\0\0\0"))
            case 3:
                del changed[at : at + draw.randrange(1, 9)]
            case 4:
                source = draw.randrange(len(changed) or 1)
                changed[at:at] = changed[source : source + draw.randrange(1, 60)]
            case 5:
                del changed[max(at, 8) :]
    return bytes(changed)


def mutated_inside(content: bytes, draw: random.Random) -> bytes:
    """An archive in which one entry is changed, and whose checksums are right."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice([name for name in entries if name.endswith(("data.pkl", ".npy")) and entries[name]])
    return zipped(entries | {name: mutated(entries[name], draw)})


MUTANTS = 36
BASES = (
    "state dict",
    "module",
    "legacy module",
    "script",
    "safetensors",
    "npz",
    "npz, compressed",
    "npz without names",
)


@pytest.mark.parametrize("base", BASES)
def test_mutated_files_are_answered(base, tmp_path):
    torch.set_num_threads(1)
    export, draw = EXPORTS[base], random.Random(f"mutants of {base}")
    export.save(export.module(), tmp_path / "valid")
    content = (tmp_path / "valid").read_bytes()
    packed = content[:2] == b"PK"
    answers = [answer(mutated(content, draw), tmp_path) for _ in range(MUTANTS)]
    answers += [answer((mutated_inside if packed else mutated)(content, draw), tmp_path) for _ in range(MUTANTS // 3)]
    assert {type(each) for each in answers} == {ModelFile, RefusedError}
