"""Which layout draws a cell: its kind's published one, with the changes its options ask for.

`layouts/<kind>.json` is a kind's picture with its default options. `layouts/<kind>/<variant>.json` says what differs
for other options (`for`): parts by name, changed or added where they are objects, taken away where they are null. So
a variant repeats no coordinate of its base, and variants combine.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from app.stage.auto_layout import draw
from app.stage.graph_roles import symbol
from app.stage.layout_types import Geometry, Layout, LayoutCaption, LayoutStage, Size
from cells import Cell
from cells.equations import formula
from cells.expression import Apply, Graph

Change = dict[str, Any]  # a variant's file

LAYOUTS = Path(__file__).parent / "layouts"
SIZES: tuple[Size, ...] = ("wide", "narrow")
DRAWN_ALIKE = {"gate", "activation", "output_activation", "clip"}
"""Options that change no wire: other functions, other bounds."""

_known: dict[Graph, Layout] = {}  # one entry per kind of cell and options


def layout_of(cell: Cell) -> Layout:
    """The layout that draws a cell with its options; its `names` are those of the files it was put together from."""
    if cell.graph not in _known:
        _known[cell.graph] = _drawn(cell)
    return _known[cell.graph]


def _drawn(cell: Cell) -> Layout:
    options = {name for name, value in cell.options.items() if value != cell.kind.options[name]} - DRAWN_ALIKE
    if not published(cell.kind.key) or options - known_options(cell.kind.key):
        return keyed(draw(cell.kind.key, cell.graph))
    base = read(cell.kind.key)
    changes = [change for change in changes_of(cell.kind.key) if asked(change["for"], cell.options)]
    layout = deepcopy(base)
    for change in changes:
        change_parts(layout, change)
    tidy(layout, [stage["value"] for stage in base["stages"]])
    if not fits(layout, cell.graph):
        return keyed(draw(cell.kind.key, cell.graph))
    name_functions(layout, cell.graph)
    return layout


def fits(layout: Layout, graph: Graph) -> bool:
    """Whether a layout shows no value that the graph lacks, and every one that has a letter."""
    wide = layout["wide"]
    shown = {part["value"] for part in [*layout["stages"], *wide["nodes"]] if part.get("value")}
    shown |= {value["name"] for value in wide["values"]} - {"x"}
    return {name for name in graph.values if len(name) == 1} <= shown <= graph.values.keys()


def keyed(layout: Layout) -> Layout:
    """A drawn layout's stages under the words of their kind, where it has words for them."""
    kind = layout["cell"]
    keys = {stage["value"]: stage["key"] for stage in read(kind)["stages"]} if published(kind) else {}
    for stage in layout["stages"]:
        stage["key"] = keys.get(stage["value"], stage["key"])
        for size in SIZES:
            layout[size]["captions"] += hints(layout, stage, size) if keys and size == "wide" else []
    return layout


def hints(layout: Layout, stage: LayoutStage, size: Size) -> list[LayoutCaption]:
    """What a layer is for, beneath it."""
    gate = next((n for n in layout[size]["nodes"] if n["kind"] == "gate" and n.get("value") == stage["value"]), None)
    if gate is None:
        return []
    at, word = [gate["x"], gate["y"] + 112], f"hint.{stage['key']}"
    return [{"at": at, "word": word, "role": stage["role"], "anchor": "middle", "stage": gate["stage"]}]


@cache
def read(name: str) -> Layout:
    return json.loads((LAYOUTS / f"{name}.json").read_text(encoding="utf-8"))


@cache
def changes_of(kind: str) -> list[Change]:
    """A kind's variants, by name."""
    files = sorted((LAYOUTS / kind).glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) | {"name": file.stem} for file in files]


def known_options(kind: str) -> set[str]:
    """The options a kind's variants answer to."""
    return {option for change in changes_of(kind) for option in change["for"]}


def asked(wanted: Mapping[str, list[Any]], options: Mapping[str, Any]) -> bool:
    return all(options[name] in values for name, values in wanted.items())


def change_parts(layout: Layout, change: Change) -> None:
    layout["names"].append(f"{layout['cell']}.{change['name']}")
    layout["roles"] |= change.get("roles", {})
    change_list(layout["stages"], "value", change.get("stages", {}))
    for size in SIZES:
        for kind, parts in change.get(size, {}).items():
            change_list(parts_of(layout[size])[kind], NAMED_BY[kind], parts)


NAMED_BY = {"nodes": "id", "wires": "id", "values": "name", "badges": "stage", "captions": "word"}


def parts_of(geometry: Geometry) -> dict[str, list[Any]]:
    """The lists of a geometry's parts, to be changed."""
    return {
        "nodes": geometry["nodes"],
        "wires": geometry["wires"],
        "values": geometry["values"],
        "badges": geometry["badges"],
        "captions": geometry["captions"],
    }


def name_of(part: Mapping[str, Any], key: str) -> str:
    """What a change calls a part: its name, with `-before` for a state as it enters the step."""
    return f"{part[key]}-before" if part.get("before") else str(part[key])


