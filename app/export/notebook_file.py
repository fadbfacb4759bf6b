"""A run as a Jupyter notebook that imports NumPy alone: the program, the run as bars of text, and three exercises."""

from __future__ import annotations

import json

from app.export.names import Names
from app.export.programs import CODE
from app.export.sequence import Sequence

CHART = """for step, numbers in enumerate(read, 1):
    bars = [round(10 * abs(number)) for number in numbers]
    print(step, *(f"{number:+.3f} {'#' * bar:<10}" for number, bar in zip(numbers, bars)))"""


def notebook(shown: Sequence, names: Names) -> str:
    """Return the notebook as JSON, of version 4.5 of its format."""
    last = [repr(float(number)) for number in shown.last]
    states = "\n".join(
        f"    [{', '.join(repr(float(x)) for x in row)}]," for row in shown.values(shown.cell.graph.output)
    )
    chart = f"read = [\n{states}\n]  # {names.word('notebook.read')}\n{CHART}"
    cells = [
        text("title", f"# {plain(names.title)}\n\n{names.word('notebook.about')} {', '.join(last)}."),
        code("program", CODE["numpy"](shown)),
        code("chart", chart),
        text("exercises", "\n".join(f"{k}. {names.word(f'notebook.exercise.{k}')}" for k in (1, 2, 3))),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def plain(title: str) -> str:
    """A reader's words as they are: no mark of Markdown or HTML is one."""
    return "".join(f"&#{ord(letter)};" if letter in r"\`*_{}[]()#+!<>&|~$-." else letter for letter in title)


def text(key: str, source: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": key, "metadata": {}, "source": source}


def code(key: str, source: str) -> dict[str, object]:
    return {"cell_type": "code", "id": key, "metadata": {}, "source": source, "execution_count": None, "outputs": []}
