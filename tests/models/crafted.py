"""Files that lie about themselves, each with the reason for which it has to be refused."""

import struct
import zipfile

from tests.models.hostile import (
    FLOATS,
    npy,
    rnn,
    safetensors_file,
    state,
    tensor,
    text,
    torch_legacy,
    torch_zip,
    whole,
    zipped,
)


def deep(opening: bytes, closing: bytes, times: int = 100_000) -> bytes:
    return b"\x80\x02" + opening * times + b"N" + closing * times + b"."


def shared_lists(levels: int) -> bytes:
    """A list of twice the list before it, and so on: 2 ** levels parts, in a few bytes."""
    return b"\x80\x02]" + b"".join(b"q\x000]h\x00ah\x00a" for _ in range(levels)) + b"."


def claims(field: str, value: int) -> bytes:
    """An archive whose list of entries says something else of its first entry than there is."""
    content = bytearray(torch_zip(rnn(), s0=FLOATS))
    at = content.index(b"PK\1\2") + {"size": 24, "flags": 8, "packed": 20, "offset": 42, "method": 10}[field]
    struct.pack_into("<H" if field in ("flags", "method") else "<I", content, at, value)
    return bytes(content)


def long_directory() -> bytes:
    content = bytearray(torch_zip(rnn(), s0=FLOATS))
    struct.pack_into("<I", content, len(content) - 10, 2**31)
    return bytes(content)


def second_end() -> bytes:
    """An archive whose second record of its end, for large archives, has a list of entries of 2 GB."""
    content = torch_zip(rnn(), s0=FLOATS)
    record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2, 2, 2**31, 0)
    return content[:-22] + record + b"PK\6\7" + struct.pack("<IQI", 0, len(content) - 22, 1) + content[-22:]


def hidden(shape: tuple[int, ...], strides: tuple[int, ...] | None = None, **how: int) -> bytes:
    """A file in which one matrix is described so."""
    return torch_zip(rnn(weight_hh_l0=tensor(shape, strides, **how)), s0=FLOATS)


def legacy_count(count: int) -> bytes:
    """A file of the older format in which a storage says that it has so many numbers."""
    return torch_legacy(rnn(), b"\x80\x02]" + text("0") + b"a.", struct.pack("<q", count) + FLOATS)


def two_in_one_place() -> bytes:
    about = {"dtype": "F32", "shape": [4, 4], "data_offsets": [0, 64]}
    return safetensors_file({"rnn.weight_ih_l0": about, "rnn.weight_hh_l0": about}, bytes(64))


def said(shape: list[int], end: int, body: bytes) -> bytes:
    return safetensors_file({"weight_ih_l0": {"dtype": "F32", "shape": shape, "data_offsets": [0, end]}}, body)


def many_layers(count: int) -> bytes:
    places = [(f"rnn.weight_{side}_l{k}", 8 * k + at) for k in range(count) for side, at in (("ih", 0), ("hh", 4))]
    about = {name: {"dtype": "F32", "shape": [1, 1], "data_offsets": [at, at + 4]} for name, at in places}
    return safetensors_file(about, bytes(8 * count))


def quantised() -> bytes:
    whole = tensor((4, 4), kind="Char")
    return torch_zip(state(weight_ih_l0=whole, weight_hh_l0=whole), s0=bytes(64))


def array(name: str, header: str, body: bytes = b"") -> bytes:
    return zipped({f"{name}.npy": npy(header, body)})


def colliding() -> bytes:
    """A dict whose keys have one hash: each would be compared with all before it."""
    large = b"".join(whole(k * (2**61 - 1)) + b"N" for k in range(1, 60_000))
    return torch_zip(b"\x80\x02}(" + large + b"u.")


def shared_state() -> bytes:
    """Modules that share one state of many parts."""
    state = b"}(" + b"".join(text(f"{k}") + b"]" for k in range(20_000)) + b"uq\x00"
    return torch_zip(b"\x80\x02" + state + b"0(" + b"cA\nB\n)\x81h\x00b" * 20_000 + b"l.")


def shared_arguments() -> bytes:
    """Calls that share one long tuple of arguments."""
    many = b"(" + b"N" * 100_000 + b"tq\x00"
    return torch_zip(b"\x80\x02" + many + b"0(" + b"ctorch\nSize\nh\x00R" * 100_000 + b"l.")


