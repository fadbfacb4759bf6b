"""Writes what the stage and the components are sent for TypeScript: `make types`.

The modules are read as they are written, so that the names of types and the comments remain.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPONENTS = (
    "bar",
    "class_room",
    "companies",
    "gradient_curves",
    "live_slider",
    "overview",
    "prediction",
    "progress",
    "refusal",
    "scan",
    "sentence",
    "story",
    "take",
    "valve",
    "worksheet",
    "writing",
)
SOURCES = {
    "app/stage/scene.d.ts": (
        "cells/graph_data.py",
        "app/stage/layout_types.py",
        "app/stage/guide_types.py",
        "app/stage/scene_types.py",
        "app/stage/commit_types.py",
    ),
    **{f"app/components/{name}/data.d.ts": (f"app/components/{name}/data.py",) for name in COMPONENTS},
}
"""By the file that is written, what it is written from."""

NAMES = {"str": "string", "float": "number", "int": "number", "bool": "boolean"}


def declarations(source: str) -> str:
    """The TypeScript for every alias and every TypedDict of a module's text."""
    lines = source.splitlines()
    written = []
    for node in ast.parse(source).body:
        match node:
            case ast.Assign(targets=[ast.Name(name)]):
                written.append(f"{comment(lines, node)}export type {name} = {typescript(node.value)};\n")
            case ast.ClassDef():
                written.append(interface(node, lines))
    return "\n".join(written)


def interface(record: ast.ClassDef, lines: list[str]) -> str:
    """A TypedDict as an interface."""
    bases = [base.id for base in record.bases if isinstance(base, ast.Name) and base.id != "TypedDict"]
    total = not any(keyword.arg == "total" for keyword in record.keywords)
    fields = [field(node, lines, total) for node in record.body if isinstance(node, ast.AnnAssign)]
    extends = f" extends {', '.join(bases)}" if bases else ""
    return f"/** {ast.get_docstring(record)} */\nexport interface {record.name}{extends} {{\n{''.join(fields)}}}\n"


def field(node: ast.AnnAssign, lines: list[str], total: bool) -> str:
    """A key of a TypedDict, with its comment."""
    kind, optional = node.annotation, not total
    match kind:
        case ast.Subscript(ast.Name("NotRequired"), inner):
            kind, optional = inner, True
    return f"{comment(lines, node, '  ')}  {ast.unparse(node.target)}{'?' * optional}: {typescript(kind)};\n"


def comment(lines: list[str], node: ast.stmt, indent: str = "") -> str:
    """The comment at the end of a statement's line, as JSDoc."""
    _, mark, text = lines[node.lineno - 1].encode()[node.end_col_offset :].decode().partition("# ")
    return f"{indent}/** {text} */\n" if mark else ""


def typescript(kind: ast.expr) -> str:
    """A type as TypeScript writes it; one that has no translation is a ValueError."""
    match kind:
        case ast.Name(name):
            return NAMES.get(name, name)
        case ast.Constant(None):
            return "null"
        case ast.BinOp(left, ast.BitOr(), right):
            return f"{typescript(left)} | {typescript(right)}"
        case ast.Subscript(ast.Name("list" | "Sequence"), item):
            text = typescript(item)
            return f"({text})[]" if " | " in text else f"{text}[]"
        case ast.Subscript(ast.Name("dict" | "Mapping"), ast.Tuple([key, value])):
            return f"Record<{typescript(key)}, {typescript(value)}>"
        case ast.Subscript(ast.Name("tuple"), ast.Tuple(items)):
            return f"[{', '.join(map(typescript, items))}]"
        case ast.Subscript(ast.Name("Literal"), values):
            each = values.elts if isinstance(values, ast.Tuple) else [values]
            return " | ".join(ast.unparse(value).replace("'", '"') for value in each)
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([_, ast.Constant(str(text))])):
            return text
    raise ValueError(f"no TypeScript for the type {ast.unparse(kind)}")


def generated(target: str) -> str:
    """The text of a file of declarations."""
    head = f"// Written by `make types` from {' and '.join(SOURCES[target])}: do not edit.\n"
    return "\n".join([head, *(declarations((ROOT / source).read_text(encoding="utf-8")) for source in SOURCES[target])])


if __name__ == "__main__":
    for target in SOURCES:
        (ROOT / target).write_text(generated(target), encoding="utf-8")
