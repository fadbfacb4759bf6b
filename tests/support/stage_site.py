"""A page with nothing but the stage, for every cell and its options: what layouts are looked at and checked on."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np

from app.controls.address import Limits
from app.controls.one_unit import column
from app.export.standalone import inline
from app.i18n import stage_words
from app.stage.scene import scene
from app.stage.scene_types import Controls, SentScene
from cells import GRU, LRU, LSTM, RNN, RWKV, SLSTM, Cell, CheatSheetLSTM, Kind, Mamba, MinGRU, MinLSTM, Trace, run
from tests.support.server import ROOT

PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>body {{ margin: 0; background: {page}; --st-background-color: {page}; --st-text-color: {ink} }}</style>
<body><div id="host"></div><script type="application/json" id="scene">{scene}</script>
<script type="module" src="/stage/alone.js"></script>"""
COLOURS = {"light": {"page": "#F7F8FA", "ink": "#17202B"}, "dark": {"page": "#0E1117", "ink": "#F2F5F9"}}
DAYS = (0.0, 0.5, 0.25, 1.0)

VARIANTS: dict[str, tuple[Kind, dict[str, Any]]] = {
    "lstm": (LSTM, {}),
    "gru": (GRU, {}),
    "rnn": (RNN, {}),
    "lstm-peephole": (LSTM, {"peephole": True}),
    "lstm-couple-i": (LSTM, {"couple": "i=1-f"}),
    "lstm-couple-f": (LSTM, {"couple": "f=1-i"}),
    "lstm-linear": (LSTM, {"output_activation": "linear"}),
    "lstm-all": (LSTM, {"peephole": True, "couple": "f=1-i", "output_activation": "linear"}),
    "lstm-peephole-couple-i": (LSTM, {"peephole": True, "couple": "i=1-f"}),
    "lstm-hard": (LSTM, {"gate": "hard_sigmoid", "activation": "softsign", "clip": 3.0, "output_activation": "relu"}),
    "lstm-projection": (LSTM, {"projection": 1}),
    "gru-before": (GRU, {"reset": "before"}),
    "gru-write": (GRU, {"update": "write"}),
    "gru-before-write": (GRU, {"reset": "before", "update": "write"}),
    "rnn-relu": (RNN, {"activation": "relu"}),
    "cheat-sheet": (CheatSheetLSTM, {}),
    "min-gru": (MinGRU, {}),
    "min-lstm": (MinLSTM, {}),
    "slstm": (SLSTM, {}),
    "slstm-plain": (SLSTM, {"stabilised": False}),
    "lru": (LRU, {}),
    "rwkv": (RWKV, {}),
    "mamba": (Mamba, {}),
}
"""Every registered cell, and every option that changes its picture."""

VECTORS: dict[str, tuple[Kind, dict[str, Any], int, int, int]] = {
    "lstm-8": (LSTM, {}, 1, 8, 4),
    "gru-8": (GRU, {}, 1, 8, 4),
    "rnn-8": (RNN, {}, 1, 8, 4),
    "lstm-2-inputs": (LSTM, {}, 2, 4, 4),
    "rnn-2-inputs": (RNN, {}, 2, 4, 4),
    "lstm-16": (LSTM, {}, 1, 16, 30),
    "lstm-64": (LSTM, {}, 1, 64, 200),
    "lstm-peephole-8": (LSTM, {"peephole": True}, 1, 8, 4),
    "lstm-projection-8": (LSTM, {"projection": 3}, 1, 8, 4),
    "gru-before-8": (GRU, {"reset": "before"}, 1, 8, 4),
    "cheat-sheet-8": (CheatSheetLSTM, {}, 1, 8, 4),
    "min-gru-8": (MinGRU, {}, 1, 8, 4),
    "min-lstm-8": (MinLSTM, {}, 1, 8, 4),
    "slstm-8": (SLSTM, {}, 1, 8, 4),
    "lru-8": (LRU, {}, 1, 8, 4),
    "rwkv-8": (RWKV, {}, 1, 8, 4),
    "mamba-8": (Mamba, {}, 1, 8, 4),
}
"""Cells of many units: options, inputs, units, and the days they read."""


