"""Files that are made to do harm, or lies; what they would run writes a canary."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from app.models.torch_file import MAGIC

FORBIDDEN = ("exec", "os.", "subprocess.", "socket.", "shutil.", "pty.", "ctypes.", "urllib.", "code.", "marshal.")
watched: list[tuple[str, object]] | None = None


def hook(event: str, arguments: tuple[object, ...]) -> None:
    """Write down what the interpreter does that a reader of files need not do."""
    if watched is None:
        return
    if event == "open":
        path, mode, flags = arguments
        writes = set(str(mode or "")) & set("wax+") or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR))
        if writes or str(path).startswith("/etc"):
            watched.append((event, path))
    elif event.startswith(FORBIDDEN):
        watched.append((event, arguments[:1]))


sys.addaudithook(hook)


@contextmanager
def nothing_done() -> Iterator[None]:
    """While this holds, nothing is executed, written or asked of the system."""
    global watched
    watched = []
    try:
        yield
        assert watched == []
    finally:
        watched = None


class Evil:
    """Runs a command where it is unpickled by others."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (self.command,)


def text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def pickles(canary: Path) -> dict[str, bytes]:
    """Pickles that write the canary in as many ways as there are opcodes that call something."""
    command = f"touch {canary}"
    said = text(command)
    code = text(f"open({str(canary)!r}, 'w')")
    state = text(f"__import__('os').system('touch {canary}')")
    return {
        "reduce": pickle.dumps(Evil(command), 2),
        "reduce in a state dict": pickle.dumps({"weight_ih_l0": Evil(command)}, 4),
        "global": b"\x80\x02cposix\nsystem\n(" + said + b"tR.",
        "stack global": b"\x80\x04" + text("os") + text("system") + b"\x93(" + said + b"tR.",
        "inst": b"\x80\x02(" + said + b"iposix\nsystem\n.",
        "obj": b"\x80\x02(cos\nsystem\n" + said + b"o.",
        "newobj": b"\x80\x02csubprocess\nPopen\n(" + said + b"t\x81.",
        "newobj with keywords": b"\x80\x04csubprocess\nPopen\n(" + said + b"t}\x92.",
        "build": b"\x80\x02c__main__\nAnything\n)\x81}(" + text("__setstate__") + b"cos\nsystem\nub" + state + b"b.",
        "eval": b"\x80\x02c__builtin__\neval\n(" + code + b"tR.",
        "exec": b"\x80\x02cbuiltins\nexec\n(" + state + b"tR.",
        "getattr": b"\x80\x02cbuiltins\n__import__\n(" + text("os") + b"tR" + b"0cos\nsystem\n(" + said + b"tR.",
        "persistent": b"\x80\x02(" + text("storage") + b"cos\nsystem\n" + said + b"tQcos\nsystem\n" + said + b"\x85R.",
        "persistent in letters": b"\x80\x02Pfile:///etc/passwd\n0cos\nsystem\n" + said + b"\x85R.",
        "callable of a rebuilder": b"\x80\x02ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\nN(" + said + b"tNtR.",
        "torch's own door": b"\x80\x02cos\nsystem\n0ctorch.hub\nload\n(" + said + b"tR.",
        "letters": b"cos\nsystem\n(S'touch " + str(canary).encode() + b"'\ntR.",
    }


def zipped(entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def torch_zip(data: bytes, **storages: bytes) -> bytes:
    """A file of PyTorch's zip format around a pickle."""
    return zipped({"a/data.pkl": data, "a/byteorder": b"little"} | {f"a/data/{k[1:]}": v for k, v in storages.items()})


def torch_legacy(data: bytes, keys: bytes = b"\x80\x02].", behind: bytes = b"") -> bytes:
    return MAGIC + b"\x80\x02M\xe9\x03." + b"\x80\x02}." + data + keys + behind


def whole(value: int) -> bytes:
    """The opcode of a whole number."""
    raw = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return b"\x8a" + bytes([len(raw)]) + raw


def numbers(values: tuple[int, ...]) -> bytes:
    return b"(" + b"".join(whole(value) for value in values) + b"t"


def tensor(shape: tuple[int, ...], strides: tuple[int, ...] | None = None, count: int = 64, offset: int = 0,
           kind: str = "Float") -> bytes:  # fmt: skip
    """The opcodes of a tensor that is a view of the storage 0."""
    strides = strides if strides is not None else tuple(int(np.prod(shape[k + 1 :])) for k in range(len(shape)))
    kind_of = f"ctorch\n{kind}Storage\n".encode()
    storage = b"(" + text("storage") + kind_of + text("0") + text("cpu") + whole(count) + b"tQ"
    view = whole(offset) + numbers(shape) + numbers(strides)
    return b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + view + b"\x89NtR"


def state(**tensors: bytes) -> bytes:
    return b"\x80\x02}(" + b"".join(text(name) + value for name, value in tensors.items()) + b"u."


def rnn(**changed: bytes) -> bytes:
    """A state dict of an RNN of 4 inputs and 4 units, with some tensors changed."""
    return state(**{"weight_ih_l0": tensor((4, 4)), "weight_hh_l0": tensor((4, 4), offset=16)} | changed)


FLOATS = np.linspace(-1, 1, 64, dtype=np.float32).tobytes()


def safetensors_file(header: object, body: bytes = b"", length: int | None = None) -> bytes:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(raw) if length is None else length) + raw + body


def npy(header: str, body: bytes = b"") -> bytes:
    raw = header.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(raw)) + raw + body
