"""`save` writes a run as what the file's suffix says."""

import numpy as np
import pytest

from app.export.files import CARDS
from app.export.saving import save
from app.export.sequence import Sequence
from cells import LSTM, from_npz, run

TRACE = run(LSTM.random(1, 2, seed=3), [[0.5], [1.0]])
SUFFIXES = [
    "html",
    "py",
    *(file.key for use, card in CARDS.items() if use not in ("program", "worksheet") for file in card),
]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_of_file_is_written(suffix, tmp_path):
    save(TRACE, tmp_path / f"run.{suffix}", name="two days", target=1, language="vi")
    start = {
        "html": b"<!doctype",
        "py": b"import numpy",
        "xlsx": b"PK",
        "csv": b"# Gatewalk",
        "json": b"{",
        "npz": b"PK",
    }
    assert (tmp_path / f"run.{suffix}").read_bytes().startswith(start.get(suffix, b""))


def test_a_program_is_of_the_framework_that_is_asked_for_and_numbers_have_the_target(tmp_path):
    save(TRACE, f"{tmp_path}/run.py", framework="pytorch")
    assert "torch.nn.LSTM(" in (tmp_path / "run.py").read_text()
    save(TRACE, tmp_path / "run.npz", target=0.25)
    with np.load(tmp_path / "run.npz") as arrays:
        assert arrays["target"] == 0.25
        np.testing.assert_array_equal(arrays["gradient.U_f"], Sequence(TRACE, 0.25).gradients.params["U_f"])
    assert from_npz(tmp_path / "run.npz").cell == TRACE.cell


@pytest.mark.parametrize(
    ("trace", "file", "how", "said"),
    [
        (TRACE, "run.doc", {}, "suffix"),
        (TRACE, "run", {}, "suffix"),
        (TRACE, 3, {}, "file"),
        (TRACE.cell, "run.csv", {}, "trace"),
        (TRACE, "run.py", {"framework": "theano"}, "framework"),
        (TRACE, "run.csv", {"language": "fr"}, "language"),
        (run(LSTM.random(1, 17, seed=0), [[1.0]]), "run.xlsx", {}, "at most 16 units"),
        (run(LSTM.random(1, 1, seed=0), [[[1.0], [2.0]]]), "run.csv", {}, "one sequence"),
        (run(LSTM.random(1, 2, seed=0, couple="i=1-f"), [[1.0]]), "run.py", {"framework": "keras"}, "Keras has no"),
    ],
)
def test_what_there_is_no_file_of_is_said(trace, file, how, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        save(trace, tmp_path / file if isinstance(file, str) else file, **how)
    assert not list(tmp_path.iterdir())
