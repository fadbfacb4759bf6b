"""Files of PyTorch: state dicts, checkpoints, pickled modules and TorchScript, of which nothing is run.

The zip format has the pickle ``data.pkl`` and a record for each storage; the older one is five pickles, and the
storages behind them: https://github.com/pytorch/pytorch/blob/main/torch/serialization.py
"""

from __future__ import annotations

import io
import mmap
import pathlib
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, cast

from app.messages import Message, RefusedError
from app.models.archive import Archive
from app.models.found import MOST_MODULES, layers_of
from app.models.numbers import Bytes, mapped, width
from app.models.pickles import Box, Machine
from app.models.records import ModelFile, Tensor
from app.models.torch_objects import (
    UNDERSTOOD,
    Content,
    Records,
    Storage,
    attributes,
    content_of,
    hooks_of,
    storage_of,
)
from app.models.weights import TORCH, without_wrappers
from app.models.words import listed, word

MAGIC = bytes.fromhex("80028a0a6cfc9c46f9206aa850192e")
"""The first pickle of the older format: a number that says that this is one."""
MOST_PICKLED = 64 * 2**20
MOST_CODE = 2**20

RUNS = re.compile(
    r"(os|posix|nt|subprocess|sys|shutil|socket|runpy|importlib|pty|ctypes|webbrowser|multiprocessing|threading|asyncio|"
    r"urllib|http|requests|pickle|_pickle|marshal|pip|timeit|pdb|bdb)(\..*)?|types\.(Code|Function)Type|"
    r"code\.Interactive.*|(builtins|__builtin__)\.(eval|exec|execfile|compile|open|__import__|input|breakpoint|globals)"
)
"""What only a program asks for.  Nothing is run either way: this is for what is said."""


def read(path: pathlib.Path, name: str, size: int) -> ModelFile:
    """Return the recurrent layers of a file of PyTorch, in either format.

    Raises
    ------
    RefusedError
        If there are none, or the file asks for a program to be run.
    ValueError
        If it is damaged.
    """
    with path.open("rb") as file:
        old = file.read(len(MAGIC)) == MAGIC
    if old:
        return model_file(name, size, "torch", *legacy(path))
    archive = Archive(path)
    root = next(entry for entry in archive.entries if entry.rpartition("/")[2] == "data.pkl").removesuffix("data.pkl")
    machine = Machine(UNDERSTOOD, storage_of)
    with naming_programs(machine):
        value = machine.load(io.BytesIO(archive.read(f"{root}data.pkl", MOST_PICKLED)))
    big = f"{root}byteorder" in archive and archive.read(f"{root}byteorder", 100).strip() == b"big"
    records = Records(lambda key: archive.bytes_of(f"{root}data/{key}"), ">" if big else "<")
    content = content_of(value)
    if not any(entry.startswith(f"{root}code/") for entry in archive.entries):
        return model_file(name, size, "torch", content, records, machine)
    told = {where: script_attributes(archive, root, module) for where, module in recurrent(content).items()}
    return model_file(name, size, "torchscript", content, records, machine, told)


def legacy(path: pathlib.Path) -> tuple[Content, Records, Machine]:
    """Return what the older format holds."""
    content = mapped(path)
    stream = cast(mmap.mmap, content.obj)
    machine = Machine(UNDERSTOOD, storage_of)
    with naming_programs(machine):
        _, _, system, value, keys = (machine.load(cast(IO[bytes], stream)) for _ in range(5))
    storages = {s.key: s for s in machine.identified if isinstance(s, Storage)}
    places: dict[str, tuple[int, int]] = {}
    at = stream.tell()
    for key in keys:
        if not isinstance(key, str) or key not in storages:
            raise ValueError("a storage that nobody names")
        (count,) = struct.unpack_from("<q", content, at)
        bytes_ = count * width(storages[key].dtype)
        if count < 0 or at + 8 + bytes_ > len(content):
            raise ValueError("a storage behind the end of its file")
        places[key] = (at + 8, bytes_)
        at += 8 + bytes_

    def bytes_of(key: str) -> Bytes:
        start, length = places[key]
        return content[start : start + length]

    little = not isinstance(system, dict) or system.get("little_endian", True)
    return content_of(value), Records(bytes_of, "<" if little else ">"), machine


