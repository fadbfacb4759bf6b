"""Files that are none of a model that is read: each is called by what it is."""

import gzip
import io
import pickle
import tarfile

import numpy as np
import pytest
import torch

from app.i18n import labels
from app.messages import RefusedError
from app.models import opened, opening
from app.models.signatures import format_of
from tests.models.hostile import zipped


def npy() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.ones(3))
    return stream.getvalue()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("model.pt"))
    return stream.getvalue()


PAGE = b"\n<!DOCTYPE html>\n<html lang='en'><title>model.pt at main</title></html>"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
OTHERS = {
    "nothing.pt": (b"", "empty"),
    "model.pt": (PAGE, "html"),
    "model.safetensors": (POINTER, "lfs"),
    "model.gguf": (b"GGUF\3\0\0\0" + bytes(40), "gguf"),
    "model.tflite": (b"\x1c\0\0\0TFL3" + bytes(40), "tflite"),
    "saved_model.pb": (b"\x08\x01\x12\x9a\x02\x0a\x05serve" + bytes(40), "savedmodel"),
    "saved.zip": (zipped({"m/saved_model.pb": b"", "m/variables/variables.index": b""}), "savedmodel"),
    "model.mlpackage.zip": (zipped({"m/Manifest.json": b"{}"}), "coreml"),
    "words.docx": (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "document"),
    "all.zip": (zipped({"model.pt": b"", "readme.md": b""}), "archive"),
    "model.pt.gz": (gzip.compress(b"weights"), "packed"),
    "model.tar": (tar(), "packed"),
    "input.npy": (npy(), "npy"),
    "config.json": (b'{"hidden_size": 4}', "text"),
    "model.so": (b"\x7fELF\2\1\1" + bytes(40), "program_file"),
    "model.bin": (b"\xee" * 60, "unknown"),
    "words.pkl": (pickle.dumps(["a", "b"]), "no_tensors"),
    "letters.pkl": (pickle.dumps(["a", "b"], 0), "no_tensors"),
    "state.pkl": (pickle.dumps(torch.nn.LSTM(3, 2).state_dict()), "plain_pickle"),
    "scaler.pkl": (pickle.dumps(np.random.default_rng(0)), "pickle"),
    "scaler.joblib": (pickle.dumps(np.random.default_rng(0))[:-9] + bytes(30), "pickle"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_kind_is_called_by_what_it_is(name, tmp_path):
    content, reason = OTHERS[name]
    (tmp_path / "upload").write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path / "upload", name)
    assert refused.value.message.reason == f"file.{reason}"
    assert set(refused.value.message.values) >= {"asked"} if reason == "pickle" else True


@pytest.mark.parametrize(("content", "kind"), [
    (b"\x89HDF\r\n\x1a\n" + bytes(40), "hdf5"),
    (bytes(512) + b"\x89HDF\r\n\x1a\n", "hdf5"),
    (b"\x08\x08\x12\x07pytorch" + bytes(40), "onnx"),
    (zipped({"metadata.json": b"{}", "config.json": b"{}", "model.weights.h5": b""}), "keras"),
    (zipped({"archive/data.pkl": b"N."}), "torch"),
])  # fmt: skip
def test_a_format_is_known_by_its_content(content, kind, tmp_path):
    (tmp_path / "upload").write_bytes(content)
    assert format_of(tmp_path / "upload", "anything.txt", len(content)) == kind


def test_a_file_that_is_too_large_is_not_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 2**20)
    with (tmp_path / "upload").open("wb") as file:
        file.truncate(3 * 2**20)
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path / "upload", "mine.pt")
    assert refused.value.message.values == {"size": "3 MB", "most": "1 MB"}


def test_every_refusal_of_the_table_has_its_words():
    assert {f"file.{reason}" for _, reason in OTHERS.values()} <= set(labels("vi", "model"))
