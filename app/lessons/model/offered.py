"""The models that a reader without a file can open; `train.py` makes them of what the lessons trained."""

from pathlib import Path

FOLDER = Path(__file__).parent / "samples"
FILES = {each.partition(".")[0]: each for each in ("forecast.pt", "review.safetensors", "recall.onnx", "adding.keras")}
"""By what an address calls them."""
WHAT = {"forecast": "LSTM · 16", "review": "LSTM · 16", "recall": "GRU · 19", "adding": "LSTM · 16"}
