"""What the page of `fourday` draws below its stage."""

from xml.etree.ElementTree import Element

from app.controls.address import Controls
from app.lessons.fourday.model import example
from app.lessons.fourday.pictures import gradients
from app.page import Lesson


def drawn(lesson: Lesson, controls: Controls) -> Element:
    """The gradients of both losses by day, and the losses."""
    seen = example(controls)
    said = lesson.label("losses", **{f"loss_{name}": f"{loss:.6f}" for name, loss in seen.losses.items()})
    return gradients(seen.gradients, said, lesson.labels("chart"))