NOTHING = "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"
LARGE = "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999)}"
CRAFTED = {
    "a bomb": (lambda: zipped({"a/data.pkl": rnn(), "a/data/0": bytes(2**26)}, zipfile.ZIP_DEFLATED), "bomb"),
    "an entry that claims 4 GB": (lambda: claims("size", 2**32 - 2), "bomb"),
    "an entry outside of the file": (lambda: claims("offset", 2**31), "damaged"),
    "an unknown compression": (lambda: claims("method", 77), "damaged"),
    "an encrypted entry": (lambda: claims("flags", 1), "encrypted"),
    "a directory of 2 GB": (long_directory, "bomb"),
    "a second directory of 2 GB": (second_end, "bomb"),
    "two entries of one name": (lambda: torch_zip(rnn(), s0=FLOATS, s1=b"").replace(b"data/1", b"data/0"), "bomb"),
    "a header of 1 GB": (lambda: safetensors_file(b'{"dtype"', length=2**30), "header"),
    "a header that is no JSON": (lambda: safetensors_file(b"{nothing"), "damaged"),
    "a deep header": (lambda: safetensors_file(b'{"a":' * 50_000), "damaged"),
    "overlapping tensors": (two_in_one_place, "damaged"),
    "tensors behind the end": (lambda: said([4, 4], 64, b""), "damaged"),
    "a shape of safetensors that lies": (lambda: said([2**31, 2**31], 64, bytes(64)), "damaged"),
    "10⁵ tensors in layers": (lambda: many_layers(50_000), "many"),
    "a huge shape": (lambda: hidden((10**9, 10**9)), "damaged"),
    "a shape of 2**200": (lambda: hidden((2**200, 1), (1, 1)), "damaged"),
    "a negative shape": (lambda: hidden((-4, -4), (1, 1)), "damaged"),
    "strides that leave the storage": (lambda: hidden((4, 4), (40, 1)), "damaged"),
    "negative strides": (lambda: hidden((4, 4), (-4, 1), offset=60), "damaged"),
    "an expanded tensor of 10 GB": (lambda: hidden((4, 10**9), (0, 0)), "damaged"),
    "an offset behind the storage": (lambda: hidden((4, 4), offset=49), "damaged"),
    "a storage that lies": (lambda: hidden((4, 4), count=2**40), "damaged"),
    "no storage": (lambda: torch_zip(rnn()), "damaged"),
    "a storage by a path": (lambda: torch_zip(rnn().replace(text("0"), text("../../../../etc/passwd"))), "damaged"),
    "a legacy storage of 2**60": (lambda: legacy_count(2**60), "damaged"),
    "a legacy storage of −1": (lambda: legacy_count(-1), "damaged"),
    "deep lists": (lambda: torch_zip(deep(b"]", b"a")), "damaged"),
    "deep tuples as a key": (lambda: torch_zip(b"\x80\x02}N" + b"\x85" * 200_000 + b"Ns."), "no_tensors"),
    "deep dicts": (lambda: torch_zip(deep(b"}" + text("a"), b"s", 50_000)), "damaged"),
    "a list in itself": (lambda: torch_zip(b"\x80\x02]q\x00h\x00a."), "damaged"),
    "lists of shared lists": (lambda: torch_zip(shared_lists(60)), "damaged"),
    "keys of one hash": (colliding, "no_tensors"),
    "modules that share a state": (shared_state, "damaged"),
    "calls that share their arguments": (shared_arguments, "damaged"),
    "a deep tuple as a storage": (lambda: torch_legacy(rnn(), b"\x80\x02]N" + b"\x85" * 200_000 + b"a."), "damaged"),
    "a deep tuple as a name": (lambda: torch_zip(b"\x80\x04N" + b"\x85" * 200_000 + b"\x8c\x01a\x93."), "damaged"),
    "a memo at 10**30": (lambda: torch_zip(b"Np1000000000000000000000000000000\n."), "damaged"),
    "millions of opcodes": (lambda: torch_zip(b"\x80\x02" + b"N0" * 2_000_000 + b"N."), "damaged"),
    "a memo at 2**32": (lambda: torch_zip(b"\x80\x02Nr\xff\xff\xff\xff."), "no_tensors"),
    "bytes of 2**62": (lambda: torch_zip(b"\x80\x04\x8e" + struct.pack("<Q", 2**62) + b"a."), "damaged"),
    "a number of 10 MB": (lambda: torch_zip(b"\x80\x02\x8b\x80\x96\x98\x00" + bytes(10**7) + b"."), "no_tensors"),
    "a pop of nothing": (lambda: torch_zip(b"\x80\x02000."), "damaged"),
    "an extension": (lambda: torch_zip(b"\x80\x02\x82\x01)R."), "pickle"),
    "zero-size weights": (lambda: hidden((4, 0)), "shape"),
    "a scalar as a weight": (lambda: hidden(()), "shape"),
    "whole numbers": (quantised, "quantised"),
    "an array of objects": (lambda: array("weight_ih_l0", NOTHING, b"cos\nsystem\n."), "objects"),
    "an array that lies": (lambda: array("w_ih", LARGE, bytes(64)), "damaged"),
    "a header that computes": (lambda: array("w_ih", "{'descr': __import__('os').system('id')}"), "damaged"),
    "a deep header of NumPy": (lambda: array("w_ih", "(" * 9000), "damaged"),
}
