"""What the lesson `today` asks on its stage, and how many rounds a scan takes."""

from app.controls.address import Controls
from app.controls.tasks import Goal
from app.lessons.today.model import Later, influence
from cells.scan import rounds_of

GOAL = 0.1  # how much day 1 shall count on the last day
LONG = 1000  # timesteps of the sequence that the prediction is about


def goal(later: Later, controls: Controls) -> Goal:
    """Day 1 still counts on the last day: by one of the weights alone that decide how long the cell keeps."""
    return Goal(
        now=influence(later, controls),
        zone=(GOAL, 100.0),
        span=(0.0, 0.2),
        begin=[later.weights],
        read=(later.key, later.output),
        measure="influence",
        days=later.address.defaults.days,
        free=later.keeping,
        values={"goal": f"{GOAL:g}"},
    )


def rounds() -> list[str]:
    """What the prediction offers: a scan's rounds over LONG timesteps, the root of LONG, and one fewer than LONG."""
    return [f"{rounds_of(LONG)}", f"{round(LONG**0.5)}", f"{LONG - 1}"]
