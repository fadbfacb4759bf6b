"""Makes the files that page `model` offers, of the weights that the lessons ship: ``python -m tests.tools.samples``."""

from pathlib import Path

from safetensors import safe_open
from safetensors.numpy import save_file

LESSONS = Path(__file__).parents[2] / "app" / "lessons"
SAMPLES = {"forecast": ("series", "lstm"), "review": ("text", "en-lstm"), "recall": ("recall", "recall-gru")}
"""By the name of a file, the lesson whose model it is, and the run."""


def make(name: str, folder: Path) -> None:
    """Write a run's last weights as they would be saved: ``save_file(model.state_dict(), …)``."""
    lesson, run = SAMPLES[name]
    with safe_open(LESSONS / lesson / "model.safetensors", "np") as file:
        found = [key.split("/") for key in file.keys() if key.startswith(f"{run}/")]  # noqa: SIM118
        last = max(int(epoch) for _, epoch, _ in found)
        weights = {key: file.get_tensor(f"{run}/{last}/{key}") for _, epoch, key in found if int(epoch) == last}
    kinds = {"cell": run.split("-")[-1]}
    save_file({".".join(kinds.get(part, part) for part in key.split(".")): w for key, w in weights.items()},
              folder / f"{name}.safetensors")  # fmt: skip


if __name__ == "__main__":
    for each in SAMPLES:
        make(each, LESSONS / "model" / "samples")