def model_file(
    name: str, size: int, kind: str, content: Content, records: Records, machine: Machine,
    told: Mapping[str, Mapping[str, Any]] | None = None,
) -> ModelFile:  # fmt: skip
    """Return what a reader sees of a file's content."""
    tensors = {each: records.tensor(each, view) for each, view in content.tensors.items()}
    if not tensors:
        raise no_tensors(machine, content.modules)
    stripped, removed = without_wrappers(of_models(tensors), content.containers)
    before = f"{removed}." if removed else ""
    told = told or {where: attributes(module) for where, module in recurrent(content).items()}
    layers = layers_of(stripped, {where.removeprefix(before): each for where, each in told.items()})
    notes = [Message("file.note.prefix", prefix=removed)] if removed else []
    modules = {where.removeprefix(before): module for where, module in recurrent(content).items()}
    ours = [modules[found.name] for found in layers.found if found.name in modules]
    foreign = [module.kind for module in ours if "torch.nn.modules.rnn" not in module.kind]
    if foreign:
        notes.append(Message("file.note.own_class", listed=listed(foreign)))
    if hooks := [hook for module in ours for hook in hooks_of(module)]:
        notes.append(Message("file.note.hooks", listed=listed(hooks)))
    return ModelFile(name, size, kind, layers.found, layers.others, (*notes, *layers.notes))


def recurrent(content: Content) -> dict[str, Box]:
    """Return the modules that have the weights of a recurrent layer."""
    names = {match[1] or "" for name in content.tensors if (match := TORCH.fullmatch(name))}
    names |= {name.removesuffix(".parametrizations") for name in names}
    return {where: content.modules[where] for where in sorted(names)[:MOST_MODULES] if where in content.modules}


def read_pickle(path: pathlib.Path, _: str, __: int) -> ModelFile:
    """Refuse a pickle that is none of PyTorch's, by what it asks for."""
    machine = Machine({}, storage_of)
    try:
        with naming_programs(machine):
            machine.load(cast(IO[bytes], mapped(path).obj))
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        if isinstance(error, RefusedError) or not machine.asked:
            raise  # else it is joblib's, which has numbers in between: what was asked for until then says what it is
    raise no_tensors(machine)


@contextmanager
def naming_programs(machine: Machine) -> Iterator[None]:
    """Refuse a pickle that asks for what runs programs, also where reading it comes to no end."""
    try:
        yield
    finally:
        programs = [asked for asked in machine.asked if RUNS.fullmatch(asked)]
        if programs:
            raise RefusedError("file.program", asked=listed(programs))


def no_tensors(machine: Machine, named: Iterable[str] = ()) -> RefusedError:
    """Return the refusal of a pickle without a tensor: it is of something else, or nothing."""
    asked = [name for name in machine.asked if name not in UNDERSTOOD]
    if quantised := [name for name in (*named, *asked) if "_all_weight_values" in name or "quantized" in name]:
        return RefusedError("file.quantised", tensor=word(quantised[0]), dtype="qint8")
    if "torch.storage._load_from_bytes" in asked:
        return RefusedError("file.plain_pickle")
    return RefusedError("file.pickle", asked=listed(asked)) if asked else RefusedError("file.no_tensors")


def of_models(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors without those of an optimizer or a schedule, which stand beside a model in a checkpoint."""
    away = re.compile(r"(^|_)(optim|optimizers?|opt|lr_schedulers?|schedulers?|scaler)(_|$)")
    return {name: tensor for name, tensor in tensors.items() if not away.search(name.partition(".")[0])}


def script_attributes(archive: Archive, root: str, module: Box) -> dict[str, Any]:
    """Return what the code of a script says of a module; it is searched as a text, and not run."""
    place, _, name = module.kind.rpartition(".")
    entry = f"{root}code/{place.replace('.', '/')}.py"
    if entry not in archive:
        return {}
    code = archive.read(entry, MOST_CODE).decode(errors="replace")
    body = code.partition(f"class {name}(")[2].partition("\nclass ")[0]
    said: dict[str, Any] = dict(re.findall(r"^  (\w+) : Final\[\w+\] = \"?([\w.]+)\"?$", body, re.MULTILINE))
    told: dict[str, Any] = {key: said[key] for key in ("mode", "nonlinearity") if key in said}
    if "batch_first" in said:
        told["batch_first"] = said["batch_first"] == "True"
    functions = set(re.findall(r"torch\.rnn_(tanh|relu)(?:_cell)?\(", body))
    return told | ({"nonlinearity": functions.pop()} if len(functions) == 1 else {})
