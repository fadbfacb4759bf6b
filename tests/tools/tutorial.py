"""Runs docs/tutorial.ipynb and stores what its cells print; the stages that it shows are left out, 0.4 MB each.

`make tutorial` calls this; a test compares what is stored with what the cells print.
"""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.support.server import ROOT
from tests.support.wheel import built, installed

NOTEBOOK = ROOT / "docs/tutorial.ipynb"


def executed(gatewalk: Path, folder: Path) -> NotebookNode:
    """The notebook, run in a folder with the wheel's content on the path; a cell that fails raises."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    environment = os.environ | {"PYTHONPATH": f"{gatewalk}", "PYTHONNOUSERSITE": "1", "IPYTHONDIR": f"{folder}"}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": f"{folder}"}})
    client.execute(env=environment)
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = joined(cell.outputs)
    return notebook


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs with what was printed in several goes, as a busy machine has it, in one."""
    whole: list[NotebookNode] = []
    for output in outputs:
        if whole and output.output_type == whole[-1].output_type == "stream" and output.name == whole[-1].name:
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def stored(notebook: NotebookNode) -> NotebookNode:
    """The notebook as it is kept: what is text, and nothing that differs from run to run."""
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("text/html", None)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as room:
        nbformat.write(stored(executed(installed(built(Path(room))), Path(room))), NOTEBOOK)
