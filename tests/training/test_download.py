"""A network that was downloaded: what is in its file, and the lines that open it in PyTorch, run as printed."""

import json
import subprocess
import sys

import numpy as np
import pytest
from safetensors import safe_open

from app.lessons.recall.records import TASK as RECALL
from app.lessons.series.records import TASK as SERIES
from app.lessons.text.records import TASK as TEXT
from app.training.download import call, file_name, packed, program
from app.training.saved import kind_of, outputs, shipped
from cells import CELLS

pytestmark = pytest.mark.training

NETWORKS = {"series": (SERIES, "lstm-direct"), "text": (TEXT, "vi-gru"), "recall": (RECALL, None)}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_printed_lines_open_it_in_a_fresh_interpreter(name, tmp_path):
    task, wanted = NETWORKS[name]
    made = shipped(task)
    run = wanted or next(run for run in made.runs if kind_of(run) == "rnn")
    weights, file = made.runs[run].weights, file_name(name, run)
    (tmp_path / file).write_bytes(packed(name, run, made.runs[run], made.facts))
    random = np.random.default_rng(0)
    if "embedding.weight" in weights:
        x = random.integers(0, len(weights["embedding.weight"]), (7, 3))
        read = weights["embedding.weight"][x].astype(float)
    else:
        x = read = random.normal(size=(7, 3, weights["cell.weight_ih_l0"].shape[1]))
    lines = program(file, run, weights)
    assert len(lines.splitlines()) == 3
    script = (
        f"{lines}\nx = torch.tensor({x.tolist()})\nx = x if x.dtype == torch.long else x.double()\nnet.double()\n"
        f"print({call(weights)}.tolist())"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    theirs, ours = np.array(json.loads(done.stdout)), outputs(weights, CELLS[kind_of(run)], read)
    assert np.abs(ours).max() > 0.01
    np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-6)


def test_a_file_says_how_it_was_made(tmp_path):
    made = shipped(SERIES)
    file = tmp_path / "lstm.safetensors"
    file.write_bytes(packed("series", "lstm", made.runs["lstm"], made.facts))
    with safe_open(file, framework="np") as opened:
        metadata, names = opened.metadata(), list(opened.keys())
        assert {name: opened.get_tensor(name).tolist() for name in names} == {
            name: array.tolist() for name, array in made.runs["lstm"].weights.items()
        }
    assert [metadata[key] for key in ("task", "run", "kind", "epoch")] == ["series", "lstm", "lstm", "60"]
    settings, facts = json.loads(metadata["settings"]), json.loads(metadata["facts"])
    assert (settings["series"], settings["horizon"], settings["values"]) == (
        "GOOG",
        8,
        list(made.facts.settings.values),
    )
    assert facts["scale"] == list(made.facts.scale)
    assert "settings" not in facts
