"""What a file is, by its first bytes and by what an archive holds; its name is asked only where these say nothing."""

from __future__ import annotations

import pathlib
import struct

from app.messages import RefusedError
from app.models.archive import Archive
from app.models.torch_file import MAGIC
from app.models.words import listed

FIRST: dict[bytes, str] = {
    b"\x89HDF\r\n\x1a\n": "hdf5",
    MAGIC: "torch",
    b"GGUF": "gguf",
    b"lmgg": "gguf",
    b"\x93NUMPY": "npy",
    b"version https://git-lfs": "lfs",
    b"\x1f\x8b": "packed",
    b"BZh": "packed",
    b"\xfd7zXZ": "packed",
    b"7z\xbc\xaf\x27\x1c": "packed",
    b"Rar!": "packed",
    b"\x28\xb5\x2f\xfd": "packed",
    b"\x04\x22\x4d\x18": "packed",
    b"\x7fELF": "program_file",
    b"MZ": "program_file",
    b"\xcf\xfa\xed\xfe": "program_file",
    b"#!": "program_file",
    b"%PDF": "document",
    b"\xd0\xcf\x11\xe0": "document",
    b"\x89PNG": "document",
    b"\xff\xd8\xff": "document",
    b"\x80\x02": "pickle",
    b"\x80\x03": "pickle",
    b"\x80\x04": "pickle",
    b"\x80\x05": "pickle",
}
"""By how a file begins: a format that is read, or the reason why it is not."""

PACKED: dict[str, str] = {
    "saved_model.pb": "savedmodel",
    "[Content_Types].xml": "document",
    "META-INF/MANIFEST.MF": "program_file",
    "Manifest.json": "coreml",
}
"""By an entry of a zip archive, at any depth."""

TEXT = frozenset(range(32, 127)) | {9, 10, 13}
FIELDS = frozenset({0x08, 0x12, 0x1A, 0x22, 0x2A, 0x32, 0x38, 0x3A, 0x42, 0x72, 0xA2})
"""How a message of ONNX may begin: the tags of the fields of ``ModelProto``."""


def format_of(path: pathlib.Path, name: str, size: int) -> str:
    """Return the format of a file, by its content.

    Raises
    ------
    RefusedError
        If it is none that is read: it says what it is, and which export works.
    """
    with path.open("rb") as file:
        start = file.read(2**16)
    if start[:2] == b"PK":
        return packed_format(path)
    found = next((kind for mark, kind in FIRST.items() if start.startswith(mark)), None) or unmarked(start, size)
    found = found or by_text(start, name)
    if found in ("torch", "hdf5", "safetensors", "onnx", "pickle"):
        return found
    raise RefusedError(f"file.{found}", ending=pathlib.PurePath(name).suffix[:12] or "—")


def unmarked(start: bytes, size: int) -> str | None:
    """Return what a file is that has its mark elsewhere than at its first byte."""
    if start[8:9] == b"{" and (struct.unpack_from("<Q", start)[0] < size or b'"dtype"' in start):
        return "safetensors"
    if start[4:8] == b"TFL3":
        return "tflite"
    if start[257:262] == b"ustar":
        return "packed"
    if any(start[at : at + 8] == b"\x89HDF\r\n\x1a\n" for at in (512, 1024, 2048, 4096)):
        return "hdf5"
    return None


def by_text(start: bytes, name: str) -> str:
    """Return what a file is that has no mark: a text, or a message of protocol buffers."""
    ending = pathlib.PurePath(name).suffix.lower()
    if all(byte in TEXT for byte in start[:512]):
        head = start[:512].lstrip().lower()
        if head.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--")):
            return "html"
        return (
            "pickle"
            if ending in (".pkl", ".pickle", ".pt", ".pth") and head[:1] in (b"(", b"c", b"}", b"]")
            else "text"
        )
    if ending in (".pkl", ".pickle", ".joblib"):
        return "pickle"
    if b"saved_model" in start or (start[:2] == b"\x08\x01" and b"\x0a\x05serve" in start) or ending == ".pb":
        return "savedmodel"
    return "onnx" if start[0] in FIELDS else "unknown"


def packed_format(path: pathlib.Path) -> str:
    """Return what an archive holds."""
    names = list(Archive(path).entries)
    last = [name.rpartition("/")[2] for name in names]
    if {"config.json", "model.weights.h5"} <= set(names):
        return "keras"
    if "model_weights_config.json" in last:
        return "export"
    if "data.pkl" in last:
        return "torch"
    for name in names:
        for mark, reason in PACKED.items():
            if name == mark or name.endswith(f"/{mark}"):
                raise RefusedError(f"file.{reason}", ending=".zip")
    if any(name.endswith(".npy") for name in names):
        return "npz"
    raise RefusedError("file.archive", listed=listed(names))
