"""The weights of recurrent cells in a Keras file, by the layouts of Keras 2 and 3; what a cell is, by their shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.models.hdf5 import Hdf5
from app.models.keras_config import Place

ROLES = ("kernel", "recurrent_kernel", "bias")
KINDS = {1: "SimpleRNN", 3: "GRU", 4: "LSTM"}
"""By the number of gates."""
OF_KERAS_2 = "_layer_checkpoint_dependencies"
OPTIMIZER = ("optimizer", "optimizer_weights", "_optimizer")


@dataclass(frozen=True)
class CellWeights:
    """Where the arrays of one cell are."""

    path: str
    """Of their group, without Keras 3's ``/vars``."""
    top: str
    """The layer of the whole model that Keras 2 keeps them under."""
    names: tuple[str, ...]
    """Kernel, recurrent kernel and, mostly, bias."""
    class_name: str
    biased: bool


def cells_of(file: Hdf5) -> list[CellWeights]:
    """Return the recurrent cells among a file's datasets, in the order of the file."""
    groups: dict[str, dict[str, str]] = {}
    for name in _in_order(file):
        parent, _, leaf = name.rpartition("/")
        if parent.endswith("/vars") and leaf in ("0", "1", "2"):
            role = ROLES[int(leaf)]
        else:
            role = re.sub(r"(:\d+)?$", "", leaf)
        if role in ROLES and name.partition("/")[0] not in OPTIMIZER:
            groups.setdefault(parent, {})[role] = name
    cells = [cell for path, roles in groups.items() if (cell := _cell(file, path, roles))]
    plain = _plain_paths([cell.path for cell in cells])
    return [replace(cell, path=plain[cell.path]) for cell in cells]


def _cell(file: Hdf5, path: str, roles: dict[str, str]) -> CellWeights | None:
    """A group's arrays as a recurrent cell, if their shapes are those of one."""
    names = [roles[role] for role in ROLES if role in roles]
    shapes = {role: file.datasets[name][0] for role, name in roles.items()}
    kernel, recurrent, bias = (shapes.get(role, ()) for role in ROLES)
    if len(kernel) != 2 or len(recurrent) != 2 or not recurrent[0] or recurrent[1] % recurrent[0]:
        return None
    units, columns = recurrent
    class_name = KINDS.get(columns // units)
    if class_name is None or kernel[1] != columns or not kernel[0]:
        return None
    if class_name != "SimpleRNN" and bias == (2 * columns,):
        class_name = f"CuDNN{class_name}"
    elif bias not in ((), (columns,)) and (class_name, bias) != ("GRU", (2, columns)):
        return None
    inner = path.removesuffix("/vars")
    if class_name == "SimpleRNN" and path != inner and inner.rpartition("/")[2] != "cell" and "/cells/" not in inner:
        return None  # two square matrices may be anything
    parts = inner.split("/")
    top = parts[1] if parts[0] == "model_weights" and len(parts) > 1 else parts[0]
    return CellWeights(inner, top, tuple(names), class_name, bool(bias))


def _plain_paths(paths: Sequence[str]) -> dict[str, str]:
    """Paths as Keras 3 would have them.

    The last versions of Keras 2 have another word for layers, count each of them twice, and on Windows part names by
    backslashes: the second LSTM is `lstm_2` there.
    """
    plain = {path: path.replace("\\", "/").split("/") for path in paths}
    for depth in range(max((len(parts) for parts in plain.values()), default=0) - 1):
        counted: dict[tuple[str, ...], list[int]] = {}
        within = {path: parts for path, parts in plain.items() if parts[depth : depth + 1] == [OF_KERAS_2]}
        named = {path: _counted(parts[depth + 1]) for path, parts in within.items() if len(parts) > depth + 1}
        for path, (stem, count) in sorted(named.items(), key=lambda item: item[1]):
            counts = counted.setdefault((*plain[path][:depth], stem), [])
            counts += [count] * (count not in counts)
        for path, (stem, count) in named.items():
            place = counted[*plain[path][:depth], stem].index(count)
            plain[path] = [
                *plain[path][:depth],
                "layers",
                f"{stem}_{place}" if place else stem,
                *plain[path][depth + 2 :],
            ]
    return {path: "/".join(parts) for path, parts in plain.items()}


def _counted(name: str) -> tuple[str, int]:
    """The name of a class of layers, and which of them: 0 of the first."""
    match = re.fullmatch(r"(.+?)_(\d{1,9})", name)
    return (match[1], int(match[2])) if match else (name, 0)


def _in_order(file: Hdf5) -> list[str]:
    """A file's datasets: by the lists of layers and weights where Keras 2 wrote them, else by their names."""
    for root in ("model_weights", ""):
        layers = file.texts(root, "layer_names")
        if layers:
            listed = dict.fromkeys(
                f"{group}/{weight}"
                for group in (f"{root}/{layer}".lstrip("/") for layer in layers)
                for weight in file.texts(group, "weight_names")
            )
            return [name for name in listed if name in file.datasets]
    return sorted(file.datasets, key=_natural)


def _natural(name: str) -> list[tuple[int, str]]:
    """So that lstm_10 comes behind lstm_2."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def matched(places: Sequence[Place], cells: Sequence[CellWeights], file: Hdf5) -> Iterator[
    tuple[Place, tuple[CellWeights, ...]]
]:  # fmt: skip
    """Yield each recurrent layer of a config with the cells that hold its weights; none where there are none."""
    left = {cell.path: cell for cell in cells}
    for place in places:
        chosen = _of_keras_3(place, left, file) or _of_keras_2(place, left)
        for cell in chosen:
            del left[cell.path]
        yield place, chosen


def _of_keras_3(place: Place, left: dict[str, CellWeights], file: Hdf5) -> tuple[CellWeights, ...]:
    """By the path, which counts layers of a class; else by the layer's name, which newer versions write beside it."""
    if all(path in left for path in place.paths):
        return tuple(left[path] for path in place.paths)
    if len(place.paths) == 1 and place.paths[0].endswith("/cell"):
        for path, cell in left.items():
            if file.text(f"{path.removesuffix('/cell')}/vars", "name") == place.own_name:
                return (cell,)
    return ()


def _of_keras_2(place: Place, left: dict[str, CellWeights]) -> tuple[CellWeights, ...]:
    """Among what its layer of the whole model keeps: by the layer's own name, else in order."""
    own = [cell for cell in left.values() if cell.top == place.top]
    named = [cell for cell in own if place.own_name in re.split("/", cell.path.partition(place.top)[2])]
    count = len(place.paths)
    chosen = named if len(named) == count else own[:count]
    return tuple(chosen) if len(chosen) == count else ()


def pairs_of(cells: Sequence[CellWeights]) -> list[tuple[CellWeights, ...]]:
    """Return cells without a config one by one, those of both directions of a layer together."""
    by_path = {cell.path: cell for cell in cells}
    found = []
    while by_path:
        path, cell = next(iter(by_path.items()))
        del by_path[path]
        turned = re.sub(r"(^|/)forward_", r"\1backward_", path, count=1)
        back = re.sub(r"(^|/)backward_", r"\1forward_", path, count=1)
        other = by_path.pop(turned if turned != path else back, None)
        ways = [cell] if other is None else sorted((cell, other), key=lambda c: "backward_" in c.path)
        found.append(tuple(ways))
    return found
