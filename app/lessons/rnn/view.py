"""What the page of `rnn` draws below its stage."""

from xml.etree.ElementTree import Element

from app.controls.address import Controls
from app.lessons.rnn.model import run_of
from app.lessons.rnn.pictures import chain
from app.page import Lesson


def drawn(lesson: Lesson, controls: Controls) -> Element:
    """The run unrolled: one copy of the cell for each day."""
    return chain(run_of(controls), lesson.labels("chain"))
