"""What the lab asks for besides the stage."""

from app.controls.settings import Setting
from app.lessons.lab.model import STEPS
from app.page.page import Page

SEED, LENGTH = Setting("seed", 0, 999, 0), Setting("steps", *STEPS, 30)


def seed_of(page: Page) -> int:
    """The seed of the weights, and of noise."""
    return page.number(SEED, page.label("draw.seed"))


def steps_of(page: Page) -> int:
    """How long a sequence is made."""
    return page.slider(LENGTH, page.label("draw.steps"))
