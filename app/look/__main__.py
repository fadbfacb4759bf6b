"""``python -m app.look model.pt --input x.npy``: the page of one file, in a browser; Ctrl-C ends it."""

from __future__ import annotations

import argparse
import re
import signal
import sys
import webbrowser
from pathlib import Path

from app import models
from app.i18n import filled, words_of
from app.lessons.model.reading import inputs
from app.look.server import served
from app.messages import RefusedError


def main(arguments: list[str] | None = None) -> int:
    """Serve the page until Ctrl-C; return the process's status."""
    asked = parser().parse_args(arguments)
    try:
        fault = fault_of(asked.model, asked.input)
    except RefusedError as refused:
        fault = f"{asked.model if refused.message.reason.startswith('file') else asked.input}: {sentence(refused)}"
    if fault:
        print(f"look: {fault}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server = served(asked.model, asked.model.name, asked.input)
    except KeyboardInterrupt:
        return 0
    except RuntimeError as error:
        print(f"look: {error}", file=sys.stderr)
        return 1
    print(f"{server.address}\nCtrl-C ends it.", flush=True)
    if asked.browser:
        webbrowser.open(server.address)
    server.wait()
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser("look", description="Look inside a trained RNN, LSTM or GRU: on this machine alone.")
    made.add_argument("model", type=Path, help=".pt .pth .safetensors .keras .h5 .onnx .npz")
    made.add_argument("--input", type=Path, help="what it reads, steps × inputs: .npy .npz .csv")
    made.add_argument("--no-browser", dest="browser", action="store_false", help="print the address alone")
    return made


def fault_of(model: Path, x: Path | None) -> str | None:
    """What is wrong with the paths, in a sentence.

    Raises
    ------
    RefusedError
        If a file is none that is read.
    """
    for path in (model, x):
        if path and not path.exists():
            return f"there is no file {path}"
        if path and not path.is_file():
            return f"{path} is no file"
    try:
        models.opened(model, model.name)
        if x:
            inputs.of_file(x)
    except PermissionError as error:
        return f"{error.filename} may not be read"
    return None


def sentence(refused: RefusedError) -> str:
    """A refusal's first sentence, as plain text."""
    message = refused.message
    text = filled(words_of("en", "model")[message.reason], message.values)
    found = re.match(r"\*\*(.+?)\*\*", text)
    return (found[1] if found else text).replace("`", "'")


if __name__ == "__main__":
    sys.exit(main())