def cell_of(kind: Kind, options: dict[str, Any]) -> Cell:
    """A cell of one unit with weights of two decimals."""
    return vector_of(kind, options, 1, 1)


def vector_of(kind: Kind, options: dict[str, Any], inputs: int, units: int) -> Cell:
    """A cell with weights of two decimals."""
    cell = kind.random(inputs, units, seed=3, **options)
    return cell.replace(**{name: np.round(2.4 * values, 2) for name, values in cell.parameters.items()})


def sequence(name: str) -> np.ndarray:
    """What a cell reads, (T, 1, D)."""
    _, _, inputs, _, steps = VECTORS.get(name, (None, None, 1, 1, len(DAYS)))
    drawn = np.random.default_rng(1).normal(size=(steps, 1, inputs)).round(2)
    return column(DAYS) if (inputs, steps) == (1, len(DAYS)) else drawn


def scene_of_units(cells: Mapping[str, Cell], asked: Mapping[str, str]) -> SentScene:
    """What the stage is sent for cells of many units."""
    return scene_of_runs({name: run(cell, sequence(name)) for name, cell in cells.items()}, asked)


def scene_of_runs(traces: Mapping[str, Trace], asked: Mapping[str, str]) -> SentScene:
    """What the stage is sent for runs whose input no control says."""
    return scene_with({"weights": {}, "days": {}, "show": []}, traces, asked)


def scene_of(cells: Mapping[str, Cell], asked: Mapping[str, str]) -> SentScene:
    """What the stage is sent for one cell, or several beside each other, that read four days."""
    first = next(iter(cells.values()))
    weights = {name: float(p.flat[0]) for name, p in first.parameters.items()} if len(cells) == 1 else {}
    controls = {"weights": weights, "days": {"A": list(DAYS)}, "show": ["A"]}
    return scene_with(controls, {key: run(cell, column(DAYS)) for key, cell in cells.items()}, asked)


def scene_with(controls: Controls, traces: Mapping[str, Trace], asked: Mapping[str, str]) -> SentScene:
    """A scene with these controls, looked at as an address asks."""
    names = {name: "Company A" if len(traces) == 1 else name for name in traces}
    words = stage_words(asked.get("lang", "en"), asked.get("timestep", "day"))
    return scene(traces, names, words, unit=int(asked.get("unit", "0")), backward="way" in asked, controls=controls,
                 defaults=controls, presets={"two": controls["weights"]}, limits=asdict(Limits()), at=(3, 1),
                 sequences={"A": "Company A"}, committed=0)  # fmt: skip


class Handler(SimpleHTTPRequestHandler):
    """The page, the stage's files, and scenes."""

    def do_GET(self) -> None:
        """Answer one request."""
        url = urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        if url.path == "/":
            chosen = {name: self.cells[name] for name in asked["cell"].split(",")}
            units = chosen.keys() <= VECTORS.keys()
            view = scene_of_units(chosen, asked) if units else scene_of(chosen, asked)
            if "at" in asked:
                view["at"] = [int(part) for part in asked["at"].split(".")]
            colours = COLOURS[asked.get("theme", "light")]
            self.answer("text/html", PAGE.format(scene=inline(view), **colours))
        else:
            super().do_GET()

    def answer(self, kind: str, text: str) -> None:
        """Send a text."""
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # a tab may be closed before its answer is there
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def stage_site(**more: Cell) -> Iterator[str]:
    """Serve the page while the block runs; `more` are cells beside the variants."""
    vectors = {name: vector_of(*vector[:4]) for name, vector in VECTORS.items()}
    Handler.cells = {name: cell_of(*variant) for name, variant in VARIANTS.items()} | vectors | more
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(ROOT / "app")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