def change_list(parts: list[Any], key: str, changes: Mapping[str, Any]) -> None:
    for name, new in changes.items():
        old = next((part for part in parts if name_of(part, key) == name), None)
        if new is None:
            if old is not None:
                parts.remove(old)
        elif old is None:
            parts.append({key: name, **new})
        else:
            for field in ("own", "relit"):  # a stage's parts are added to; what is gone is tidied away
                if field in new:
                    new = new | {field: [*old[field], *new[field]]}
            old.update(new)


def tidy(layout: Layout, order: list[str]) -> None:
    """Number the stages anew (`order`: before the changes), and mention no part that is gone."""
    now = {stage["value"]: number for number, stage in enumerate(layout["stages"], 1)}
    numbers = {0: 0} | {number: now[value] for number, value in enumerate(order, 1) if value in now}
    for size in SIZES:
        for parts in parts_of(layout[size]).values():
            parts[:] = [part for part in parts if part.get("stage", 0) in numbers]
            for part in parts:
                if "stage" in part:
                    part["stage"] = numbers[part["stage"]]
    there = {part["id"]: part["stage"] for part in (*layout["wide"]["nodes"], *layout["wide"]["wires"])}
    for number, stage in enumerate(layout["stages"], 1):
        stage["own"] = [name for name in dict.fromkeys(stage["own"]) if there.get(name) == number]
        stage["relit"] = [name for name in dict.fromkeys(stage["relit"]) if name in there]


def name_functions(layout: Layout, graph: Graph) -> None:
    """Gates, and labels such as tanh c, bear the sign of the function the cell's options chose."""
    for size in SIZES:
        opened = {node["value"] for node in layout[size]["nodes"] if node["kind"] == "fn"}
        for value in layout[size]["values"]:
            if value["name"] in opened:
                value["label"][0] = {"text": f"{symbol(graph.values[value['name']])} ", "upright": True}
        for node in layout[size]["nodes"]:
            if isinstance(applied := graph.values.get(node.get("value", "")), Apply):
                node["symbol"] = applied.function.symbol or node["symbol"]


def written_values(cell: Cell) -> list[str]:
    """The values whose equations say what a cell computes: those of the stages, each after what it is made of."""
    written: list[str] = []

    def write(name: str) -> None:
        read = [f for term in formula(cell, name).terms for f in term.factors if f.kind == "value" and not f.before]
        for factor in read:
            if factor.name != "x" and factor.name not in written:
                write(factor.name)
        if name not in written:
            written.append(name)

    for stage in layout_of(cell)["stages"]:
        write(stage["value"])
    return written


def to_send(cell: Cell) -> str | Layout:
    """A published layout by its name, which the browser fetches and keeps; any other one whole."""
    layout = layout_of(cell)
    return cell.kind.key if published(cell.kind.key) and layout == read(cell.kind.key) else layout


def published(name: str) -> bool:
    return (LAYOUTS / f"{name}.json").exists()


def worded(layout: Layout, words: Mapping[str, str]) -> dict[str, str]:
    """The words for a layout: `gru/stage.candidate.title`, where there is one, in place of `stage.candidate.title`."""
    own = {key: text for key, text in words.items() if "/" not in key}
    automatic = "automatic" in layout["names"] and not published(layout["cell"])
    if automatic:
        plain = {key: text for stage in layout["stages"] for key, text in plain_words(stage, words)}
        own = plain | {f"cell.{layout['cell']}": layout["cell"]} | own
    for name in layout["names"]:
        found = {key.removeprefix(f"{name}/"): text for key, text in words.items() if key.startswith(f"{name}/")}
        own |= (dict(named_words(layout, words, found)) if automatic else {}) | found
    return own


def plain_words(stage: LayoutStage, words: Mapping[str, str], called: str = "") -> Iterator[tuple[str, str]]:
    """What can be said of a cell nobody has written words for: names, and numbers."""
    value, key = stage["value"], stage["key"]
    for said, names in PLAIN.items():
        text = words[f"any.{said}"].replace("{value}", called or value).replace("{number}", f"{{{value}}}")
        yield from ((name.format(value=value, key=key), text) for name in names)


def named_words(layout: Layout, words: Mapping[str, str], found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What follows from the name that a kind of cell gives a value, and from a sentence that is always said of it."""
    for stage in layout["stages"]:
        value, key = stage["value"], stage["key"]
        if called := found.get(f"value.{value}.name"):
            yield from plain_words(stage, words, called)
            yield f"stage.{key}.title", called[:1].upper() + called[1:]
        if always := found.get(f"say.{key}"):
            yield from ((f"say.{key}.{part}", always) for part in ("low", "mid", "high"))


PLAIN = {
    "name": [
        "value.{value}.name",
        "row.{value}",
        "gate.{value}",
        "group.{value}",
        "stage.{key}.name",
        "stage.{key}.title",
    ],
    "subtitle": ["stage.{key}.subtitle", "hint.{key}"],
    "say": ["say.{key}.low", "say.{key}.mid", "say.{key}.high"],
    "narrate": ["narrate.{key}"],
}
