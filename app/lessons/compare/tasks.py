"""What the lesson `compare` asks beside its stage."""

from app.controls.tasks import Question
from app.lessons.compare.model import ratio

UNITS = 16


def questions() -> list[Question]:
    """How many times the RNN's parameters an LSTM has."""
    times = f"{ratio(UNITS)}"
    return [Question("times", ["2", "3", "4"], times, values={"times": times})]
